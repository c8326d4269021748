import { networkInterfaces } from 'node:os';

/** This machine's addresses in its networks, IPv4, those of virtual point-to-point interfaces included. */
export function lanAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal && !address.address.startsWith('169.254.'))
    .map((address) => address.address);
}

/** Base URLs for stations: those that reach this machine from its networks first, then the one from itself. */
export function stationUrls(addresses: readonly string[], port: number, secure = false): readonly string[] {
  return [...addresses, 'localhost'].map((host) => `${secure ? 'wss' : 'ws'}://${host}:${port}/`);
}

/** Whether a URL leads to a port of this machine, by the names and addresses that it has for itself. */
export function isOwnUrl(url: string, port: number | null, addresses = lanAddresses()): boolean {
  const parsed = URL.parse(url);
  if (!parsed || port === null || parsed.port !== String(port)) return false;
  return ['localhost', '127.0.0.1', '[::1]', ...addresses].includes(parsed.hostname);
}
