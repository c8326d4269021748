import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorityState, ExportForm } from '../../../bridge/methods/authority.ts';
import { hasOpenssl, opensslIn } from '../testing/openssl.ts';
import { type TestDesks, testDesks, unwrap } from '../testing/test-desk.ts';
import { readBundle } from './read-bundle.ts';

let folder: string;
let desks: TestDesks;

const openssl = (command: string): string => opensslIn(folder, command);
const at = (name: string): string => join(folder, name);
const base64 = (name: string): string => readFileSync(at(name)).toString('base64');
const imported = ({ certificates }: AuthorityState) => certificates.filter(({ origin }) => origin === 'imported');

/** The same with 8 million iterations in place of 70000, which nobody has to wait for here. */
const slowed = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('hex').replaceAll('0203011170', '02037fffff'), 'hex');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-files-'));
  if (!hasOpenssl) return;
  const ec = 'ec -pkeyopt ec_paramgen_curve:P-256 -nodes';
  openssl(`req -x509 -newkey ${ec} -subj /O=Field/CN=Field-Root -keyout root.key -out root.pem`);
  openssl(
    `req -new -newkey ${ec} -subj /O=Field/CN=csms.field.test -addext subjectAltName=DNS:csms.field.test -keyout leaf.key -out leaf.csr`,
  );
  openssl('x509 -req -in leaf.csr -CA root.pem -CAkey root.key -copy_extensions copy -days 90 -out leaf.pem');
  openssl('x509 -in leaf.pem -outform DER -out leaf.der');
  openssl('pkcs8 -topk8 -in leaf.key -passout pass:geheim -out leaf.enc');
  openssl('ec -in leaf.key -aes256 -passout pass:geheim -out leaf.old');
  openssl('pkcs8 -topk8 -in leaf.key -passout pass:geheim -iter 70000 -out slow.enc');
  writeFileSync(at('both.pem'), `# comment\n${readFileSync(at('leaf.pem'))}${readFileSync(at('leaf.key'))}`);
  writeFileSync(at('both.enc'), `${readFileSync(at('leaf.pem'))}${readFileSync(at('leaf.enc'))}`);
  writeFileSync(at('both.old'), `${readFileSync(at('leaf.pem'))}${readFileSync(at('leaf.old'))}`);
  writeFileSync(at('other.pem'), `${readFileSync(at('leaf.pem'))}${readFileSync(at('root.key'))}`);
  const bundle = 'pkcs12 -export -inkey leaf.key -in leaf.pem -certfile root.pem -passout pass:geheim';
  openssl(`${bundle} -out new.p12`);
  openssl(`${bundle} -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 -out old.p12`);
  openssl(`${bundle} -legacy -out rc2-40.p12`);
  openssl(`${bundle} -legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128 -out rc2-128.p12`);
  openssl(`${bundle} -legacy -certpbe PBE-SHA1-RC4-128 -keypbe PBE-SHA1-3DES -out rc4.p12`);
  openssl(`${bundle} -iter 70000 -nomac -out slow.p12`);
  openssl(`${bundle} -nomac -out unwhole.p12`);
  openssl(`pkcs8 -in slow.enc -passin pass:geheim -topk8 -passout pass:geheim -iter 70000 -outform DER -out slow.der`);
  for (const name of ['slow.p12', 'slow.der']) writeFileSync(at(name), slowed(readFileSync(at(name))));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  desks = testDesks();
});
afterEach(() => desks.close());

