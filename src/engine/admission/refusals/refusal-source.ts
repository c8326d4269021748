import type { AttemptKind, LinkOpening } from '../../../session/link.ts';

/** Characters of an identity by which sources are told apart: longer ones are made up. */
const STATION_MAX = 255;

/** Who attempts come from, as far as they are counted together. */
export interface RefusalSource {
  /** An IPv4 address, or 64 bits of an IPv6 address, which one machine has all addresses of; empty where none is known. */
  readonly network: string;
  /** The identity that was claimed; empty for what asked for no WebSocket. */
  readonly station: string;
  /** Where it came no further than this: a health check takes no place of a station. */
  readonly attempt?: AttemptKind;
}

export function sourceOf({ remoteAddress = '', station, attempt }: LinkOpening): RefusalSource {
  return { network: networkOf(remoteAddress), station: copyOf(station.slice(0, STATION_MAX)), attempt };
}

/** The network of an address with its port, as `peerAddress` writes it: `10.0.0.9`, `2001:db8:0:1::/64`. */
export function networkOf(remoteAddress: string): string {
  const v6 = /^\[([^\]%]+)(%[^\]]*)?\]/.exec(remoteAddress);
  if (!v6) return copyOf(remoteAddress.replace(/:\d+$/, ''));
  const [, address = '', zone = ''] = v6;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? before
      : [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return `${groups.slice(0, 4).join(':')}::/64${zone}`;
}

/** A text of its own: one that was cut out of another would keep all of that in memory. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
