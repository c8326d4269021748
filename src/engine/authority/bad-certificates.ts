import { createHierarchy, issueLeaf, type LeafOptions } from './authority.ts';
import { type HeldCertificate, issue } from './certificate.ts';
import { generateKey, type KeyKind } from './keys.ts';

/** The certificates that a peer must refuse, as a certification laboratory presents them. */
export const BAD_CERTIFICATES = {
  expired: 'Its validity ended yesterday.',
  'not-yet-valid': 'Its validity begins tomorrow.',
  'wrong-name': 'It is for another common name and, of a CSMS, for other hosts.',
  'wrong-root': 'It was issued under a root that nobody installed.',
  'self-signed': 'It is signed by its own key.',
  'weak-key': 'Its key is RSA with 1024 bits, below 112 bits of security (A00.FR.501, A00.FR.502).',
  'sha-1': 'It is signed with SHA-1 (A00.FR.506).',
  'missing-key-usage': 'Its Key Usage allows nothing that TLS needs (A00.FR.512).',
  revoked: 'It was revoked: the list and the OCSP responder of the authority say so.',
} as const;
export type BadCertificate = keyof typeof BAD_CERTIFICATES;

const DAY = 24 * 60 * 60 * 1000;

/** Where a bad certificate comes from, and what becomes of it. */
export interface BadMeans {
  readonly issuer: HeldCertificate;
  readonly keyKind: KeyKind;
  /** Has the authority revoke a certificate. */
  revoke(certificate: HeldCertificate): void;
}

/** Makes a certificate that is sound but for one thing. */
export async function makeBad(bad: BadCertificate, options: LeafOptions, means: BadMeans): Promise<HeldCertificate> {
  const { now } = options;
  const { issuer, keyKind } = means;
  const key = await generateKey(bad === 'weak-key' ? 'RSA 1024' : keyKind);
  const leaf = async (more: Parameters<typeof issueLeaf>[3] = {}, other: Partial<LeafOptions> = {}, by = issuer) => ({
    key,
    certificate: await issueLeaf({ ...options, ...other }, key.publicKey, by, more),
  });
  switch (bad) {
    case 'expired':
      return leaf({ notBefore: now - 30 * DAY, notAfter: now - DAY });
    case 'not-yet-valid':
      return leaf({ notBefore: now + DAY, notAfter: now + 30 * DAY });
    case 'wrong-name': {
      const names = options.names && { dns: ['somebody-else.invalid'], addresses: [] };
      return leaf({}, { commonName: names ? 'somebody-else.invalid' : 'SOMEBODY-ELSE', names });
    }
    case 'wrong-root': {
      const organization = 'Nobody';
      const other = await createHierarchy({ name: 'CSO', organization, keyKind, now });
      return leaf({}, {}, other.issuing);
    }
    case 'self-signed': {
      const template = { ...options, notBefore: now - DAY, notAfter: now + 30 * DAY, usage: 'tls' } as const;
      return { key, certificate: await issue(template, key.publicKey, { self: key }) };
    }
    case 'weak-key':
      return leaf();
    case 'sha-1':
      return leaf({ method: 'SHA-1' });
    case 'missing-key-usage':
      return leaf({ usage: 'unsuitable' });
    case 'revoked': {
      const certificate = await leaf();
      means.revoke(certificate);
      return certificate;
    }
  }
}
