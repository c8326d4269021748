import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuthorityState } from '../../bridge/methods/authority.ts';
import { BAD_KINDS } from '../../session/authority.ts';
import { hasOpenssl } from './testing/openssl.ts';
import { clockAhead, MACHINE, type TestDesks, testDesks, unwrap } from './testing/test-desk.ts';

const DAY = 24 * 60 * 60 * 1000;

let desks: TestDesks;
beforeEach(() => {
  desks = testDesks();
});
afterEach(() => desks.close());

const certificatesIn = (chain: string) =>
  (chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  );
const byLabel = (state: AuthorityState, label: string) =>
  state.certificates.find((each) => each.label === label) ?? expect.fail(`no ${label}`);

describe('what a CSMS presents', () => {
  it('is an ECDSA and an RSA certificate for the names of this machine, with the chain and the key (A00.FR.318)', async () => {
    const desk = desks.open();
    const credentials = unwrap(await desk.ofCsms(null));
    const [root = ''] = unwrap(await desk.roots(null));
    expect(credentials).toHaveLength(2);
    for (const [index, type] of (['ec', 'rsa'] as const).entries()) {
      const { chain = '', key = '' } = credentials[index] ?? {};
      const [leaf, issuing, ...more] = certificatesIn(chain);
      expect(more).toEqual([]);
      expect(leaf?.publicKey.asymmetricKeyType).toBe(type);
      expect(leaf?.checkPrivateKey(createPrivateKey(key))).toBe(true);
      expect(leaf?.checkHost('bench.test')).toBe('bench.test');
      expect(leaf?.checkIP('192.0.2.7')).toBe('192.0.2.7');
      expect(issuing && leaf?.verify(issuing.publicKey)).toBe(true);
      expect(issuing?.verify(new X509Certificate(root).publicKey)).toBe(true);
    }
  });

  it('is the same when it is asked for again, also by another engine, and after a start', async () => {
    const first = unwrap(await desks.open().ofCsms(null));
    expect(unwrap(await desks.open().ofCsms(null))).toEqual(first);
  });

  it('is made once where several ask at the same time, in one engine and in two', async () => {
    const [one, other] = [desks.open(), desks.open()];
    const asked = await Promise.all([
      one.ofCsms(null),
      other.ofCsms(null),
      one.ofCsms(null),
      other.ofStation('S1', null),
    ]);
    expect(asked.every(({ ok }) => ok)).toBe(true);
    expect(unwrap(await one.roots(null))).toHaveLength(1);
    const { certificates } = unwrap(await other.state());
    expect(certificates.map(({ role }) => role).toSorted()).toEqual(['csms', 'csms', 'issuing', 'root', 'station']);
    expect(unwrap(asked[0] as never)).toEqual(unwrap(asked[1] as never));
  });

  it('is issued anew with under 30 days left, and not before', async () => {
    let ahead = 0;
    const desk = desks.open({ clock: clockAhead(() => ahead) });
    const first = unwrap(await desk.ofCsms(null));
    ahead = 334 * DAY;
    expect(unwrap(await desk.ofCsms(null))).toEqual(first);
    ahead = 336 * DAY;
    const next = unwrap(await desk.ofCsms(null));
    expect(next[0]?.chain).not.toBe(first[0]?.chain);
    const { certificates } = unwrap(await desk.state());
    expect(certificates.filter(({ role }) => role === 'csms')).toHaveLength(2);
  });

  it('is issued anew where the machine has another address, and not where it has one less', async () => {
    let machine = MACHINE;
    const desk = desks.open({ machine: () => machine });
    const first = unwrap(await desk.ofCsms(null));
    machine = { ...MACHINE, addresses: ['127.0.0.1', '::1'] };
    expect(unwrap(await desk.ofCsms(null))).toEqual(first);
    machine = { ...MACHINE, addresses: ['2001:DB8::9'] };
    const [next] = unwrap(await desk.ofCsms(null));
    expect(certificatesIn(next?.chain ?? '')[0]?.checkIP('2001:db8::9')).toBe('2001:db8::9');
    expect(unwrap(await desk.ofCsms(null))[0]).toEqual(next);
  });

  it('is issued anew where it was revoked, which stays to be seen, and under a hierarchy that was made anew', async () => {
    const desk = desks.open();
    const first = unwrap(await desk.ofCsms(null));
    unwrap(await desk.revoke(byLabel(unwrap(await desk.state()), 'This machine (RSA)').id));
    const second = unwrap(await desk.ofCsms(null));
    expect(second[0]).toEqual(first[0]);
    expect(second[1]).not.toEqual(first[1]);
    const revoked = unwrap(await desk.state()).certificates.filter(({ revokedAt }) => revokedAt !== null);
    expect(revoked.map(({ label }) => label)).toEqual(['This machine (RSA)']);
    const [old] = unwrap(await desk.roots(null));
    unwrap(await desk.renew('CSO', 'RSA 2048'));
    const roots = unwrap(await desk.roots(null));
    expect(roots).toHaveLength(1);
    expect(roots[0]).not.toBe(old);
    const [, issuing] = certificatesIn(unwrap(await desk.ofCsms(null))[0]?.chain ?? '');
    expect(issuing?.publicKey.asymmetricKeyType).toBe('rsa');
  });

  it('is what was chosen, by ids; one without a key, or that is gone, is refused', async () => {
    const desk = desks.open();
    const issued = unwrap(
      await desk.issue({
        role: 'csms',
        commonName: 'a.test',
        names: [],
        key: 'RSA 2048',
        hierarchy: 'CSO',
        bad: 'expired',
      }),
    );
    const { id } = byLabel(issued, 'a.test');
    expect(certificatesIn(unwrap(await desk.ofCsms([id]))[0]?.chain ?? '')).toHaveLength(2);
    expect(await desk.ofCsms([id, 'gone'])).toMatchObject({ ok: false, error: { code: 'no-such-certificate' } });
    expect(await desk.ofStation('S', 'gone')).toMatchObject({ ok: false, error: { code: 'no-such-certificate' } });
  });
});

