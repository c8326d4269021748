import type { BadKind } from '../../session/authority.ts';
import { createHierarchy, issueLeaf, type LeafOptions } from './authority.ts';
import { type HeldCertificate, issue } from './certificate.ts';
import { generateKey, type KeyKind } from './keys.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Where a bad certificate comes from, and what becomes of it. */
export interface BadMeans {
  readonly issuer: HeldCertificate;
  readonly keyKind: KeyKind;
  /** Has the authority revoke a certificate. */
  revoke(certificate: HeldCertificate): void;
}

/** Makes a certificate that is sound but for one thing. */
export async function makeBad(bad: BadKind, options: LeafOptions, means: BadMeans): Promise<HeldCertificate> {
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
