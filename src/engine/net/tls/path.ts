import type { X509Certificate } from 'node:crypto';
import { nameKey } from './read-certificate.ts';
import type { TrustedRoots } from './trusted-roots.ts';

/** A chain of issuers from the peer's certificate on. */
export interface Path {
  /** The peer's certificate first. The last one is trusted where `trusted`. */
  readonly certificates: readonly X509Certificate[];
  readonly trusted: boolean;
}

/** Longer chains are not looked for; OCPP has two authorities above a certificate (2.1: 1.4.2). */
const LENGTH_MAX = 10;
/** Signatures that are verified before giving up: a peer may present hundreds of certificates with one name. */
const VERIFICATIONS_MAX = 40;

/**
 * Follows the issuers of a certificate, by name and signature, to one that is trusted, or as far as they are known.
 * This finds what OpenSSL's verdict is about; it is no path validation of its own.
 */
export function followPath(chain: readonly [X509Certificate, ...X509Certificate[]], roots: TrustedRoots): Path {
  let verifications = 0;
  let longest: readonly X509Certificate[] = [chain[0]];

  function issued(certificate: X509Certificate, issuer: X509Certificate): boolean {
    if (verifications >= VERIFICATIONS_MAX) return false;
    verifications += 1;
    try {
      return certificate.verify(issuer.publicKey);
    } catch {
      // A key of a kind that OpenSSL has no algorithm for.
      return false;
    }
  }

  function follow(path: readonly [X509Certificate, ...X509Certificate[]]): readonly X509Certificate[] | undefined {
    const [last] = path;
    if (path.length > longest.length) longest = path.toReversed();
    if (roots.has(last)) return path.toReversed();
    if (path.length >= LENGTH_MAX) return undefined;
    const root = roots.issuersOf(last).find((each) => issued(last, each));
    if (root) return [root, ...path].toReversed();
    const issuer = nameKey(last, 'issuer');
    for (const each of chain) {
      const isNew = !path.some(({ fingerprint256 }) => fingerprint256 === each.fingerprint256);
      if (!isNew || nameKey(each, 'subject') !== issuer || !issued(last, each)) continue;
      const found = follow([each, ...path]);
      if (found) return found;
    }
    return undefined;
  }

  const found = follow([chain[0]]);
  return { certificates: found ?? longest, trusted: found !== undefined };
}

/** Whether a certificate is signed with its own key, as a root is. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return (
      nameKey(certificate, 'subject') === nameKey(certificate, 'issuer') && certificate.verify(certificate.publicKey)
    );
  } catch {
    return false;
  }
}