describe('what a station presents', () => {
  it('is one for its serial number, the same each time', async () => {
    const desk = desks.open();
    const one = unwrap(await desk.ofStation('CS-0001', null));
    const [leaf] = certificatesIn(one.chain);
    expect(leaf?.subject).toBe('O=Plugscope\nCN=CS-0001');
    expect(leaf?.subjectAltName).toBeUndefined();
    expect(unwrap(await desk.ofStation('CS-0001', null))).toEqual(one);
    expect(unwrap(await desk.ofStation('CS-0002', null))).not.toEqual(one);
  });

  it.each(['https://a.test', '192.0.2.1', '2001:db8::1', ' ', 'x'.repeat(65)])(
    'is never one for %s (A00.FR.511)',
    async (serial) => {
      expect(await desks.open().ofStation(serial, null)).toMatchObject({ ok: false });
    },
  );
});

describe('certificates that people make', () => {
  it('are of each bad kind, and what they are said to be', async () => {
    const desk = desks.open();
    for (const bad of BAD_KINDS) {
      unwrap(
        await desk.issue({
          role: 'station',
          commonName: `S-${bad}`,
          names: [],
          key: 'ECDSA P-256',
          hierarchy: 'CSO',
          bad,
        }),
      );
    }
    const state = unwrap(await desk.state());
    for (const bad of BAD_KINDS) {
      const made = byLabel(state, `S-${bad}`);
      expect(made).toMatchObject({ bad, role: 'station', origin: 'bench', hasKey: true });
      expect(made.revokedAt === null).toBe(bad !== 'revoked');
    }
    for (const { id, hasKey, role } of state.certificates.filter((each) => each.bad !== null)) {
      expect({ hasKey, role }).toEqual({ hasKey: true, role: 'station' });
      const { chain, key } = unwrap(await desk.ofStation('', id));
      expect(() => createSecureContext({ cert: chain, key, ciphers: 'DEFAULT:@SECLEVEL=0' })).not.toThrow();
    }
    expect(byLabel(state, 'S-weak-key').key).toBe('RSA 1024');
    expect(byLabel(state, 'S-sha-1').signature).toBe('ECDSA with SHA-1');
    expect(byLabel(state, 'S-self-signed')).toMatchObject({ issuedBy: null });
  });

  it('are for a CSMS with its further names, and refused where a name is none', async () => {
    const desk = desks.open();
    const request = { role: 'csms', commonName: 'csms.test', key: 'ECDSA P-384', hierarchy: 'CSO', bad: null } as const;
    const made = byLabel(
      unwrap(await desk.issue({ ...request, names: ['*.csms.test', '192.0.2.9', 'ünï.test'] })),
      'csms.test',
    );
    expect(made).toMatchObject({
      subject: 'CN=csms.test,O=Plugscope',
      key: 'ECDSA P-384',
      names: ['csms.test', '*.csms.test', 'xn--n-nga1b.test', '192.0.2.9'],
    });
    expect(await desk.issue({ ...request, names: ['a b'] })).toMatchObject({
      ok: false,
      error: { code: 'name-invalid' },
    });
  });

  it('can be removed, but not the authorities of the bench', async () => {
    const desk = desks.open();
    unwrap(await desk.ofStation('S1', null));
    const before = unwrap(await desk.state());
    const after = unwrap(await desk.remove(byLabel(before, 'Station S1').id));
    expect(after.certificates).toHaveLength(before.certificates.length - 1);
    expect(readdirSync(desks.folder).filter((name) => name.includes('station'))).toEqual([]);
    for (const { id } of after.certificates) {
      expect(await desk.remove(id)).toMatchObject({ ok: false, error: { code: 'authority-stays' } });
    }
  });

  it('are told of to who listens', async () => {
    const desk = desks.open();
    const told: AuthorityState[] = [];
    const stop = desk.onChange((state) => void told.push(state));
    const now = unwrap(await desk.state());
    expect(told).toEqual([now]);
    stop();
    unwrap(await desk.ofStation('S1', null));
    expect(told).toHaveLength(1);
  });

  it('are trusted or not, where they are roots', async () => {
    const desk = desks.open();
    const { certificates } = unwrap(await desk.state());
    const [root, issuing] = certificates;
    unwrap(await desk.trust(root?.id ?? '', false));
    expect(unwrap(await desk.roots(null))).toEqual([]);
    expect(unwrap(await desk.roots([root?.id ?? '']))).toHaveLength(1);
    expect(await desk.trust(issuing?.id ?? '', true)).toMatchObject({ ok: false, error: { code: 'no-root' } });
  });
});

