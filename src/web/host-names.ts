import { hostname } from 'node:os';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];
const EVERY_ADDRESS = ['0.0.0.0', '::', ''];

/** Names by which the host answers. One that is open to the network answers to the machine's own name as well. */
export function hostNames(host: string, further: readonly string[]): ReadonlySet<string> {
  const own = EVERY_ADDRESS.includes(host) ? [hostname()] : [host];
  return new Set([...LOCAL_NAMES, ...own, ...further].map((name) => name.toLowerCase()));
}

/** The host as it stands in URLs; where every address is bound, this machine first and then its addresses. */
export function urlHosts(host: string, addresses: readonly string[]): readonly string[] {
  if (EVERY_ADDRESS.includes(host)) return ['localhost', ...addresses];
  return [host.includes(':') ? `[${host}]` : host];
}
