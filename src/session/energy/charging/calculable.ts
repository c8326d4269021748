import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { Installation } from './installation.ts';

/** A schedule that follows local time is looked at day by day: 40 years at once. */
const LONGEST = 40 * 365 * 86_400_000;
/** Periods of schedules that recur, over all of a range. */
const PERIODS_MAX = 200_000;

const RECURRENCE = { Daily: 86_400_000, Weekly: 7 * 86_400_000 } as const;

/**
 * From when on a range is calculated, so that it ends: a message may bear any year, and a daily schedule has its periods
 * on each day until then. Of what is too long it is the end.
 */
export function calculableFrom(installed: readonly Installation[], { from, to }: Interval): number {
  const recurring = installed.flatMap(({ profile, ...span }) => {
    const every = profile.recurrency && RECURRENCE[profile.recurrency];
    const periods = Math.max(0, ...profile.schedules.slice(0, 10).map((schedule) => schedule.periods.length));
    return every ? [{ from: span.from, to: span.to, rate: periods / every }] : [];
  });
  const periodsSince = (start: number): number =>
    recurring.reduce(
      (sum, each) => sum + each.rate * Math.max(0, Math.min(to, each.to) - Math.max(start, each.from)),
      0,
    );
  let length = Math.min(to - from, LONGEST);
  while (periodsSince(to - length) > PERIODS_MAX) length /= 2;
  return length < to - from ? to - length : from;
}
