/**
 * The URL that a station opens: its percent-encoded identity is the last segment of the path (1.6-J 3.1.1; part 4, 3.1.1);
 * a query stays at the end.
 */
export function connectionUrl(base: string, id: string): string {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(base) ?? [];
  return `${path.replace(/\/+$/, '')}/${encodeURIComponent(id)}${query}`;
}
