import { X509Certificate } from 'node:crypto';
import { createServer, connect as tlsConnect } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { BAD_KINDS, type BadKind } from '../../../session/authority.ts';
import { CERTIFICATE_CHECKS, type CertificateCheckName } from '../../../session/certificate.ts';
import { createHierarchy, type Hierarchy, issueWithKey } from '../../authority/authority.ts';
import { makeBad } from '../../authority/bad-certificates.ts';
import type { KeyKind, KeyPair } from '../../authority/keys.ts';
import { type MadeCertificate, makeCertificate } from '../testing/made-certificate.ts';
import type { RevocationCheck } from './credential.ts';
import {
  checkPeer,
  type PeerEvidence,
  type PeerFindings,
  presentedChain,
  refusalOf,
  verdictOf,
} from './peer-checks.ts';
import type { ExpectedPeer } from './peer-name.ts';
import { trustedRoots } from './trusted-roots.ts';

const NOW = Date.now();
const HOUR = 3_600_000;
const CSMS: ExpectedPeer = { kind: 'csms', host: 'localhost' };
const STATION: ExpectedPeer = { kind: 'station', identity: 'CS-0007', organization: 'Bench' };
const SERVER = {
  commonName: 'csms.bench.test',
  organization: 'Bench',
  names: { dns: ['csms.bench.test', 'localhost'], addresses: ['127.0.0.1'] },
  now: NOW,
};
const CLIENT = { commonName: 'CS-0007', organization: 'Bench', now: NOW };
const GOOD: RevocationCheck = () => Promise.resolve({ state: 'good' });

/** A certificate with its key, whatever made it. */
interface Presented {
  readonly certificate: { toString(format: 'pem'): string };
  readonly key: Pick<KeyPair, 'privatePem'>;
}

/** Presents a certificate in a real handshake, to either side, and takes what there is to judge it by. */
async function present(
  held: Presented,
  issuers: readonly Presented[],
  root: Presented,
  from: 'server' | 'client',
): Promise<Pick<PeerEvidence, 'chain' | 'verdict' | 'roots' | 'issuers'>> {
  const pem = [held, ...issuers].map(({ certificate }) => certificate.toString('pem')).join('\n');
  const common = {
    ca: root.certificate.toString('pem'),
    ciphers: 'DEFAULT@SECLEVEL=0',
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
  };
  const own = { cert: pem, key: held.key.privatePem };
  const other = await plainServer();
  const server = createServer({ ...common, ...(from === 'server' ? own : other), requestCert: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const taken = new Promise<Pick<PeerEvidence, 'chain' | 'verdict'>>((resolve, reject) => {
    const client = tlsConnect({ ...common, host: '127.0.0.1', port, ...(from === 'client' ? own : {}) });
    client.on('error', reject);
    server.on('tlsClientError', reject);
    const take = (socket: typeof client) => {
      resolve({ chain: presentedChain(socket), verdict: verdictOf(socket) });
      client.destroy();
    };
    if (from === 'server') client.on('secureConnect', () => take(client));
    else server.on('secureConnection', take);
  });
  try {
    return {
      ...(await taken),
      roots: trustedRoots([common.ca]),
      issuers: issuers.map(({ certificate }) => new X509Certificate(certificate.toString('pem'))),
    };
  } finally {
    server.close();
  }
}

let plain: Promise<{ cert: string; key: string }> | undefined;
function plainServer(): Promise<{ cert: string; key: string }> {
  plain ??= createHierarchy({ name: 'CSO', organization: 'Other', keyKind: 'ECDSA P-256', now: NOW }).then(
    ({ root }) => ({
      cert: root.certificate.toString('pem'),
      key: root.key.privatePem,
    }),
  );
  return plain;
}

function outcomes({ checks }: PeerFindings): Record<string, string> {
  return Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]));
}

describe.each<KeyKind>(['ECDSA P-256', 'RSA 2048'])(
  'the certificate of a peer, of an authority with %s keys',
  (kind) => {
    let hierarchy: Hierarchy;
    beforeAll(async () => {
      hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: kind, now: NOW });
    });

    it.each([
      ['server', SERVER, CSMS],
      ['client', CLIENT, STATION],
    ] as const)('passes all checks where it is sound: of a TLS %s', async (from, options, expected) => {
      const held = await issueWithKey(options, kind, hierarchy.issuing);
      const evidence = await present(held, [hierarchy.issuing], hierarchy.root, from);
      const found = await checkPeer({ ...evidence, expected, now: NOW, revocation: GOOD });
      expect(refusalOf(found.checks)).toBeUndefined();
      expect(outcomes(found)).toEqual(
        Object.fromEntries(Object.keys(CERTIFICATE_CHECKS).map((name) => [name, 'passed'])),
      );
      expect(found.chain).toHaveLength(from === 'server' ? 2 : 1);
      expect(found.chain[0]).toMatchObject({
        subject: `CN=${options.commonName},O=Bench`,
        issuer: 'CN=Plugscope CSO Sub-CA,O=Bench',
        key: kind,
        signature: kind === 'RSA 2048' ? 'RSA-PSS with SHA-256' : 'ECDSA with SHA-256',
        serialNumber: held.certificate.serialNumber,
        notAfter: held.certificate.notAfter.getTime(),
      });
    });

    const causes: Readonly<Record<BadKind, readonly [CertificateCheckName, RegExp]>> = {
      expired: ['validity', /^It expired on \d{4}-\d\d-\d\d\.$/],
      'not-yet-valid': ['validity', /^It is not valid before /],
      'wrong-name': [
        'name',
        /^It is (issued to somebody-else\.invalid, not to localhost|issued to SOMEBODY-ELSE, and the station calls itself CS-0007)\.$/,
      ],
      'wrong-root': ['path', /^It is not trusted: /],
      'self-signed': ['path', /signed by its own key/],
      'weak-key': ['key', /^Its key is RSA 1024; at least 2048 bits are required\.$/],
      'sha-1': ['signature', /^It is signed using .* with SHA-1, which can be forged\.$/],
      'missing-key-usage': ['usage', /^Its Key Usage allows neither /],
      revoked: ['revocation', /^It was revoked on \d{4}-\d\d-\d\d\.$/],
    };
    it.each(BAD_KINDS.flatMap((bad) => [[bad, 'server'] as const, [bad, 'client'] as const]))(
      'is refused for the right reason: %s, of a TLS %s',
      async (bad, from) => {
        const revoked = new Set<string>();
        const held = await makeBad(bad, from === 'server' ? SERVER : CLIENT, {
          issuer: hierarchy.issuing,
          keyKind: kind,
          revoke: ({ certificate }) => void revoked.add(certificate.serialNumber),
        });
        const evidence = await present(held, [hierarchy.issuing], hierarchy.root, from);
        const { checks } = await checkPeer({
          ...evidence,
          expected: from === 'server' ? CSMS : STATION,
          now: NOW,
          revocation: ({ serialNumber }) =>
            Promise.resolve(
              revoked.has(serialNumber.toLowerCase()) ? { state: 'revoked', at: NOW - HOUR } : { state: 'good' },
            ),
        });
        const [check, sentence] = causes[bad];
        expect(refusalOf(checks)?.check).toBe(check);
        expect(refusalOf(checks)?.sentence).toMatch(sentence);
        expect(checks.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
      },
    );
  },
);

