/**
 * The URL that a station opens: its percent-encoded identity is the last segment of the path (1.6-J 3.1.1; part 4, 3.1.1);
 * a query stays at the end.
 */
export function connectionUrl(base: string, id: string): string {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(base) ?? [];
  return `${path.replace(/\/+$/, '')}/${encodeURIComponent(id)}${query}`;
}

/**
 * A URL as it may be shown and recorded: without the password that may stand before its host. Of what is no URL of a
 * CSMS, since it was typed wrong, all that may be a password is left out.
 */
export function withoutPassword(url: string): string {
  const isRight = /^wss?:$/.test(URL.parse(url)?.protocol ?? '');
  // The last @ before the path ends the user information, for whoever reads URLs as the WHATWG has it.
  if (isRight) return url.replace(/^([^/\\?#:]*:[/\\\s]*[^/\\?#:]*):[^/\\?#]*@/, '$1:***@');
  return url.replace(/^((?:[^:/\\@]*:[/\\]+)?[^:@]*):.*@/s, '$1:***@');
}
