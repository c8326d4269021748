import type { CertificateFacts } from '../../../session/certificate.ts';

/** What a certificate is called: its common name, else the first part of its subject that says something. */
export function nameOf(subject: string): string {
  // A comma that belongs to a value has a backslash before it (RFC 4514, 2.4).
  const common = /(?:^|[,+])\s*CN=((?:\\.|[^\\,+]){1,200})/i.exec(subject.slice(0, 4000))?.[1];
  return common?.replace(/\\(.)/g, '$1') ?? (subject || 'without a subject');
}

/** What a certificate is in its chain, in words. */
export function placeWords({ subject, issuer }: CertificateFacts, place: number, of: number): string {
  if (place === 0) return of === 1 && subject === issuer ? 'its own, signed by itself' : 'its own';
  return subject === issuer ? 'root' : 'issued the one before';
}
