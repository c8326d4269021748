import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { ExtendedKeyUsage, type JsonName, KeyUsageFlags } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import type { KeyKind } from '../../authority/keys.ts';
import { type MadeOptions, makeCertificate } from '../testing/made-certificate.ts';
import { hasOpenssl } from '../testing/openssl.ts';
import { checkIssuerUsage, checkKey, checkOwnUsage, checkSignature } from './certificate-strength.ts';
import { type ReadCertificate, readCertificate } from './read-certificate.ts';

const SUBJECT: JsonName = [{ O: ['Bench'] }, { CN: ['x'] }];
const { digitalSignature, keyEncipherment, keyCertSign, cRLSign, nonRepudiation } = KeyUsageFlags;

async function read(options: Partial<MadeOptions> = {}): Promise<ReadCertificate> {
  return readCertificate((await makeCertificate({ subject: SUBJECT, ...options })).certificate);
}

/** A certificate that openssl makes, with its own kinds of keys and signatures. */
function readOfOpenssl(newKey: readonly string[], ...more: readonly string[]): ReadCertificate {
  const args = ['req', '-x509', ...newKey, '-nodes', '-keyout', '/dev/null', '-subj', '/CN=x', ...more];
  return readCertificate(new X509Certificate(execFileSync('openssl', args, { stdio: 'pipe' })));
}
const ec = (curve: string) => ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`];

describe('a key (A00.FR.501 to A00.FR.503)', () => {
  it.each<[KeyKind, 'passed' | 'failed', string]>([
    ['ECDSA P-256', 'passed', 'A00.FR.503'],
    ['ECDSA P-384', 'passed', 'A00.FR.503'],
    ['RSA 2048', 'passed', 'A00.FR.502'],
    ['RSA 1024', 'failed', 'A00.FR.502'],
  ])('%s: %s', async (kind, outcome, requirement) => {
    const found = checkKey(await read({ kind }));
    expect(found).toMatchObject({ outcome, requirements: ['A00.FR.501', requirement] });
    expect(found.sentence).toContain(kind);
  });

  it.runIf(hasOpenssl).each<[string, readonly string[], 'passed' | 'failed', RegExp]>([
    ['of 192 bits', ec('prime192v1'), 'failed', /P-192; at least 224 bits/],
    ['of 224 bits', ec('secp224r1'), 'passed', /P-224/],
    ['of BSI', ec('brainpoolP256r1'), 'passed', /brainpoolP256r1/],
    ['of Edwards', ['-newkey', 'ed25519'], 'passed', /Ed25519/],
  ])('on a curve %s', (_name, newKey, outcome, sentence) => {
    const found = checkKey(readOfOpenssl(newKey));
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
  });
});

describe('a signature (A00.FR.504 to A00.FR.506)', () => {
  it('is sound with ECDSA and RSA-PSS', async () => {
    expect(checkSignature(await read())).toMatchObject({
      outcome: 'passed',
      sentence: 'It is signed using ECDSA with SHA-256.',
    });
    const pss = await read({ kind: 'RSA 2048' });
    expect(checkSignature(pss)).toMatchObject({
      outcome: 'passed',
      sentence: 'It is signed using RSA-PSS with SHA-256.',
    });
  });

  it.each<KeyKind>(['ECDSA P-256', 'RSA 2048'])('is refused with SHA-1 and %s', async (kind) => {
    const found = checkSignature(await read({ kind, method: 'SHA-1' }));
    expect(found).toMatchObject({ outcome: 'failed', requirements: ['A00.FR.504', 'A00.FR.506'] });
  });

  it.runIf(hasOpenssl).each<[string, readonly string[], readonly string[], 'passed' | 'advice' | 'failed', RegExp]>([
    ['RSA PKCS#1 v1.5', ['-newkey', 'rsa:2048'], ['-sha256'], 'advice', /PKCS#1 v1\.5 with SHA-256; RSA-PSS or ECDSA/],
    ['MD5', ['-newkey', 'rsa:2048'], ['-md5'], 'failed', /MD5, which can be forged/],
    ['SHA-224', ec('P-256'), ['-sha224'], 'advice', /SHA-224; SHA-256 is recommended/],
    [
      'RSA-PSS with SHA-1',
      ['-newkey', 'rsa:2048'],
      ['-sha1', '-sigopt', 'rsa_padding_mode:pss'],
      'failed',
      /RSA-PSS with SHA-1/,
    ],
    [
      'RSA-PSS with SHA-512',
      ['-newkey', 'rsa:2048'],
      ['-sha512', '-sigopt', 'rsa_padding_mode:pss'],
      'passed',
      /RSA-PSS with SHA-512/,
    ],
    ['Ed25519', ['-newkey', 'ed25519'], [], 'advice', /Ed25519; RSA-PSS or ECDSA/],
  ])('with %s', (_name, newKey, more, outcome, sentence) => {
    const found = checkSignature(readOfOpenssl(newKey, ...more));
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
  });
});

describe('what a certificate may be used for (A00.FR.512, A00.FR.514)', () => {
  const { serverAuth, clientAuth } = ExtendedKeyUsage;
  it.each<[string, Partial<MadeOptions>, 'csms' | 'station', 'passed' | 'advice' | 'failed', RegExp]>([
    ['digital signatures', { keyUsage: digitalSignature }, 'csms', 'passed', /allows TLS/],
    ['encryption of keys', { keyUsage: keyEncipherment }, 'station', 'passed', /allows TLS/],
    ['something else', { keyUsage: nonRepudiation }, 'csms', 'failed', /neither digitalSignature nor/],
    ['anything', {}, 'csms', 'advice', /no Key Usage/],
    [
      'servers',
      { keyUsage: digitalSignature, extendedKeyUsage: [serverAuth] },
      'csms',
      'advice',
      /recommends to have none/,
    ],
    [
      'servers',
      { keyUsage: digitalSignature, extendedKeyUsage: [serverAuth] },
      'station',
      'failed',
      /leaves clientAuth out/,
    ],
    [
      'clients',
      { keyUsage: digitalSignature, extendedKeyUsage: [clientAuth] },
      'csms',
      'failed',
      /leaves serverAuth out/,
    ],
    ['clients', { extendedKeyUsage: [clientAuth, serverAuth] }, 'station', 'advice', /with clientAuth/],
    ['every purpose', { extendedKeyUsage: ['2.5.29.37.0'] }, 'station', 'advice', /Extended Key Usage/],
  ])('is for %s', async (_name, options, kind, outcome, sentence) => {
    const found = checkOwnUsage(await read(options), kind);
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
  });

  it.each<[string, Partial<MadeOptions>, number, 'passed' | 'failed', RegExp]>([
    ['an authority', { constraints: { isAuthority: true }, keyUsage: keyCertSign }, 3, 'passed', /may issue/],
    ['one without Key Usage', { constraints: { isAuthority: true } }, 0, 'passed', /may issue/],
    ['none', { constraints: { isAuthority: false } }, 0, 'failed', /no certificate authority/],
    ['none that says so', {}, 0, 'failed', /no certificate authority/],
    ['one for lists', { constraints: { isAuthority: true }, keyUsage: cRLSign }, 0, 'failed', /not allow it to sign/],
    [
      'one above too many',
      { constraints: { isAuthority: true, pathLength: 0 } },
      1,
      'failed',
      /allows 0 .*there are 1/,
    ],
    ['one above enough', { constraints: { isAuthority: true, pathLength: 1 } }, 1, 'passed', /may issue/],
  ])('of an issuer: %s', async (_name, options, between, outcome, sentence) => {
    const found = checkIssuerUsage(await read(options), between);
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
  });
});
