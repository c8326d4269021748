import type { Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval } from '../../../ocpp/schedule/context.ts';
import { type OperationMode, VALUE_NAMES, type ValueName } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';

/** What is reported and what is calculated for the same time, in one unit. */
export interface ComparedSchedules {
  readonly version: OcppVersion;
  /** The pieces of the schedule as reported, from its start for its duration. */
  readonly reported: readonly Piece[];
  readonly calculated: readonly Piece[];
}

/** A stretch in which a reported value is another one than the calculated. */
export interface CompositeDifference extends Interval {
  readonly value: ValueName | 'numberPhases' | 'phaseToUse' | 'operationMode';
  /** Undefined where the station reports none. */
  readonly reported: number | OperationMode | undefined;
  /** Undefined where by what is known nothing is limited. */
  readonly calculated: number | OperationMode | undefined;
}

/** The digits after the point that a schedule is written with: one in 1.6 (7.14), three else. */
const DIGITS: Record<OcppVersion, number> = { '1.6': 1, '2.0.1': 3, '2.1': 3 };
/** Periods begin at whole seconds, so that either side may be up to one second early or late. */
const SECOND = 1000;
/** "Limits and setpoints per operation mode" in block Q. */
const WITHOUT_LIMITS: readonly OperationMode[] = ['LocalFrequency', 'Idle'];

/**
 * Where a composite schedule as reported differs from the calculated one, beyond rounding of values to the digits of the
 * version and of times to whole seconds. A limit that is reported where nothing is limited by what is known is no
 * difference: 1.6, 2.0.1 and mode ChargingOnly know no period without a limit, and a station says what it can deliver.
 */
export function compositeDifference({
  version,
  reported,
  calculated,
}: ComparedSchedules): readonly CompositeDifference[] {
  const tolerance = 10 ** -DIGITS[version] * (1 + 1e-6);
  const found: { -readonly [K in keyof CompositeDifference]: CompositeDifference[K] }[] = [];
  const take = (difference: CompositeDifference) => {
    const last = found.findLast((each) => each.value === difference.value);
    const same = last?.reported === difference.reported && last?.calculated === difference.calculated;
    if (last && same && last.to === difference.from) last.to = difference.to;
    else found.push({ ...difference });
  };
  for (const { from, to, ours, theirs } of together(reported, calculated)) {
    for (const value of VALUE_NAMES) {
      const [mine, their] = [ours.values[value]?.value, theirs.values[value]?.value];
      if (isOpen(value, ours, theirs)) continue;
      if (differs(value, mine, their, tolerance)) take({ from, to, value, reported: their, calculated: mine });
    }
    const modes = [modeOf(theirs), modeOf(ours)] as const;
    if (modes[0] !== modes[1]) take({ from, to, value: 'operationMode', reported: modes[0], calculated: modes[1] });
    for (const value of ['numberPhases', 'phaseToUse'] as const) {
      const [their, mine] = [theirs[value]?.value, ours[value]?.value];
      if (their !== undefined && mine !== undefined && their !== mine) {
        take({ from, to, value, reported: their, calculated: mine });
      }
    }
  }
  return found.filter(({ from, to }) => to - from > SECOND).sort((a, b) => a.from - b.from);
}

/** What the station finds out by itself, and limits that a period need not carry in a mode that does not use them. */
function isOpen(value: ValueName, ours: Piece, theirs: Piece): boolean {
  const mine = ours.values[value];
  const mode = mine?.decidedBy.period.operationMode;
  if (value.startsWith('setpoint') && (mode === 'LocalFrequency' || mode === 'LocalLoadBalancing')) return true;
  return WITHOUT_LIMITS.includes(modeOf(theirs)) && theirs.values[value] === undefined;
}

function modeOf({ settings }: Piece): OperationMode {
  return settings?.operationMode ?? 'ChargingOnly';
}

function differs(value: ValueName, ours: number | undefined, theirs: number | undefined, tolerance: number): boolean {
  if (ours === undefined) return theirs !== undefined && !value.startsWith('limit');
  if (theirs === undefined) return true;
  // What was calculated with nine digits may be off in the last of them.
  return Math.abs(ours - theirs) > Math.max(tolerance, Math.abs(ours) * 1e-9);
}

/** Stretches in which neither schedule changes. */
function* together(reported: readonly Piece[], calculated: readonly Piece[]) {
  let [mine, their] = [0, 0];
  for (;;) {
    const [ours, theirs] = [calculated[mine], reported[their]];
    if (!ours || !theirs) return;
    const from = Math.max(ours.from, theirs.from);
    const to = Math.min(ours.to, theirs.to);
    if (from < to) yield { from, to, ours, theirs };
    if (ours.to <= to) mine++;
    if (theirs.to <= to) their++;
    if (from >= to) {
      if (ours.to <= theirs.from) mine++;
      else if (theirs.to <= ours.from) their++;
    }
  }
}
