import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSigningRequest } from './signing-request.ts';
import { hasOpenssl, opensslIn } from './testing/openssl.ts';
import { unwrap } from './testing/test-desk.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-requests-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function request(key: string, subject = '/O=Field/CN=SN-1', more = ''): string {
  opensslIn(folder, `req -new -newkey ${key} -nodes -keyout /dev/null -subj ${subject}${more} -out request.csr`);
  return readFileSync(join(folder, 'request.csr'), 'utf8');
}
const EC = 'ec -pkeyopt ec_paramgen_curve:P-256';

describe.runIf(hasOpenssl)('a request that is sound', () => {
  it.each([EC, 'ec -pkeyopt ec_paramgen_curve:P-384', 'rsa:2048', 'rsa:2048 -sigopt rsa_padding_mode:pss'])(
    'is read: %s',
    async (key) => {
      const read = unwrap(await readSigningRequest(request(key), 'station'));
      expect(read).toMatchObject({ commonName: 'SN-1', organization: 'Field', names: { dns: [], addresses: [] } });
    },
  );

  it('has the names of a CSMS, of a station none (A00.FR.511)', async () => {
    const csr = request(
      EC,
      '/CN=a.test',
      ' -addext subjectAltName=DNS:a.test,DNS:*.b.test,IP:192.0.2.1,email:x@y.test',
    );
    const names = { dns: ['a.test', '*.b.test'], addresses: ['192.0.2.1'] };
    expect(unwrap(await readSigningRequest(csr, 'csms'))).toMatchObject({ names, organization: undefined });
    expect(unwrap(await readSigningRequest(csr, 'station')).names).toEqual({ dns: [], addresses: [] });
  });

  it('may stand among other text, under either label', async () => {
    const csr = request(EC).replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST');
    expect(await readSigningRequest(`Subject: CN=SN-1\r\n${csr.replaceAll('\n', '\r\n')}`, 'station')).toMatchObject({
      ok: true,
    });
  });
});

describe.runIf(hasOpenssl)('a request that is not signed', () => {
  it.each([
    ['rsa:1024', 'csr-key-weak', 'A00.FR.502'],
    ['ec -pkeyopt ec_paramgen_curve:prime192v1', 'csr-key-weak', 'A00.FR.503'],
    ['ec -pkeyopt ec_paramgen_curve:brainpoolP256r1', 'csr-key-unsupported', 'brainpool'],
    ['ed25519', 'csr-key-unsupported', 'ed25519'],
  ])('has such a key: %s', async (key, code, why) => {
    const sentence = expect.stringContaining(why);
    expect(await readSigningRequest(request(key), 'station')).toEqual({ ok: false, error: { code, sentence } });
  });

  it.each([
    ['/O=Field', 'name-missing'],
    ['/CN=192.0.2.1', 'name-invalid'],
    ['/CN=wss:\\/\\/a.test', 'name-invalid'],
  ])('says this of a station: %s', async (subject, code) => {
    expect(await readSigningRequest(request(EC, subject), 'station')).toMatchObject({ ok: false, error: { code } });
  });

  it('was signed by another key', async () => {
    const lines = request(EC).split('\n');
    const body = Buffer.from(lines.slice(1, -2).join(''), 'base64');
    // Within the common name, so that all else stays as it is.
    const place = body.indexOf('SN-1');
    body[place] = 0x54;
    const csr = `${lines[0]}\n${body.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    expect(await readSigningRequest(csr, 'station')).toMatchObject({ ok: false, error: { code: 'csr-signature' } });
  });

  it('is none, whatever byte of it is another one', async () => {
    const lines = request(EC).split('\n');
    const body = Buffer.from(lines.slice(1, -2).join(''), 'base64');
    for (let place = 0; place < body.length; place += 3) {
      const changed = Buffer.from(body);
      changed[place] = (changed[place] ?? 0) ^ 0x2a;
      const csr = `${lines[0]}\n${changed.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
      expect(await readSigningRequest(csr, 'station')).toMatchObject({ ok: false });
    }
  });
});

describe('what is no request', () => {
  const wrapped = (text: string) => `-----BEGIN CERTIFICATE REQUEST-----\n${text}\n-----END CERTIFICATE REQUEST-----`;
  it.each([
    ['', 'csr-not-pem'],
    ['-----BEGIN CERTIFICATE REQUEST-----', 'csr-not-pem'],
    [wrapped('AAAA'), 'csr-damaged'],
    [wrapped(Buffer.from('3080'.repeat(10_000), 'hex').toString('base64')), 'csr-damaged'],
    [wrapped('A'.repeat(200_000)), 'csr-not-pem'],
    ['-----BEGIN CERTIFICATE REQUEST-----'.repeat(2_000), 'csr-not-pem'],
  ])('is refused', async (text, code) => {
    expect(await readSigningRequest(text, 'station')).toMatchObject({ ok: false, error: { code } });
  });
});
