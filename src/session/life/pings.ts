import { type Direction, opposite } from '../../ocpp/direction.ts';
import type { PingStatistics } from './life.ts';

/** A ping or a pong as it was recorded, in the order of recording. */
export interface ControlFrame {
  readonly direction: Direction;
  readonly pong: boolean;
  /** Wall clock, milliseconds since 1970. */
  readonly at: number;
  readonly mono: number;
  /** What it carries, as text that is the same for the same bytes. */
  readonly data: string;
}

/** Round trips that are told of at most. */
const LATEST_MAX = 200;
/** Pings that wait for a pong, and are looked through for one, at most. */
const WAITING_MAX = 100;

interface Ping {
  readonly at: number;
  readonly mono: number;
  readonly direction: Direction;
  readonly data: string;
  milliseconds: number | null;
}

/**
 * Pairs pings with the pongs that answer them, over all legs of a conversation: a ping that came on one leg of a proxy is
 * answered by a pong that comes on the other, going the other way with the same data (RFC 6455, 5.5.3). Where several
 * wait with the same data, the pong answers the latest, since a peer that is behind need answer no other. A pong that
 * answers nothing is allowed, and left out.
 *
 * @param ended whether the connection is over: a last ping without its pong is then missed, and waits otherwise
 */
export function pingStatistics(controls: Iterable<ControlFrame>, ended: boolean): PingStatistics {
  const pings: Ping[] = [];
  const waiting: Record<Direction, Ping[]> = { 'to-csms': [], 'to-station': [] };
  for (const { direction, pong, at, mono, data } of controls) {
    if (pong) {
      const open = waiting[opposite(direction)];
      const index = open.findLastIndex((one) => one.data === data);
      const [answered] = index === -1 ? [] : open.splice(index, 1);
      if (answered) answered.milliseconds = Math.max(0, mono - answered.mono);
      continue;
    }
    const ping: Ping = { at, mono, direction, data, milliseconds: null };
    pings.push(ping);
    waiting[direction].push(ping);
    if (waiting[direction].length > WAITING_MAX) waiting[direction].shift();
  }
  const pending = new Set(ended ? [] : [lastOf(pings, 'to-csms'), lastOf(pings, 'to-station')]);
  const decided = pings.filter((one) => one.milliseconds !== null || !pending.has(one));
  const times = decided.flatMap(({ milliseconds }) => milliseconds ?? []).sort((a, b) => a - b);
  return {
    sent: pings.length,
    answered: times.length,
    missed: decided.length - times.length,
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    maximum: times.at(-1) ?? null,
    latest: decided.slice(-LATEST_MAX).map(({ at, milliseconds }) => ({ at, milliseconds })),
  };
}

function lastOf(pings: readonly Ping[], direction: Direction): Ping | undefined {
  return pings.findLast((one) => one.direction === direction);
}

/** The least of ascending numbers that so great a part of them does not exceed; null of none. */
function quantile(ascending: readonly number[], part: number): number | null {
  return ascending[Math.max(0, Math.ceil(ascending.length * part) - 1)] ?? null;
}
