import type { Course, Sample } from './course.ts';
import type { Reading } from './reading.ts';

/** A stretch without charging. */
export interface IdleStretch {
  readonly from: number;
  readonly to: number;
}

/** The course of a transaction, to be asked at any instant. */
export interface Timeline {
  readonly course: Course;
  /** Whether energy between two meter values counts as used at the second of them only. */
  readonly held: boolean;
  readonly register: readonly Sample[];
  readonly idleStretches: readonly IdleStretch[];
  /** Wh since the start of the transaction. */
  energyAt(instant: number): number;
  /** The meter values around an instant that energy was interpolated between; null where one stands at it. */
  around(instant: number): readonly [Sample, Sample] | null;
  chargingAt(instant: number): boolean;
  /** Milliseconds of charging since the start. */
  chargingTimeAt(instant: number): number;
  /** Milliseconds without charging since the start. */
  idleTimeAt(instant: number): number;
  /** Milliseconds since the EV last stopped charging; 0 while it charges. */
  idlePeriodAt(instant: number): number;
  /** Undefined where nothing tells it. */
  powerAt(instant: number): number | undefined;
  currentAt(instant: number): number | undefined;
}

/** Prepares a course for questions. */
export function timelineOf(course: Course, reading: Pick<Reading, 'idle' | 'energy'>): Timeline {
  const { from, to } = course;
  const register = distinct(course.register);
  const stretches = chargingStretches(course, reading.idle === 'charging');
  const held = reading.energy === 'held';
  const absolute = (instant: number): number => registerAt(register, instant, held);
  const base = registerAt(register, from, false);
  const chargingTimeAt = (instant: number): number => {
    let sum = 0;
    for (const stretch of stretches) {
      if (stretch.charging) sum += Math.max(0, Math.min(stretch.to, instant) - stretch.from);
    }
    return sum;
  };
  const stretchAt = (instant: number) => stretches.findLast((stretch) => stretch.from <= instant) ?? stretches[0];
  const chargingAt = (instant: number): boolean => stretchAt(instant)?.charging ?? false;
  return {
    course,
    held,
    register,
    idleStretches: stretches.filter(({ charging }) => !charging),
    energyAt: (instant) => toMicro(absolute(Math.min(instant, to)) - base),
    around: (instant) => {
      if (held) return null;
      const index = indexAt(register, instant);
      const [before, after] = [register[index], register[index + 1]];
      return before && after && before.at < instant && before.value !== after.value ? [before, after] : null;
    },
    chargingAt,
    chargingTimeAt,
    idleTimeAt: (instant) =>
      reading.idle === 'both' ? instant - from : Math.max(0, instant - from - chargingTimeAt(instant)),
    idlePeriodAt: (instant) => {
      const stretch = stretchAt(instant);
      return stretch && !stretch.charging ? Math.max(0, instant - stretch.from) : 0;
    },
    powerAt: (instant) => {
      if (!chargingAt(instant)) return 0;
      return lastAt(course.power, instant) ?? (course.power.length === 0 ? averagePower(register, instant) : undefined);
    },
    currentAt: (instant) => (chargingAt(instant) ? lastAt(course.current, instant) : 0),
  };
}

/** To the millionth: sums of interpolated energy then are what they seem, and exact from there on. */
export function toMicro(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Index of the last sample at or before an instant; -1 where there is none. */
export function indexAt(samples: readonly Sample[], instant: number): number {
  let [low, high] = [0, samples.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((samples[middle]?.at ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function lastAt(samples: readonly Sample[], instant: number): number | undefined {
  return samples[indexAt(samples, instant)]?.value;
}

/** One value an instant: the last that was told. */
function distinct(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter((sample, index) => sample.at !== samples[index + 1]?.at);
}

function registerAt(register: readonly Sample[], instant: number, held: boolean): number {
  const index = indexAt(register, instant);
  const [before, after] = [register[index], register[index + 1]];
  if (!before) return register[0]?.value ?? 0;
  if (!after || held) return before.value;
  return before.value + ((after.value - before.value) * (instant - before.at)) / (after.at - before.at);
}

function averagePower(register: readonly Sample[], instant: number): number | undefined {
  const index = indexAt(register, instant);
  const [before, after] = [register[index], register[index + 1]];
  if (!before || !after) return undefined;
  return ((after.value - before.value) * 3_600_000) / (after.at - before.at);
}

interface ChargingStretch extends IdleStretch {
  readonly charging: boolean;
}

/** Stretches that alternate, from the start to the end. */
function chargingStretches(course: Course, always: boolean): readonly ChargingStretch[] {
  const stretches: ChargingStretch[] = [];
  let [since, charging] = [course.from, always];
  for (const change of always ? [] : course.charging) {
    if (change.at >= course.to) break;
    if (change.charging === charging) continue;
    if (change.at > since) stretches.push({ from: since, to: change.at, charging });
    since = Math.max(change.at, course.from);
    charging = change.charging;
  }
  stretches.push({ from: since, to: course.to, charging });
  return stretches;
}
