import type { BenchCertificate } from '../../../bridge/methods/authority.ts';
import type { BadKind } from '../../../session/authority.ts';

/** A certificate in the tree: those that it signed stand below it. */
export interface TreeRow {
  readonly certificate: BenchCertificate;
  /** 0 for what nobody here signed. */
  readonly depth: number;
}

/** How a certificate stands at a moment, the worst first. */
export type Standing = 'revoked' | 'expired' | 'not-yet-valid' | 'bad' | 'ends-soon' | 'good';

/** Less than this is left: time to issue another. */
const SOON_MS = 30 * 24 * 60 * 60 * 1000;

/** Certificates as a tree, roots first in the order given. One that a damaged list makes its own ancestor is a root. */
export function arrange(certificates: readonly BenchCertificate[]): readonly TreeRow[] {
  const known = new Set(certificates.map(({ id }) => id));
  const below = new Map<string | null, BenchCertificate[]>();
  for (const certificate of certificates) {
    const { issuedBy, id } = certificate;
    const parent = issuedBy !== null && issuedBy !== id && known.has(issuedBy) ? issuedBy : null;
    below.set(parent, [...(below.get(parent) ?? []), certificate]);
  }
  const rows: TreeRow[] = [];
  const placed = new Set<string>();
  const place = (certificate: BenchCertificate, depth: number): void => {
    if (placed.has(certificate.id)) return;
    placed.add(certificate.id);
    rows.push({ certificate, depth });
    for (const child of below.get(certificate.id) ?? []) place(child, depth + 1);
  };
  for (const root of below.get(null) ?? []) place(root, 0);
  for (const certificate of certificates) place(certificate, 0);
  return rows;
}

/** How a certificate stands. `now` is milliseconds since 1970. */
export function standingOf({ revokedAt, notAfter, notBefore, bad }: BenchCertificate, now: number): Standing {
  if (revokedAt !== null) return 'revoked';
  if (now > notAfter) return 'expired';
  if (now < notBefore) return 'not-yet-valid';
  if (bad !== null) return 'bad';
  return notAfter - now < SOON_MS ? 'ends-soon' : 'good';
}

export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  revoked: 'revoked',
  expired: 'expired',
  'not-yet-valid': 'not valid yet',
  bad: 'bad on purpose',
  'ends-soon': 'ends soon',
  good: 'valid',
};

/** What is wrong with a bad certificate, in a word or two. */
export function badWords(kind: BadKind): string {
  return kind === 'sha-1' ? 'SHA-1' : kind.replaceAll('-', ' ');
}

export const ROLE_WORDS: Readonly<Record<BenchCertificate['role'], string>> = {
  root: 'Root',
  issuing: 'Issuing authority',
  csms: 'CSMS',
  station: 'Charging station',
};
