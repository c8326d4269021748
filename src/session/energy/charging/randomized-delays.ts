import type { Piece } from '../../../ocpp/schedule/composite.ts';
import type { ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import type { CompositeDifference } from './composite-difference.ts';

/** Schedules that are calculated in search of delays. */
const TRIED_MAX = 200;

/** Seconds by which each period is delayed, as `ScheduleContext.delayOf`, of the transaction on an EVSE. */
export type DelaysOn = (evseId: number) => NonNullable<ScheduleContext['delayOf']>;

/**
 * By how many seconds a station that chose by chance may have delayed periods (K01.FR.92, K01.FR.93): for each period the
 * delay with which what is calculated differs the least from what is reported.
 * @param undelayed of each EVSE with a transaction what is calculated without delays; without one there is none (K08.FR.06)
 * @param differences from what is reported, with given delays
 */
export function delaysIn(
  undelayed: ReadonlyMap<number, readonly Piece[]>,
  reported: readonly Piece[],
  differences: (delays: DelaysOn) => readonly CompositeDifference[],
): DelaysOn {
  const delays = new Map<string, number>();
  const delaysOn: DelaysOn = (evseId) => (profile, scheduleIndex, periodIndex) =>
    delays.get(keyOf(evseId, profile, scheduleIndex, periodIndex)) ?? 0;
  const beginnings = [...undelayed].flatMap(([evseId, pieces]) => delayable(evseId, pieces));
  if (beginnings.length === 0) return delaysOn;
  const cost = () => differences(delaysOn).reduce((sum, { from, to }) => sum + to - from, 0);
  let [least, tried] = [cost(), 0];
  for (const { key, at, most } of beginnings.sort((a, b) => a.at - b.at)) {
    const seconds = reported.map(({ from }) => Math.round((from - at) / 1000));
    for (const delay of new Set(seconds.filter((each) => each > 0 && each <= most))) {
      if (least === 0 || ++tried > TRIED_MAX) return delaysOn;
      const before = delays.get(key) ?? 0;
      delays.set(key, delay);
      const now = cost();
      if (now < least) least = now;
      else delays.set(key, before);
    }
  }
  return delaysOn;
}

interface Beginning {
  readonly key: string;
  readonly at: number;
  /** Seconds. */
  readonly most: number;
}

/** Where periods begin that may be delayed, each the first time, in order. */
function delayable(evseId: number, pieces: readonly Piece[]): readonly Beginning[] {
  const found = new Map<string, Beginning>();
  for (const [index, { from, applied }] of pieces.entries()) {
    for (const reference of applied) {
      const { profile, schedule, scheduleIndex, periodIndex } = reference;
      const key = keyOf(evseId, profile, scheduleIndex, periodIndex);
      const most = schedule.randomizedDelay;
      const begins = index > 0 && !pieces[index - 1]?.applied.includes(reference);
      if (most > 0 && periodIndex > 0 && begins && !found.has(key)) found.set(key, { key, at: from, most });
    }
  }
  return [...found.values()];
}

function keyOf(evseId: number, { id, purpose }: ChargingProfile, scheduleIndex: number, periodIndex: number): string {
  return `${evseId} ${purpose} ${id} ${scheduleIndex} ${periodIndex}`;
}