describe('the way of the root to a station', () => {
  it('is a URL for each address of the network, and a command that checks what it fetched', async () => {
    const { rootUrls } = unwrap(await desks.open().state());
    expect(rootUrls).toEqual([
      {
        url: 'http://192.0.2.7:9220/plugscope-root.pem',
        command: expect.stringMatching(
          /^curl -fsSo plugscope-root\.pem 'http:\S+' && echo '[0-9a-f]{64} {2}plugscope-root\.pem' \| sha256sum -c$/,
        ),
      },
    ]);
  });

  it('is none where no port for stations is open', async () => {
    expect(unwrap(await desks.open({ stationPort: () => null }).state()).rootUrls).toEqual([]);
  });
});

describe('what is kept on disk', () => {
  const KEYS = /\.key\.pem$/;

  it('is whole where two engines make certificates at the same time: nothing is lost, and nothing left over', async () => {
    const engines = [desks.open(), desks.open()];
    const serials = Array.from({ length: 8 }, (_, i) => `S${i}`);
    const made = await Promise.all(serials.map((serial, i) => engines[i % 2]?.ofStation(serial, null)));
    const credentials = made.map((each) => unwrap(each ?? expect.fail()));
    const later = desks.open();
    for (const [i, serial] of serials.entries())
      expect(unwrap(await later.ofStation(serial, null))).toEqual(credentials[i]);
    const { certificates } = unwrap(await later.state());
    expect(certificates).toHaveLength(2 + serials.length);
    expect(readdirSync(desks.folder).filter((name) => KEYS.test(name))).toHaveLength(certificates.length);
  });

  it.skipIf(process.platform === 'win32')('is for its owner alone, and becomes so again', async () => {
    unwrap(await desks.open().ofStation('S1', null));
    const mode = (name: string) => statSync(join(desks.folder, name)).mode & 0o777;
    expect(mode('.')).toBe(0o700);
    const keys = readdirSync(desks.folder).filter((name) => KEYS.test(name));
    expect(keys).toHaveLength(3);
    for (const name of [...keys, 'authority.json']) expect(mode(name)).toBe(0o600);
    chmodSync(desks.folder, 0o755);
    for (const name of keys) chmodSync(join(desks.folder, name), 0o644);
    unwrap(await desks.open().ofStation('S1', null));
    expect(mode('.')).toBe(0o700);
    expect(mode(keys.find((name) => name.startsWith('station')) ?? '')).toBe(0o600);
  });

  it.each([
    ['no JSON', '{'],
    ['another format', '{"format":0}'],
    [
      'entries that lead elsewhere',
      JSON.stringify({ format: 1, ports: [], hierarchies: {}, issued: {}, entries: [{ id: '../x' }] }),
    ],
    ['a newer format', '{"format":2}'],
  ])('is never replaced where the index is damaged: %s', async (_, text) => {
    unwrap(await desks.open().state());
    writeFileSync(join(desks.folder, 'authority.json'), text);
    const desk = desks.open();
    for (const asked of [await desk.state(), await desk.ofCsms(null), await desk.renew('CSO', 'RSA 2048')]) {
      expect(asked).toMatchObject({ ok: false, error: { sentence: expect.stringContaining(`move that folder away`) } });
    }
    expect(readFileSync(join(desks.folder, 'authority.json'), 'utf8')).toBe(text);
  });

  it('is sealed where there is a key ring, and cannot be used without it', async () => {
    const sealed = new Map<string, string>();
    const vault = {
      async seal(secret: string) {
        const handle = `sealed-${sealed.size}`;
        sealed.set(handle, secret);
        return { ok: true as const, value: Buffer.from(handle) };
      },
      open: async (handle: Uint8Array) => ({
        ok: true as const,
        value: sealed.get(Buffer.from(handle).toString()) ?? '',
      }),
    };
    const desk = desks.open({ vault: async () => vault });
    const credential = unwrap(await desk.ofStation('S1', null));
    expect(credential.key).toContain('BEGIN PRIVATE KEY');
    expect(unwrap(await desk.state()).keys).toBe('key-ring');
    for (const name of readdirSync(desks.folder))
      expect(readFileSync(join(desks.folder, name), 'latin1')).not.toContain('PRIVATE KEY');
    expect(unwrap(await desks.open({ vault: async () => vault }).ofStation('S1', null))).toEqual(credential);
    expect(await desks.open().ofStation('S1', null)).toMatchObject({ ok: false, error: { code: 'key-sealed' } });
  });

  it('is in no answer and no event as a key', async () => {
    const desk = desks.open();
    const told: unknown[] = [];
    desk.onChange((state) => void told.push(state));
    unwrap(await desk.ofCsms(null));
    told.push(await desk.state());
    expect(JSON.stringify(told)).not.toMatch(/PRIVATE KEY|privatePem/);
  });
});

