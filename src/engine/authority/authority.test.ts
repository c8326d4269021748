import { spawnSync } from 'node:child_process';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BAD_KINDS, type BadKind } from '../../session/authority.ts';
import { createHierarchy, type Hierarchy, issueWithKey, type LeafOptions } from './authority.ts';
import { makeBad } from './bad-certificates.ts';
import type { HeldCertificate } from './certificate.ts';
import type { KeyKind } from './keys.ts';
import { namesOf } from './machine-names.ts';

const NOW = Date.now();
const SERVER: LeafOptions = {
  commonName: 'csms.bench.test',
  organization: 'Bench',
  names: { dns: ['csms.bench.test', 'localhost'], addresses: ['127.0.0.1', '::1'] },
  now: NOW,
};
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.each<KeyKind>(['ECDSA P-256', 'RSA 2048'])('a hierarchy of %s keys', (kind) => {
  let hierarchy: Hierarchy;
  let folder: string;
  let server: HeldCertificate;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plugscope-authority-'));
    const revocation = { crl: 'http://127.0.0.1:8/cso.crl', ocsp: 'http://127.0.0.1:8/ocsp' };
    hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: kind, now: NOW, revocation });
    server = await issueWithKey({ ...SERVER, revocation }, kind, hierarchy.issuing);
    write('root', hierarchy.root);
    write('issuing', hierarchy.issuing);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, { certificate }: HeldCertificate): string {
    const path = join(folder, `${name}.pem`);
    writeFileSync(path, certificate.toString('pem'));
    return path;
  }

  /** What openssl says of a certificate as that of a server or client, at the level of security that OCPP asks for. */
  function verify(held: HeldCertificate, purpose: string, ...more: readonly string[]): string {
    const chain = ['-CAfile', join(folder, 'root.pem'), '-untrusted', join(folder, 'issuing.pem')];
    const leaf = write('leaf', held);
    const args = ['verify', ...chain, '-auth_level', '2', '-x509_strict', '-purpose', purpose, ...more, leaf];
    const { stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    return `${stdout}${stderr}`.replaceAll(leaf, 'leaf');
  }

  it('gives a CSMS a certificate for its names (A00.FR.509, A00.FR.510)', () => {
    const certificate = new NodeCertificate(server.certificate.toString('pem'));
    expect(certificate.subject).toBe('O=Bench\nCN=csms.bench.test');
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('elsewhere.test')).toBeUndefined();
    expect(certificate.checkIssued(new NodeCertificate(hierarchy.issuing.certificate.toString('pem')))).toBe(true);
    expect(certificate.infoAccess).toContain('OCSP - URI:http://127.0.0.1:8/ocsp');
  });

  it.runIf(hasOpenssl)('issues what openssl takes, for a server and for a station', async () => {
    expect(verify(server, 'sslserver', '-verify_hostname', 'localhost')).toBe('leaf: OK\n');
    expect(verify(server, 'sslserver', '-verify_ip', '::1')).toBe('leaf: OK\n');
    const options = { commonName: 'CS-0007', organization: 'Bench', now: NOW };
    expect(verify(await issueWithKey(options, kind, hierarchy.issuing), 'sslclient')).toBe('leaf: OK\n');
  });

  it('keeps the private key of what it issues', () => {
    const certificate = new NodeCertificate(server.certificate.toString('pem'));
    expect(server.key.privatePem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(certificate.publicKey.asymmetricKeyType).toBe(kind.startsWith('RSA') ? 'rsa' : 'ec');
  });

  const reasons: Readonly<Record<Exclude<BadKind, 'revoked'>, string>> = {
    expired: 'certificate has expired',
    'not-yet-valid': 'certificate is not yet valid',
    'wrong-name': 'hostname mismatch',
    'wrong-root': 'unable to get local issuer certificate',
    'self-signed': 'self-signed certificate',
    'weak-key': 'EE certificate key too weak',
    'sha-1': 'signature digest algorithm too weak',
    'missing-key-usage': 'unsuitable certificate purpose',
  };
  const means = (revoke: (certificate: HeldCertificate) => void = () => {}) => ({
    issuer: hierarchy.issuing,
    keyKind: kind,
    revoke,
  });
  const bad = Object.keys(reasons) as (keyof typeof reasons)[];

  it.runIf(hasOpenssl).each(bad)('makes one that openssl refuses for the right reason: %s', async (each) => {
    const made = await makeBad(each, SERVER, means());
    expect(verify(made, 'sslserver', '-verify_hostname', 'localhost')).toContain(reasons[each]);
  });

  it('has the authority revoke one that is sound else', async () => {
    const revoked: HeldCertificate[] = [];
    const made = await makeBad(
      'revoked',
      SERVER,
      means((certificate) => void revoked.push(certificate)),
    );
    expect(revoked).toEqual([made]);
    if (hasOpenssl) expect(verify(made, 'sslserver', '-verify_hostname', 'localhost')).toBe('leaf: OK\n');
  });

  it('has a test for each that it can make', () => {
    expect([...bad, 'revoked'].toSorted()).toEqual(BAD_KINDS.toSorted());
  });
});

describe('the names of a machine', () => {
  const address = (text: string, internal: boolean) => ({
    address: text,
    internal,
    netmask: '',
    mac: '',
    cidr: null,
    family: 'IPv4' as const,
  });

  it('are its host name and addresses, those that only a link knows left out', () => {
    const interfaces = {
      lo: [address('127.0.0.1', true)],
      eth0: [address('192.0.2.7', false), address('fe80::1', false)],
    };
    expect(namesOf('Bench', interfaces)).toEqual({
      dns: ['bench', 'localhost'],
      addresses: ['192.0.2.7', '127.0.0.1', '::1'],
    });
  });
});
