import type { Headers, LinkOpening } from '../link.ts';
import { type Edit, edited, inOrder, MASK } from './edits.ts';

/** Headers whose value opens doors. */
const SECRET_HEADER = /^(authorization|proxy-authorization|cookie|set-cookie)$/i;
/** Parameters of a URL. No part of one can begin another, so a hostile text takes no longer than any other. */
const PARAMETER = /([?&])([^=&#?]*)=([^&#]+)/g;
/** Names of those that do. */
const SECRET_PARAMETER = /token|password|passwd|secret|api-?key|auth/i;
/** A password may hold an `@`: it ends at the last one before the host. */
const USER_INFO = /(\/\/[^/?#\s@:"]*):([^/?#\s"]+)@/g;

/** Whether the value of a header opens doors, so that it is neither shown nor exported unless asked for. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}

/** Headers without the values that open doors; the scheme, such as `Basic`, stays. */
export function maskHeaders(headers: Headers): Headers {
  return headers.map(([name, value]) => (isSecretHeader(name) ? [name, maskValue(value)] : [name, value]));
}

/** A URL without passwords: neither before its host nor among its parameters. */
export function maskUrl(url: string): string {
  return edited(url, inOrder(urlSecrets(url)));
}

/** Where the URLs within a text have passwords. */
export function urlSecrets(text: string): readonly Edit[] {
  const users = Array.from(text.matchAll(USER_INFO), ({ 0: all, 1: before = '', index }) => ({
    start: index + before.length + 1,
    end: index + all.length - 1,
    replacement: MASK,
  }));
  const parameters = Array.from(text.matchAll(PARAMETER))
    .filter(([, , name = '']) => SECRET_PARAMETER.test(name))
    .map(({ 0: all, 3: value = '', index }) => {
      const end = index + all.length;
      return { start: end - value.length, end, replacement: MASK };
    });
  return [...users, ...parameters];
}

/** What is known of a link's opening, without its secrets. */
export function maskOpening<T extends Pick<LinkOpening, 'url' | 'requestHeaders'>>(opening: T): T {
  return { ...opening, url: maskUrl(opening.url), requestHeaders: maskHeaders(opening.requestHeaders) };
}

function maskValue(value: string): string {
  const scheme = /^[A-Za-z]+ /.exec(value)?.[0] ?? '';
  return `${scheme}${MASK}`;
}