describe.runIf(hasOpenssl)('what is taken in', () => {
  it.each([
    ['PEM with its key', 'both.pem', ''],
    ['PEM with an encrypted key', 'both.enc', 'geheim'],
    ['PEM with a key that OpenSSL encrypted in its old way', 'both.old', 'geheim'],
  ])('is a certificate from %s', async (_, name, password) => {
    const desk = desks.open();
    const [leaf, ...more] = imported(unwrap(await desk.import(base64(name), 'both', password)));
    expect(more).toEqual([]);
    expect(leaf).toMatchObject({
      label: 'csms.field.test',
      role: 'csms',
      hasKey: true,
      issuedBy: null,
      trusted: false,
      hierarchy: null,
    });
    const [credential] = unwrap(await desk.ofCsms([leaf?.id ?? '']));
    expect(createPrivateKey(credential?.key ?? '').equals(createPrivateKey(readFileSync(at('leaf.key'))))).toBe(true);
  });

  it.each(['new.p12', 'old.p12', 'rc2-40.p12', 'rc2-128.p12', 'unwhole.p12'])(
    'is a chain with its key from PKCS#12, of today and of old: %s',
    async (name) => {
      const desk = desks.open();
      const state = unwrap(await desk.import(base64(name), name, 'geheim'));
      const [leaf, root] = imported(state);
      expect(leaf).toMatchObject({ role: 'csms', hasKey: true, issuedBy: root?.id });
      expect(root).toMatchObject({
        label: 'Field-Root',
        role: 'root',
        trusted: true,
        hasKey: false,
        issuedBy: root?.id,
      });
      const roots = unwrap(await desk.roots(null)).map((pem) => new X509Certificate(pem).subject);
      expect(roots).toEqual(['O=Plugscope\nCN=Plugscope CSO Root CA', 'O=Field\nCN=Field-Root']);
    },
  );

  it('is DER, then its key, then its root: what belongs together finds itself', async () => {
    const desk = desks.open();
    expect(imported(unwrap(await desk.import(base64('leaf.der'), 'leaf', '')))).toMatchObject([{ hasKey: false }]);
    expect(imported(unwrap(await desk.import(base64('leaf.enc'), 'leaf', 'geheim')))).toMatchObject([{ hasKey: true }]);
    const [leaf, root] = imported(unwrap(await desk.import(base64('root.pem'), 'root', '')));
    expect(leaf?.issuedBy).toBe(root?.id);
    expect(await desk.import(base64('both.pem'), 'again', '')).toMatchObject({ ok: false });
    expect(await desk.import(base64('leaf.pem'), 'again', '')).toMatchObject({
      ok: false,
      error: { code: 'already-there' },
    });
    expect(await desk.revoke(leaf?.id ?? '')).toMatchObject({ ok: false, error: { code: 'not-ours-to-revoke' } });
    expect(imported(unwrap(await desk.remove(root?.id ?? '')))).toMatchObject([{ issuedBy: null }]);
  });

  it.each([
    ['leaf.key', '', 'key-without-certificate'],
    ['other.pem', '', 'key-without-certificate'],
    ['both.enc', '', 'password-missing'],
    ['both.enc', 'wrong', 'password-wrong'],
    ['both.old', '', 'password-missing'],
    ['both.old', 'wrong', 'password-wrong'],
    ['new.p12', 'wrong', 'password-wrong'],
    ['old.p12', '', 'password-wrong'],
    ['unwhole.p12', 'wrong', 'password-wrong'],
    ['rc2-40.p12', 'wrong', 'password-wrong'],
    ['rc4.p12', 'geheim', 'encryption-unsupported'],
    ['slow.p12', 'geheim', 'password-iterations'],
    ['slow.der', 'geheim', 'password-iterations'],
    ['leaf.csr', '', 'nothing-to-import'],
  ])('is nothing of %s with the password “%s”: %s', async (name, password, code) => {
    const desk = desks.open();
    const before = unwrap(await desk.state());
    expect(await desk.import(base64(name), name, password)).toMatchObject({ ok: false, error: { code } });
    expect(unwrap(await desk.state())).toEqual(before);
  });
});

