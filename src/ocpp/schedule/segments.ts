import type { Interval, ScheduleContext } from './context.ts';
import { type Numbers, usedNumbers } from './numbers.ts';
import type { OffsetSpan } from './offset-spans.ts';
import type { ChargingProfile, ChargingSchedule, SchedulePeriod } from './profile.ts';

/** A period, with where it stands. Each period of a calculation has one of these, so they compare by identity. */
export interface PeriodReference {
  readonly profile: ChargingProfile;
  readonly schedule: ChargingSchedule;
  readonly scheduleIndex: number;
  readonly period: SchedulePeriod;
  readonly periodIndex: number;
  /** The numbers that its mode uses. */
  readonly numbers: Numbers;
}

/** A period between two moments of its schedule, in milliseconds from its start. */
interface Placed extends Interval {
  readonly reference: PeriodReference;
}

const RECURRENCE = { Daily: 86_400_000, Weekly: 7 * 86_400_000 } as const;

/** Which schedule of a profile counts: the chosen one of a TxProfile, the only one of another (K15.FR.22). */
export function scheduleIndexOf(profile: ChargingProfile, context: ScheduleContext): number {
  return profile.purpose === 'TxProfile' ? (context.scheduleIndex ?? 0) : 0;
}

/** A part of the window in which a profile is valid, on the clock that its schedule follows. */
interface Part extends Interval {
  /** That clock minus UTC, in milliseconds. */
  readonly offset: number;
}

/** Goes through the times in which the periods of a profile are executed, in order, one after the other. */
export class Segments {
  /** Of the segment that was reached, up to but without `to`; infinite after the last one. */
  from = Number.NEGATIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;
  reference: PeriodReference | undefined;
  readonly #placed: readonly Placed[];
  readonly #anchor: number;
  readonly #recurrence: number;
  readonly #parts: readonly Part[];
  /** Where the next segment is looked for: in which part, in which recurrence of the schedule, from which period on. */
  #part = -1;
  #round = 0;
  #period = 0;

  constructor(
    profile: ChargingProfile,
    schedule: ChargingSchedule,
    context: ScheduleContext,
    window: Interval,
    spans: () => readonly OffsetSpan[],
  ) {
    this.#recurrence = profile.recurrency ? RECURRENCE[profile.recurrency] : Number.POSITIVE_INFINITY;
    const duration = (schedule.duration ?? Number.POSITIVE_INFINITY) * 1000;
    const isDynamic = profile.kind === 'Dynamic';
    // K28.FR.02, K28.FR.13: a dynamic one is active at once, for its duration after it was updated last.
    const length = isDynamic ? Number.POSITIVE_INFINITY : Math.min(duration, this.#recurrence);
    const until = isDynamic ? (profile.dynUpdateTime ?? profile.receivedAt) + duration : Number.POSITIVE_INFINITY;
    this.#placed = placedPeriods(profile, schedule, length, context);
    this.#anchor = isDynamic ? window.from : anchorOf(schedule, context, window);
    const within = { from: window.from, to: Math.min(window.to, until) };
    const valid = this.#placed.length === 0 ? [] : validity(profile, context.offline ?? [], within);
    this.#parts = schedule.start?.local
      ? spans().flatMap(({ offset, from, to }) =>
          valid.map((part) => ({
            from: Math.max(from, part.from) + offset,
            to: Math.min(to, part.to) + offset,
            offset,
          })),
        )
      : valid.map((part) => ({ ...part, offset: 0 }));
    this.#nextPart();
    this.next();
  }

  /** Goes to the next segment. */
  next(): void {
    for (;;) {
      const part = this.#parts[this.#part];
      if (!part) {
        this.#end();
        return;
      }
      // A schedule that does not recur has one round; infinity times its number is nothing that can be calculated with.
      const start = this.#round === 0 ? this.#anchor : this.#anchor + this.#round * this.#recurrence;
      const placed = this.#placed[this.#period++];
      if (start >= part.to) this.#nextPart();
      else if (placed) {
        const from = Math.max(start + placed.from, part.from);
        const to = Math.min(start + placed.to, part.to);
        if (from >= to) continue;
        this.from = from - part.offset;
        this.to = to - part.offset;
        this.reference = placed.reference;
        return;
      } else if (this.#recurrence === Number.POSITIVE_INFINITY) this.#nextPart();
      else {
        this.#round++;
        this.#period = 0;
      }
    }
  }

  #nextPart(): void {
    let part = this.#parts[++this.#part];
    while (part && part.from >= part.to) part = this.#parts[++this.#part];
    this.#period = 0;
    this.#round = part ? Math.max(0, Math.floor((part.from - this.#anchor) / this.#recurrence)) : 0;
  }

  #end(): void {
    this.from = Number.POSITIVE_INFINITY;
    this.to = Number.POSITIVE_INFINITY;
    this.reference = undefined;
  }
}

/** When a schedule starts, on the clock that it follows. */
function anchorOf({ start }: ChargingSchedule, { transaction }: ScheduleContext, window: Interval): number {
  // K08.FR.06: without a transaction as if one were ongoing, which then starts with the question.
  return start?.milliseconds ?? transaction?.start ?? window.from;
}

/**
 * The periods that are executed, from when to when: delayed (K01.FR.92, not the first), those left out that start at or
 * after a later one or the end (K01.FR.11, K01.FR.97), each until the next or the end (K01.FR.12).
 */
function placedPeriods(
  profile: ChargingProfile,
  schedule: ChargingSchedule,
  length: number,
  context: ScheduleContext,
): readonly Placed[] {
  const scheduleIndex = scheduleIndexOf(profile, context);
  const placed: Placed[] = [];
  let to = length;
  for (let periodIndex = schedule.periods.length - 1; periodIndex >= 0; periodIndex--) {
    const period = schedule.periods[periodIndex];
    if (!period) continue;
    const from = (period.startPeriod + delayOf(profile, schedule, scheduleIndex, periodIndex, context)) * 1000;
    if (from >= to) continue;
    placed.push({
      from,
      to,
      reference: { profile, schedule, scheduleIndex, period, periodIndex, numbers: usedNumbers(period) },
    });
    to = from;
  }
  return placed.reverse();
}

function delayOf(
  profile: ChargingProfile,
  schedule: ChargingSchedule,
  scheduleIndex: number,
  periodIndex: number,
  context: ScheduleContext,
): number {
  // K08.FR.06: no delay without a transaction.
  if (periodIndex === 0 || schedule.randomizedDelay === 0 || !context.transaction) return 0;
  return context.delayOf?.(profile, scheduleIndex, periodIndex) ?? 0;
}

/** When a profile is valid within a window: validFrom, validTo (K01.FR.36, .37) and being offline (K01.FR.101, .102). */
function validity(profile: ChargingProfile, offline: readonly Interval[], window: Interval): readonly Interval[] {
  const from = Math.max(window.from, profile.validFrom ?? window.from);
  const to = Math.min(window.to, profile.validTo ?? window.to);
  const { maxOfflineDuration } = profile;
  if (maxOfflineDuration === undefined) return from < to ? [{ from, to }] : [];
  const parts: Interval[] = [];
  let since = from;
  for (const each of offline.toSorted((one, other) => one.from - other.from)) {
    const lost = each.from + maxOfflineDuration * 1000;
    if (each.to <= profile.receivedAt || lost >= each.to) continue;
    parts.push({ from: since, to: Math.min(to, lost) });
    since = Math.max(since, profile.invalidAfterOfflineDuration ? Number.POSITIVE_INFINITY : each.to);
  }
  parts.push({ from: since, to });
  return parts.filter((part) => part.from < part.to);
}
