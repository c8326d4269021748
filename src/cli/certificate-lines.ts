import type { AuthorityDesk } from '../engine/authority/authority-desk.ts';
import { plain } from '../session/words.ts';
import type { Terminal } from './terminal.ts';

/** A certificate of the bench, as it is told to faces: without its key. */
export type ListedCertificate = Extract<
  Awaited<ReturnType<AuthorityDesk['state']>>,
  { ok: true }
>['value']['certificates'][number];

/** Certificates for a person, one a line below a heading; or, for programs, as NDJSON. */
export function certificateLines(certificates: readonly ListedCertificate[], now: number, terminal: Terminal): string {
  if (!terminal.interactive) return certificates.map((each) => `${JSON.stringify(each)}\n`).join('');
  const width = Math.max(2, ...certificates.map(({ id }) => id.length));
  const line = (id: string, role: string, until: string, rest: string): string =>
    `${id.padEnd(width)}  ${role.padEnd(7)}  ${until.padEnd(10)}  ${rest}\n`;
  const rows = certificates.map((each) =>
    line(each.id, each.role, new Date(each.notAfter).toISOString().slice(0, 10), inWords(each, now, terminal)),
  );
  return terminal.paint('dim', line('id', 'role', 'until', 'subject')) + rows.join('');
}

function inWords(certificate: ListedCertificate, now: number, { paint }: Terminal): string {
  const { subject, key, bad, revokedAt, hasKey, trusted, role, notAfter } = certificate;
  const marks = [
    ...(revokedAt === null ? [] : [paint('red', 'revoked')]),
    ...(bad === null ? [] : [paint('yellow', `bad: ${bad}`)]),
    ...(notAfter < now ? [paint('red', 'expired')] : []),
    ...(role === 'root' && !trusted ? ['not trusted'] : []),
    ...(hasKey ? [] : ['no key']),
  ];
  return [plain(subject, 80), paint('dim', key), ...marks].join('  ');
}