describe('the issuers of a certificate', () => {
  const NAMES = [{ type: 'dns' as const, value: 'localhost' }];
  async function failedChecks(root: MadeCertificate, issuer: MadeCertificate, issuers: readonly MadeCertificate[]) {
    const leaf = await makeCertificate({ subject: [{ O: ['Bench'] }, { CN: ['localhost'] }], names: NAMES, issuer });
    const held = ({ certificate, key }: MadeCertificate) => ({
      certificate: { toString: () => certificate.toString() },
      key,
    });
    const evidence = await present(held(leaf), issuers.map(held), held(root), 'server');
    const { checks } = await checkPeer({ ...evidence, expected: CSMS, now: NOW });
    return checks.filter(({ outcome }) => outcome === 'failed').map(({ check, place }) => [check, place]);
  }
  const authority = { constraints: { isAuthority: true } };

  it('may be a root that says nothing of itself, where OpenSSL takes it: those of version 1 do not', async () => {
    const root = await makeCertificate({ subject: [{ CN: ['Old root'] }] });
    const leaf = await makeCertificate({ subject: [{ CN: ['localhost'] }], names: NAMES, issuer: root });
    const roots = trustedRoots([root.certificate.toString()]);
    const { checks } = await checkPeer({
      chain: [leaf.certificate],
      verdict: undefined,
      roots,
      expected: CSMS,
      now: NOW,
    });
    expect(refusalOf(checks)).toBeUndefined();
    expect(await failedChecks(root, root, [])).toEqual([['usage', 0]]);
  });

  it('are looked at as the certificate itself is: an authority with a weak key, or signed with SHA-1', async () => {
    const root = await makeCertificate({ subject: [{ CN: ['Root'] }], ...authority });
    const weak = await makeCertificate({ subject: [{ CN: ['Sub'] }], ...authority, issuer: root, kind: 'RSA 1024' });
    expect(await failedChecks(root, weak, [weak])).toEqual([['key', 1]]);
    const old = await makeCertificate({ subject: [{ CN: ['Sub'] }], ...authority, issuer: root, method: 'SHA-1' });
    expect(await failedChecks(root, old, [old])).toEqual([['signature', 1]]);
  });

  it('are authorities: a certificate of somebody else issues none', async () => {
    const root = await makeCertificate({ subject: [{ CN: ['Root'] }], ...authority });
    const other = await makeCertificate({
      subject: [{ CN: ['CS-1'] }],
      constraints: { isAuthority: false },
      issuer: root,
    });
    expect(await failedChecks(root, other, [other])).toEqual([['usage', 1]]);
  });
});

describe('what is wrong beside', () => {
  it('is still found where the path is bad and the certificate expired: OpenSSL tells of the last alone', async () => {
    const hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: 'ECDSA P-256', now: NOW });
    const other = await createHierarchy({ name: 'CSO', organization: 'Other', keyKind: 'ECDSA P-256', now: NOW });
    const means = { issuer: hierarchy.issuing, keyKind: 'ECDSA P-256' as const, revoke: () => {} };
    const held = await makeBad('expired', SERVER, means);
    const evidence = await present(held, [hierarchy.issuing], other.root, 'server');
    let asked = false;
    const revocation: RevocationCheck = () => {
      asked = true;
      return GOOD(
        new X509Certificate(held.certificate.toString('pem')),
        new X509Certificate(held.certificate.toString('pem')),
      );
    };
    const { checks } = await checkPeer({ ...evidence, expected: CSMS, now: NOW, revocation });
    expect(checks.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)).toEqual([
      'path',
      'validity',
    ]);
    expect(asked).toBe(false);
  });

  it('is nothing of where nobody presented a certificate', async () => {
    const { chain, checks } = await checkPeer({
      chain: [],
      verdict: 'UNABLE_TO_GET_ISSUER_CERT',
      roots: trustedRoots([]),
      expected: STATION,
      now: NOW,
    });
    expect(chain).toEqual([]);
    expect(refusalOf(checks)).toMatchObject({ check: 'presented', requirements: ['A00.FR.401'] });
    expect(checks.map(({ check }) => check)).toEqual(Object.keys(CERTIFICATE_CHECKS));
  });
});
