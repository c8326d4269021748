import { hostname } from 'node:os';

const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];
const EVERY_ADDRESS = ['0.0.0.0', '::', ''];

/** Names by which the host answers. One that is open to the network answers to the machine's own name as well. */
export function hostNames(host: string, further: readonly string[]): ReadonlySet<string> {
  const own = EVERY_ADDRESS.includes(host) ? [hostname()] : [host];
  return new Set([...LOCAL_NAMES, ...own, ...further].map((name) => name.toLowerCase()));
}

/** The host as it stands in a URL; this machine where every address is bound. */
export function urlHost(host: string): string {
  if (EVERY_ADDRESS.includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
