/**
 * Where a station's connection goes on to: the path that it asked for below the upstream's base path, and the base's
 * query followed by its own. The target is carried as it is, escapes and dots included; it is not parsed as a URL.
 * `base` must be a valid URL.
 */
export function upstreamUrl(base: string, target: string): string {
  const url = new URL(base);
  const query = url.search.slice(1);
  url.search = '';
  url.hash = '';
  // A target may be in absolute form (RFC 9112, 3.2.2), of which the authority is the proxy's own.
  const ownForm = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
  const mark = ownForm.indexOf('?');
  const path = mark < 0 ? ownForm : ownForm.slice(0, mark);
  const own = mark < 0 ? '' : ownForm.slice(mark + 1);
  const queries = [query, own].filter((part) => part !== '').join('&');
  const slash = path.startsWith('/') ? '' : '/';
  return `${url.href.replace(/\/$/, '')}${slash}${path}${queries === '' ? '' : `?${queries}`}`;
}
