import { X509Certificate } from 'node:crypto';
import { nameKey } from './read-certificate.ts';

/** Certificates that are trusted, found by their subject. */
export interface TrustedRoots {
  /** Those that a certificate may have been issued by, as far as names go. */
  issuersOf(certificate: X509Certificate): readonly X509Certificate[];
  has(certificate: X509Certificate): boolean;
}

const PEM = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** Reads roots from PEM, any number in each text. What is no certificate is left out: nothing can be issued by it. */
export function trustedRoots(pem: readonly string[]): TrustedRoots {
  const bySubject = new Map<string, X509Certificate[]>();
  const fingerprints = new Set<string>();
  for (const text of pem.flatMap((each) => each.match(PEM) ?? [])) {
    const certificate = parsed(text);
    if (certificate === undefined || fingerprints.has(certificate.fingerprint256)) continue;
    fingerprints.add(certificate.fingerprint256);
    const subject = nameKey(certificate, 'subject');
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), certificate]);
  }
  return {
    issuersOf: (certificate) => bySubject.get(nameKey(certificate, 'issuer')) ?? [],
    has: (certificate) => fingerprints.has(certificate.fingerprint256),
  };
}

function parsed(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
