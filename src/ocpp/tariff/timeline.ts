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
  const stretchAt = (instant: number) => stretches[Math.max(0, indexAt(stretches, instant))];
  const chargingTimeAt = (instant: number): number => {
    const stretch = stretchAt(instant);
    if (!stretch) return 0;
    const within = Math.max(0, Math.min(stretch.to, instant) - stretch.at);
    return stretch.chargedBefore + (stretch.charging ? within : 0);
  };
  const chargingAt = (instant: number): boolean => stretchAt(instant)?.charging ?? false;
  return {
    course,
    held,
    register,
    idleStretches: stretches.filter(({ charging }) => !charging).map((each) => ({ from: each.at, to: each.to })),
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
      return stretch && !stretch.charging ? Math.max(0, instant - stretch.at) : 0;
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
export function indexAt(samples: readonly { readonly at: number }[], instant: number): number {
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

interface ChargingStretch {
  readonly at: number;
  readonly to: number;
  readonly charging: boolean;
  /** Milliseconds of charging until it begins. */
  readonly chargedBefore: number;
}

/** Stretches that alternate, from the start to the end. */
function chargingStretches(course: Course, always: boolean): readonly ChargingStretch[] {
  const stretches: ChargingStretch[] = [];
  let [since, charging, chargedBefore] = [course.from, always, 0];
  const close = (to: number): void => {
    stretches.push({ at: since, to, charging, chargedBefore });
    if (charging) chargedBefore += to - since;
  };
  for (const change of always ? [] : course.charging) {
    if (change.at >= course.to) break;
    if (change.charging === charging) continue;
    if (change.at > since) close(change.at);
    since = Math.max(change.at, course.from);
    charging = change.charging;
  }
  close(course.to);
  return stretches;
}
