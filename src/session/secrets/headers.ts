import type { Headers, LinkOpening } from '../link.ts';

/** What stands in the place of a secret. */
export const MASK = '******';

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
  return url
    .replace(USER_INFO, `$1:${MASK}@`)
    .replace(PARAMETER, (all: string, mark: string, name: string) =>
      SECRET_PARAMETER.test(name) ? `${mark}${name}=${MASK}` : all,
    );
}

/** What is known of a link's opening, without its secrets. */
export function maskOpening<T extends Pick<LinkOpening, 'url' | 'requestHeaders'>>(opening: T): T {
  return { ...opening, url: maskUrl(opening.url), requestHeaders: maskHeaders(opening.requestHeaders) };
}

function maskValue(value: string): string {
  const scheme = /^[A-Za-z]+ /.exec(value)?.[0] ?? '';
  return `${scheme}${MASK}`;
}
