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

/** A stretch of time in which a period is executed. */
export interface Segment extends Interval {
  readonly reference: PeriodReference;
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

/** When each period of a profile is executed within a window, in the order of time. */
export function segmentsOf(
  profile: ChargingProfile,
  context: ScheduleContext,
  window: Interval,
  spans: () => readonly OffsetSpan[],
): readonly Segment[] {
  const scheduleIndex = scheduleIndexOf(profile, context);
  const schedule = profile.schedules[scheduleIndex];
  if (!schedule) return [];
  const recurrence = profile.recurrency && RECURRENCE[profile.recurrency];
  const length = Math.min((schedule.duration ?? Number.POSITIVE_INFINITY) * 1000, recurrence ?? Infinity);
  const placed = placedPeriods(profile, schedule, scheduleIndex, length, context);
  const segments: Segment[] = [];
  const valid = validity(profile, context.offline ?? [], window);
  const { start } = schedule;
  if (start?.local) {
    for (const { offset, ...span } of spans()) {
      for (const part of valid) {
        const from = Math.max(span.from, part.from) + offset;
        const to = Math.min(span.to, part.to) + offset;
        lay(placed, start.milliseconds, recurrence, { from, to }, offset, segments);
      }
    }
    return segments;
  }
  const anchor = anchorOf(profile, schedule, context, window);
  for (const part of valid) lay(placed, anchor, recurrence, part, 0, segments);
  return segments;
}

/** When a schedule starts that does not follow the clock on the wall. */
function anchorOf(profile: ChargingProfile, schedule: ChargingSchedule, context: ScheduleContext, window: Interval) {
  if (profile.kind === 'Dynamic') return profile.dynUpdateTime ?? profile.receivedAt;
  // K08.FR.06: without a transaction as if one were ongoing, which then starts with the question.
  return schedule.start?.milliseconds ?? context.transaction?.start ?? window.from;
}

/**
 * The periods that are executed, from when to when: delayed (K01.FR.92, not the first), those left out that start at or
 * after a later one or the end (K01.FR.11, K01.FR.97), each until the next or the end (K01.FR.12).
 */
function placedPeriods(
  profile: ChargingProfile,
  schedule: ChargingSchedule,
  scheduleIndex: number,
  length: number,
  context: ScheduleContext,
): readonly Placed[] {
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

/** Puts the placed periods from an anchor on, once or again and again, into a window that is later moved by an offset. */
function lay(
  placed: readonly Placed[],
  anchor: number,
  recurrence: number | undefined,
  window: Interval,
  offset: number,
  segments: Segment[],
): void {
  if (window.from >= window.to) return;
  const first = recurrence ? Math.max(0, Math.floor((window.from - anchor) / recurrence)) : 0;
  for (let round = first; ; round++) {
    const start = anchor + round * (recurrence ?? 0);
    if (start >= window.to) return;
    for (const { from, to, reference } of placed) {
      const begin = Math.max(start + from, window.from);
      const end = Math.min(start + to, window.to);
      if (begin < end) segments.push({ from: begin - offset, to: end - offset, reference });
    }
    if (!recurrence) return;
  }
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