describe('the signing of requests', () => {
  it.runIf(hasOpenssl)('yields the chain, the certificate of the station first', async () => {
    const args = 'req -new -newkey rsa:2048 -nodes -keyout /dev/null -subj /O=Field/CN=SN-77'.split(' ');
    const csr = spawnSync('openssl', args, { encoding: 'utf8' }).stdout;
    const desk = desks.open();
    const chain = certificatesIn(unwrap(await desk.sign(csr, 'ChargingStationCertificate')));
    expect(chain.map(({ subject }) => subject)).toEqual(['O=Field\nCN=SN-77', 'O=Plugscope\nCN=Plugscope CSO Sub-CA']);
    const v2g = certificatesIn(unwrap(await desk.sign(csr, 'V2GCertificate')));
    expect(v2g.map(({ subject }) => subject)).toEqual([
      'O=Field\nCN=SN-77\nDC=CPO',
      'O=Plugscope\nCN=Plugscope CPO Sub-CA',
    ]);
    expect(byLabel(unwrap(await desk.state()), 'SN-77')).toMatchObject({ hasKey: false, role: 'station' });
    const { id } = byLabel(unwrap(await desk.state()), 'SN-77');
    expect(await desk.ofStation('SN-77', id)).toMatchObject({ ok: false, error: { code: 'no-key' } });
  });
});
