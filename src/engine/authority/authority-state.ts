import { createHash, X509Certificate } from 'node:crypto';
import type { AuthorityState, BenchCertificate } from '../../bridge/methods/authority.ts';
import type { CertificateFacts } from '../../session/certificate.ts';
import { ROOT_PATH } from '../leg-security.ts';
import type { RevocationStatus } from '../net/tls/credential.ts';
import type { AuthorityIndex, Entry } from './authority-index.ts';
import type { Book } from './authority-store.ts';
import { certificateFacts, serialOf } from './certificate-facts.ts';

/** What certificates say of themselves, read once each: what an id stands for never changes. */
export class FactsById {
  readonly #known = new Map<string, CertificateFacts>();

  /** @throws where it is no certificate that is understood; what the index names was understood once */
  of(book: Book, id: string): CertificateFacts {
    const known = this.#known.get(id) ?? certificateFacts(book.certificates.get(id) ?? '');
    this.#known.set(id, known);
    return known;
  }
}

/** Certificates as faces are shown them, without any key. */
export function benchCertificates(book: Book, facts: FactsById): readonly BenchCertificate[] {
  return book.index.entries.map((entry) => {
    const { id, label, role, origin, hierarchy, issuedBy, key, trusted, bad } = entry;
    const own = facts.of(book, id);
    const revokedAt = revokedAtOf(book.index, entry, own.serialNumber);
    return { ...own, id, label, role, origin, hierarchy, issuedBy, hasKey: key !== null, trusted, bad, revokedAt };
  });
}

/** When a certificate of the bench was revoked, milliseconds since 1970; null where it was not. */
export function revokedAtOf(index: AuthorityIndex, { issuedBy }: Entry, serialNumber: string): number | null {
  return (issuedBy !== null && index.issued[issuedBy]?.[serialNumber]) || null;
}

/** What this bench knows of a certificate that it issued itself; undefined where it did not. */
export function ownStatus(
  book: Book,
  facts: FactsById,
  certificate: X509Certificate,
  issuer: X509Certificate,
): RevocationStatus | undefined {
  const fingerprint = issuer.fingerprint256.replaceAll(':', '').toLowerCase();
  for (const [id, issued] of Object.entries(book.index.issued)) {
    if (facts.of(book, id).fingerprint !== fingerprint) continue;
    const at = issued[serialOf(certificate.serialNumber)];
    if (at !== undefined) return at === null ? { state: 'good' } : { state: 'revoked', at };
  }
  return undefined;
}

/** Roots in PEM that count where nobody chose others: that of the CSO hierarchy first, then the imported ones. */
export function trustedRoots({ index, certificates }: Book): readonly string[] {
  return index.entries
    .filter(
      ({ role, trusted, hierarchy, origin }) =>
        role === 'root' && trusted && (hierarchy === 'CSO' || origin === 'imported'),
    )
    .toSorted((a, b) => Number(a.origin === 'imported') - Number(b.origin === 'imported'))
    .map(({ id }) => certificates.get(id) ?? '');
}

/** The root of the CSO hierarchy, in PEM; undefined where there is none yet. */
export function csoRoot({ index, certificates }: Book): string | undefined {
  const id = index.hierarchies.CSO?.root;
  return id === undefined ? undefined : certificates.get(id);
}

/** A certificate with those above it, as a peer presents them: without the root, which the other side has to have. */
export function chainOf({ index, certificates }: Book, id: string): string {
  const chain: string[] = [];
  const seen = new Set<string>();
  for (let next: string | null = id; next !== null && !seen.has(next); ) {
    seen.add(next);
    const entry = index.entries.find((each) => each.id === next);
    const pem = certificates.get(next);
    if (!entry || pem === undefined || (entry.role === 'root' && next !== id)) break;
    chain.push(pem);
    next = entry.issuedBy;
  }
  return chain.join('');
}

/** Ways for a station to the root, by the addresses of this machine, and how to check that it is the right one. */
export function rootUrls(
  root: string | undefined,
  addresses: readonly string[],
  port: number | null,
): AuthorityState['rootUrls'] {
  if (root === undefined || port === null) return [];
  const hash = createHash('sha256').update(root).digest('hex');
  return addresses.map((address) => {
    const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}${ROOT_PATH}`;
    const file = ROOT_PATH.slice(1);
    return { url, command: `curl -fsSo ${file} '${url}' && echo '${hash}  ${file}' | sha256sum -c` };
  });
}

/** Whether one certificate was signed by another's key. */
export function isIssuedBy(pem: string, issuerPem: string): boolean {
  try {
    const issuer = new X509Certificate(issuerPem);
    const certificate = new X509Certificate(pem);
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
