import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hasOpenssl, opensslIn } from '../engine/authority/testing/openssl.ts';
import { runHere } from './testing/run-here.ts';
import { linesOf, runPlugscope } from './testing/spawn-plugscope.ts';

let folder: string;
const at = (name: string): string => join(folder, name);
const authority = (command: string, ...more: readonly string[]) =>
  runHere('authority', ...command.split(' '), ...more, '--data', at('data'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-authority-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** Issues a certificate; yields its id. */
async function issued(command: string): Promise<string> {
  const { code, out } = await authority(`issue ${command}`);
  expect(code).toBe(0);
  return String(linesOf(out)[0]?.id);
}

describe('plugscope authority', () => {
  it('lists what there is, as NDJSON for programs', async () => {
    const { code, out } = await authority('list');
    expect(code).toBe(0);
    expect(linesOf(out).map(({ role }) => role)).toEqual(['root', 'issuing']);
  });

  it('issues for a CSMS and for a station, sound or bad, with a key of a kind', async () => {
    const csms = await authority(
      'issue csms csms.lab.test --name 192.0.2.7 --name b.lab.test --key rsa-2048 --bad expired',
    );
    expect(linesOf(csms.out)).toMatchObject([
      { role: 'csms', names: ['csms.lab.test', 'b.lab.test', '192.0.2.7'], key: 'RSA 2048', bad: 'expired' },
    ]);
    const station = await authority('issue station SN-1 --hierarchy V2G');
    expect(linesOf(station.out)).toMatchObject([{ role: 'station', hierarchy: 'V2G', key: 'ECDSA P-256', bad: null }]);
    expect(await authority('issue station wss://a.test')).toMatchObject({
      code: 2,
      err: expect.stringContaining('A00.FR.511'),
    });
    expect(await authority('issue nobody SN-1')).toMatchObject({ code: 2 });
    expect(await authority('issue station SN-1 --bad looks')).toMatchObject({
      code: 2,
      err: expect.stringContaining('expired'),
    });
  });

  it('names the responder of the workbench in what it issues, and opens no port', async () => {
    const id = await issued('station SN-2');
    const { out } = await authority(`export ${id}`);
    expect(new X509Certificate(out).infoAccess).toContain('http://127.0.0.1:9228/ocsp');
    const index = JSON.parse(readFileSync(at('data/authority/authority.json'), 'utf8'));
    expect(index.ports).toEqual([9228]);
  });

  it('revokes', async () => {
    const id = await issued('station SN-3');
    const { out } = await authority(`revoke ${id}`);
    expect(linesOf(out)).toMatchObject([{ id, revokedAt: expect.any(Number) }]);
    expect(await authority('revoke nobody')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no certificate nobody'),
    });
  });

  it('removes, but none of its own authorities', async () => {
    const id = await issued('station SN-8');
    expect(linesOf((await authority(`remove ${id}`)).out)).toMatchObject([{ id, label: 'SN-8' }]);
    expect(linesOf((await authority('list')).out).map((each) => each.id)).not.toContain(id);
    expect(await authority(`remove ${id}`)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`certificate ${id}`),
    });
    const [root] = linesOf((await authority('list')).out);
    expect(await authority(`remove ${root?.id}`)).toMatchObject({ code: 2, out: '' });
  });

  it('makes a hierarchy anew, whose old root is not trusted any more', async () => {
    const own = ['--data', at('renewed')];
    const old = linesOf((await runHere('authority', 'list', ...own)).out)[0];
    const { code, out } = await runHere('authority', 'renew', '--key', 'ecdsa-p384', ...own);
    expect(code).toBe(0);
    expect(linesOf(out)).toMatchObject([
      { role: 'root', key: 'ECDSA P-384', trusted: true },
      { role: 'issuing', key: 'ECDSA P-384' },
    ]);
    const all = linesOf((await runHere('authority', 'list', ...own)).out);
    expect(all.find(({ id }) => id === old?.id)).toMatchObject({ trusted: false });
    expect(linesOf((await runHere('authority', 'renew', 'V2G', ...own)).out)).toMatchObject([
      { hierarchy: 'V2G' },
      { hierarchy: 'V2G' },
    ]);
    expect(await runHere('authority', 'renew', 'OEM', ...own)).toMatchObject({ code: 2, out: '' });
  });

  it('trusts roots, of a file too, until that is taken back', async () => {
    const trust = (...args: string[]) => runHere('authority', 'trust', ...args, '--data', at('trusting'));
    const { out: pem } = await authority('root');
    writeFileSync(at('lab.pem'), pem);
    writeFileSync(at('lab.der'), new X509Certificate(pem).raw);
    const [root] = linesOf((await trust(at('lab.pem'))).out);
    const id = String(root?.id);
    expect(root).toMatchObject({ role: 'root', origin: 'imported', trusted: true, hasKey: false });
    expect(linesOf((await trust(id, '--off')).out)).toMatchObject([{ id, trusted: false }]);
    expect(linesOf((await trust(at('lab.der'))).out)).toMatchObject([{ id, trusted: true }]);
    await trust(id, '--off');
    expect(linesOf((await trust(id)).out)).toMatchObject([{ id, trusted: true }]);

    const station = await issued('station SN-9');
    await authority(`export ${station}`, '-o', at('station.pem'));
    for (const [args, sentence] of [
      [[at('station.pem')], 'CN=SN-9, which is no root; "plugscope authority import"'],
      [[at('none.pem')], 'none.pem cannot be read: no such file or directory.'],
      [[folder], 'cannot be read: it is a folder.'],
      [['nobody', '--off'], 'no certificate nobody'],
    ] as const) {
      const { code, out, err } = await trust(...args);
      expect([code, out, err]).toEqual([2, '', expect.stringContaining(sentence)]);
    }
    writeFileSync(at('text.pem'), 'nothing');
    expect((await trust(at('text.pem'))).err).toContain('has no certificate in PEM or DER.');
  });

  it('hands out the root, with its checksum', async () => {
    const { out, err } = await authority('root');
    expect(new X509Certificate(out).subject).toContain('Plugscope CSO Root CA');
    expect(err).toMatch(/^SHA-256 of the file: [0-9a-f]{64}\n$/);
    await authority('root', '-o', at('root.pem'));
    expect(readFileSync(at('root.pem'), 'utf8')).toBe(out);
    expect(await authority('root', '-o', at('root.pem'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('there already'),
    });
  });

  it('writes a private key into a file of its owner, and nowhere else', async () => {
    const id = await issued('station SN-4');
    for (const form of ['key', 'pkcs12']) {
      const refused = await authority(`export ${id} --form ${form}`);
      expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('name one with -o') });
    }
    expect((await authority(`export ${id} --form key`, '-o', at('station.key'))).code).toBe(0);
    expect(readFileSync(at('station.key'), 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----/);
    if (process.platform !== 'win32') expect(statSync(at('station.key')).mode & 0o777).toBe(0o600);
    expect(await authority(`export ${id} --form key`, '-o', at('station.key'))).toMatchObject({ code: 2 });
  });

  it.runIf(hasOpenssl)('takes passwords from a file or from the environment', async () => {
    const id = await issued('station SN-5');
    writeFileSync(at('secret.txt'), 'geheim\n');
    const file = ['--password-file', at('secret.txt')];
    expect(await authority(`export ${id} --form pkcs12`, '-o', at('s.p12'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('PLUGSCOPE_PASSWORD'),
    });
    expect((await authority(`export ${id} --form pkcs12`, '-o', at('s.p12'), ...file)).code).toBe(0);
    expect(opensslIn(folder, 'pkcs12 -in s.p12 -passin pass:geheim -nokeys')).toContain('CN = SN-5');
    const elsewhere = (...more: string[]) =>
      runHere('authority', 'import', at('s.p12'), '--data', at('other'), ...more);
    expect(await elsewhere()).toMatchObject({ code: 2, err: expect.stringContaining('password is wrong') });
    expect(await elsewhere('--password-file', at('none'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('none: no such file or directory.'),
    });
    vi.stubEnv('PLUGSCOPE_PASSWORD', 'geheim');
    const taken = await elsewhere();
    expect(linesOf(taken.out)).toMatchObject([
      { role: 'station', origin: 'imported', hasKey: true },
      { role: 'issuing', hasKey: false },
    ]);
  });

  it.runIf(hasOpenssl)('signs a request, and yields the chain', async () => {
    opensslIn(folder, 'req -new -newkey rsa:2048 -nodes -keyout own.key -subj /O=Field/CN=SN-6 -out own.csr');
    const { code, out } = await authority('sign', at('own.csr'));
    expect(code).toBe(0);
    expect(out.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    expect(new X509Certificate(out).subject).toBe('O=Field\nCN=SN-6');
    expect((await authority('sign', at('own.csr'), '--role', 'csms', '-o', at('chain.pem'))).code).toBe(0);
    expect(await authority('sign', at('own.key'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('no certificate signing request'),
    });
    expect(await authority('sign', at('none.csr'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read'),
    });
  });

  it('says nothing of a private key in any output', async () => {
    const id = await issued('station SN-7');
    const all = await Promise.all([authority('list'), authority(`export ${id} --form chain`), authority('root')]);
    for (const { out, err } of all) expect(`${out}${err}`).not.toContain('PRIVATE KEY');
  });

  it('says what to do where the certificates are damaged', async () => {
    await runHere('authority', 'list', '--data', at('damaged'));
    writeFileSync(at('damaged/authority/authority.json'), '{');
    const { code, err } = await runHere('authority', 'list', '--data', at('damaged'));
    expect(code).toBe(2);
    expect(err).toContain(`move that folder away`);
  });

  it('shares its folder with others that run at the same time: nothing is lost', async () => {
    const names = ['SN-a', 'SN-b', 'SN-c'];
    const ended = await Promise.all(
      names.map((name) => runPlugscope('authority', 'issue', 'station', name, '--data', at('shared'))),
    );
    for (const { code, err } of ended) expect([code, err]).toEqual([0, '']);
    const { out } = await runHere('authority', 'list', '--data', at('shared'));
    expect(
      linesOf(out)
        .map(({ label }) => label)
        .toSorted(),
    ).toEqual(['Plugscope CSO Root CA', 'Plugscope CSO Sub-CA', ...names]);
    expect(readdirSync(at('shared/authority')).filter((name) => name.endsWith('.key.pem'))).toHaveLength(5);
  });

  it('shows its help, and fails without a command', async () => {
    expect((await runHere('authority', '--help')).out).toContain('plugscope authority issue csms');
    expect((await runHere('authority')).code).toBe(2);
  });
});