describe('hostile files', () => {
  const begin = '-----BEGIN CERTIFICATE-----\n';
  it.each([
    ['nothing', ''],
    ['a deep nest', Buffer.from('3080'.repeat(200_000), 'hex')],
    ['a length that lies', Buffer.from('3084ffffffff02', 'hex')],
    ['a certificate of rubbish', `${begin}AAAA\n-----END CERTIFICATE-----\n`],
    ['blocks that never end', begin.repeat(50_000)],
    ['dashes without end', `${begin}${'-'.repeat(1_000_000)}`],
    ['many keys of rubbish', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'.repeat(1000)],
    ['a PKCS#12 that breaks off', Buffer.from('308203020103308202c806092a864886f70d010701', 'hex')],
    ['too many bytes', Buffer.alloc(5_000_000)],
  ])('are refused at once: %s', async (_, bytes) => {
    expect(await readBundle(Buffer.from(bytes), 'password')).toMatchObject({ ok: false });
  });

  it.runIf(hasOpenssl)('are refused where any byte is another one', async () => {
    for (const name of ['new.p12', 'both.enc', 'leaf.der']) {
      const bytes = readFileSync(at(name));
      for (let place = 0; place < bytes.length; place += 29) {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ 0x55;
        const read = await readBundle(changed, 'geheim');
        expect(typeof read.ok).toBe('boolean');
      }
    }
  });
});

describe.runIf(hasOpenssl)('what is handed out', () => {
  async function out(form: ExportForm, password = '', label = 'a.test') {
    const desk = desks.open();
    const { certificates } = unwrap(
      await desk.issue({
        role: 'csms',
        commonName: 'a.test',
        names: [],
        key: 'ECDSA P-256',
        hierarchy: 'CSO',
        bad: null,
      }),
    );
    const { id } = certificates.find((each) => each.label === label) ?? expect.fail();
    const file = unwrap(await desk.export(id, form, password));
    expect(file.name).toMatch(/^[a-z0-9-]+(\.[a-z0-9]+)+$/);
    writeFileSync(at(file.name), Buffer.from(file.base64, 'base64'));
    return file.name;
  }

  it('is a certificate in PEM and in DER', async () => {
    expect(openssl(`x509 -in ${await out('pem')} -noout -subject`)).toContain('CN = a.test');
    expect(openssl(`x509 -inform DER -in ${await out('der')} -noout -subject`)).toContain('CN = a.test');
  });

  it('is a chain without its root', async () => {
    expect(readFileSync(at(await out('chain')), 'utf8').match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it('is a key, plain or under a password', async () => {
    expect(openssl(`pkey -in ${await out('key')} -noout -text`)).toContain('NIST CURVE: P-256');
    const encrypted = await out('key', 'geheim');
    expect(readFileSync(at(encrypted), 'utf8')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(openssl(`pkey -in ${encrypted} -passin pass:geheim -noout -text`)).toContain('NIST CURVE: P-256');
    expect(openssl(`pkey -in ${encrypted} -passin pass:falsch -noout`)).toContain('error');
  });

  it('is PKCS#12 under today’s encryption, which can be taken in elsewhere', async () => {
    const name = await out('pkcs12', 'geheim');
    const said = openssl(`pkcs12 -in ${name} -passin pass:geheim -info -nodes`);
    expect(said).toContain('MAC: sha256');
    expect(said.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 200000, PRF hmacWithSHA256/g)).toHaveLength(2);
    expect(said.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(said.match(/BEGIN PRIVATE KEY/g)).toHaveLength(1);
    expect(openssl(`pkcs12 -in ${name} -passin pass:falsch -noout`)).toContain('invalid password');
    const elsewhere = testDesks();
    const state = unwrap(await elsewhere.open().import(base64(name), name, 'geheim'));
    expect(imported(state)).toMatchObject([
      { label: 'a.test', hasKey: true },
      { role: 'issuing', hasKey: false },
    ]);
    await elsewhere.close();
  });

  it('is the list of what an authority revoked, and of nothing else', async () => {
    const list = await out('crl', '', 'Plugscope CSO Sub-CA');
    expect(openssl(`crl -inform DER -in ${list} -noout -issuer`)).toContain('Plugscope CSO Sub-CA');
    await expect(out('crl')).rejects.toThrow('no-list');
  });

  it('is no key where it is not here, and none without a password in PKCS#12', async () => {
    const desk = desks.open();
    const [root] = imported(unwrap(await desk.import(base64('root.pem'), 'root', '')));
    expect(await desk.export(root?.id ?? '', 'key', '')).toMatchObject({ ok: false, error: { code: 'no-key' } });
    await expect(out('pkcs12')).rejects.toThrow('password-missing');
    expect(await desk.export('../authority', 'pem', '')).toMatchObject({
      ok: false,
      error: { code: 'no-such-certificate' },
    });
  });
});
