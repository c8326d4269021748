import type { LinkFacts } from '../../session/link.ts';
import { stationChain } from './fake-certificates.ts';
import { fakeConnections } from './fake-connection-facts.ts';

const TRAP = '<img src=x onerror=alert(1)>\u202egnp.exe\u0000\u001b[31m';
const LONG = 1_000_000;

/** A peer whose every word tries to break out of its place, or is longer than any window. */
export function hostileConnection(start: number, id: number): LinkFacts {
  const [model] = fakeConnections(start).filter(({ station }) => station === 'CS-EXPIRED');
  if (!model) throw new Error('there is no connection to make a hostile one of');
  const long = TRAP + 'x'.repeat(LONG);
  return {
    ...model,
    id,
    conversation: id,
    station: TRAP,
    url: `/${TRAP}?token=${long}`,
    openedAt: { wall: start + 400_000, mono: 400_000 },
    requestHeaders: [
      ['X-Long', long],
      ['Authorization', `Basic ${long}`],
      ...Array.from({ length: 3000 }, (_, index) => [`X-${index}-${TRAP}`, TRAP] as const),
    ],
    offered: Array.from({ length: 2000 }, () => TRAP),
    failure: long,
    tls: {
      protocol: TRAP,
      cipher: long,
      serverName: long,
      offered: { protocols: [TRAP], ciphers: Array.from({ length: 5000 }, () => TRAP) },
      chain: Array.from({ length: 200 }, () => ({
        ...(stationChain(start)[0] as NonNullable<ReturnType<typeof stationChain>[0]>),
        subject: `CN=${TRAP}`,
        notAfter: Number.MAX_VALUE,
        names: Array.from({ length: 1000 }, () => TRAP),
      })),
    },
  };
}
