import { firstAfter, firstAtOrAfter, type Samples } from './samples.ts';
import { tidy } from './units.ts';

/**
 * Why a register is lower than before. The specifications say that it never is ("MUST be monotonically increasing in
 * time", J02.FR.16 and 7.31 of 1.6, "except in the case of a meter replacement") and nothing of counters that roll over,
 * so that the rule is ours:
 * - `rolledOver`: the value before stood within 1 % below what a counter can hold (a power of ten from 10 MWh on, or 2^31
 *   or 2^32 of the unit), the one after within 1 % above zero, and the energy between them takes no more power than
 *   there can be.
 * - `wentBack`: by 100 of the unit at most, and by less than a tenth of what it was: a station that rounds, or orders
 *   its messages badly. It counts as what it is, a difference below zero.
 * - `reset`: everything else: a meter was replaced, or began at zero. What was used between the two is not known.
 */
export type RegisterDrop = 'rolledOver' | 'wentBack' | 'reset';

/** A place where a register is lower than before. */
export interface RegisterBreak {
  readonly kind: RegisterDrop;
  /** Time, value and entry before and after it. */
  readonly before: RegisterPoint;
  readonly after: RegisterPoint;
  /** What the counter holds, where it rolled over. */
  readonly modulus?: number;
}

export interface RegisterPoint {
  readonly at: number;
  readonly value: number;
  readonly entry: number;
}

/** The reading at one end. */
export interface RegisterEnd {
  readonly at: number;
  readonly value: number;
  /** Between two samples, as if the register had grown evenly; `entries` then names both. */
  readonly interpolated: boolean;
  readonly entries: readonly number[];
}

/** What went through a register between two times. */
export interface RegisterEnergy {
  /** In the unit of the register. */
  readonly energy: number;
  /** Where it was counted from and to: never outside of the samples. */
  readonly begin: RegisterEnd;
  readonly end: RegisterEnd;
  /** In the order of time; the first 100. */
  readonly breaks: readonly RegisterBreak[];
  /** False where a reset hides what was used around it. */
  readonly complete: boolean;
}

/** What is known of a register beyond its values. */
export interface RegisterRule {
  /** It may go down: import minus export. */
  readonly net?: boolean;
  /** It begins at zero with each transaction, so that what it shows after a drop was used since. */
  readonly restarts?: boolean;
  /** The most that can flow, per hour in the unit of the register: 1 MW unless more or less is known. */
  readonly maximumPower?: number;
}

