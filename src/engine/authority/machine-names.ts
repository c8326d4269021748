import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os';

/** Names and addresses that a certificate of a CSMS is for. */
export interface ServerNames {
  readonly dns: readonly string[];
  readonly addresses: readonly string[];
}

/** The names and addresses by which this machine can be reached, loopback last. */
export function machineNames(): ServerNames {
  return namesOf(hostname(), networkInterfaces());
}

/** The same of a host name and network interfaces. Addresses that only a link knows (`fe80::`) are left out. */
export function namesOf(
  host: string,
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): ServerNames {
  const found = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ address }) => !address.startsWith('fe80:'))
    .toSorted((a, b) => Number(a.internal) - Number(b.internal))
    .map(({ address }) => address);
  return {
    dns: [...new Set([host.toLowerCase(), 'localhost'].filter((name) => name !== ''))],
    addresses: [...new Set([...found, '127.0.0.1', '::1'])],
  };
}