const BREAKS_MAX = 100;
const HOUR = 3_600_000;
const MODULI: readonly number[] = [1e7, 1e8, 1e9, 2 ** 31, 2 ** 32, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/** Indices of the samples from `first` to before `end` that are lower than the one before them. */
export type FindDrops = (first: number, end: number) => Iterable<number>;

/**
 * What went through a register between two times, as the difference of its readings (7.31 of 1.6). The ends are
 * interpolated where no sample stands there, and moved in where there are no samples around them. Undefined where less
 * than two readings are left.
 */
export function registerEnergy(
  samples: Samples,
  from: number,
  to: number,
  rule: RegisterRule = {},
  findDrops: FindDrops = (first, end) => drops(samples, first, end),
): RegisterEnergy | undefined {
  // Of several samples at one instant the outermost counts, so that a drop between them is seen.
  const first = firstAtOrAfter(samples, from);
  const last = firstAfter(samples, to) - 1;
  const begin = first < samples.length && samples.at(first) === from ? undefined : between(samples, first, from, rule);
  const end = last >= 0 && samples.at(last) === to ? undefined : between(samples, last + 1, to, rule);
  const breaks: RegisterBreak[] = [];
  let energy = 0;
  let complete = true;
  const add = (found: RegisterBreak) => {
    if (breaks.length < BREAKS_MAX) breaks.push(found);
    if (found.kind === 'rolledOver') energy += found.modulus ?? 0;
    if (found.kind === 'reset') {
      energy += found.before.value - (rule.restarts === true ? 0 : found.after.value);
      if (rule.restarts !== true) complete = false;
    }
  };
  if (last < first) {
    // Both ends lie between the same two samples.
    if (begin === undefined || end === undefined) return undefined;
    const { drop } = begin;
    energy = end.sinceBefore - begin.sinceBefore;
    return { energy: tidy(energy), begin: begin.end, end: end.end, breaks: drop === undefined ? [] : [drop], complete };
  }
  const beginning = begin?.end ?? endAt(samples, first);
  const ending = end?.end ?? endAt(samples, last);
  if (beginning.at >= ending.at) return undefined;
  if (begin?.drop !== undefined) breaks.push(begin.drop);
  energy = (begin?.toAfter ?? 0) + samples.value(last) - samples.value(first) + (end?.sinceBefore ?? 0);
  if (rule.net !== true) for (const index of findDrops(first + 1, last + 1)) add(breakAt(samples, index, rule));
  if (end?.drop !== undefined && breaks.length < BREAKS_MAX) breaks.push(end.drop);
  return { energy: tidy(energy), begin: beginning, end: ending, breaks, complete };
}

function endAt(samples: Samples, index: number): RegisterEnd {
  return {
    at: samples.at(index),
    value: samples.value(index),
    interpolated: false,
    entries: [samples.entry(index)],
  };
}

/** An end between two samples. */
interface Between {
  readonly end: RegisterEnd;
  /** What went through since the sample before it, and from it to the one after. */
  readonly sinceBefore: number;
  readonly toAfter: number;
  readonly drop: RegisterBreak | undefined;
}

function between(samples: Samples, after: number, instant: number, rule: RegisterRule): Between | undefined {
  const before = after - 1;
  if (before < 0 || after >= samples.length) return undefined;
  const low = samples.value(before);
  const drop = rule.net !== true && samples.value(after) < low ? breakAt(samples, after, rule) : undefined;
  // Where a meter was replaced between two samples, and what it showed meanwhile, is not known.
  if (drop?.kind === 'reset') return undefined;
  const modulus = drop?.modulus ?? 0;
  const whole = samples.value(after) + modulus - low;
  const sinceBefore = (whole * (instant - samples.at(before))) / (samples.at(after) - samples.at(before));
  const unrolled = low + sinceBefore;
  const value = tidy(modulus > 0 && unrolled >= modulus ? unrolled - modulus : unrolled);
  const entries = [samples.entry(before), samples.entry(after)];
  return {
    end: { at: instant, value, interpolated: true, entries },
    sinceBefore,
    toAfter: whole - sinceBefore,
    drop,
  };
}

function* drops(samples: Samples, first: number, end: number): Iterable<number> {
  for (let index = Math.max(first, 1); index < end; index++) {
    if (samples.value(index) < samples.value(index - 1)) yield index;
  }
}

function breakAt(samples: Samples, index: number, rule: RegisterRule): RegisterBreak {
  const before = point(samples, index - 1);
  const after = point(samples, index);
  const modulus = modulusOf(before, after, rule.maximumPower ?? 1e6);
  if (rule.restarts !== true) {
    if (modulus !== undefined) return { kind: 'rolledOver', before, after, modulus };
    const drop = before.value - after.value;
    if (drop <= 100 && drop < before.value / 10) return { kind: 'wentBack', before, after };
  }
  return { kind: 'reset', before, after };
}

function point(samples: Samples, index: number): RegisterPoint {
  return { at: samples.at(index), value: samples.value(index), entry: samples.entry(index) };
}

function modulusOf(before: RegisterPoint, after: RegisterPoint, maximumPower: number): number | undefined {
  const hours = Math.max(after.at - before.at, 1000) / HOUR;
  return MODULI.find(
    (modulus) =>
      before.value < modulus &&
      before.value >= modulus * 0.99 &&
      after.value >= 0 &&
      after.value <= modulus * 0.01 &&
      modulus - before.value + after.value <= maximumPower * hours,
  );
}
