import type { Course } from './course.ts';
import { type Conditions, DAYS_OF_WEEK, type FixedConditions, RANGES, type RangeQuantity } from './tariff.ts';

/** The state of a transaction that conditions are about, at one instant. */
export interface Moment {
  /** Milliseconds since 1970 as a clock on the wall would count them. */
  readonly local: number;
  /** Energy in Wh, current in A, power in W, durations in seconds; undefined where nothing tells it. */
  readonly quantities: { readonly [quantity in RangeQuantity]: number | undefined };
  readonly course: Pick<Course, 'evseKind' | 'paymentBrand' | 'paymentRecognition'>;
}

export type ConditionName = keyof Conditions;

/** Why conditions are not met: the first that is not, and whether nothing was known to decide it by. */
export interface Refusal {
  readonly condition: ConditionName;
  readonly unknown: boolean;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/** The first condition that is not met, in the order of the specification; null where all are, or there are none. */
export function refusal(conditions: Conditions | undefined, moment: Moment): Refusal | null {
  if (!conditions) return null;
  return refusedByTime(conditions, moment) ?? refusedByKind(conditions, moment) ?? refusedByRange(conditions, moment);
}

function refusedByTime(conditions: FixedConditions, { local }: Moment): Refusal | null {
  const date = Math.floor(local / DAY);
  const minute = (local - date * DAY) / MINUTE;
  const { startTimeOfDay: start = 0, endTimeOfDay: end = 0, dayOfWeek, validFromDate, validToDate } = conditions;
  // An end before the start wraps to the next day; 00:00 is the end of the day, and so is an end like the start.
  if (end > start && minute < start) return { condition: 'startTimeOfDay', unknown: false };
  if (end > start && minute >= end) return { condition: 'endTimeOfDay', unknown: false };
  if (end <= start && minute < start && minute >= end) return { condition: 'startTimeOfDay', unknown: false };
  // 1 January 1970 was a Thursday.
  const day = DAYS_OF_WEEK[(((date + 3) % 7) + 7) % 7];
  if (dayOfWeek && !dayOfWeek.some((each) => each === day)) return { condition: 'dayOfWeek', unknown: false };
  if (validFromDate !== undefined && date < validFromDate) return { condition: 'validFromDate', unknown: false };
  if (validToDate !== undefined && date >= validToDate) return { condition: 'validToDate', unknown: false };
  return null;
}

function refusedByKind(conditions: FixedConditions, { course }: Moment): Refusal | null {
  for (const condition of ['evseKind', 'paymentBrand', 'paymentRecognition'] as const) {
    const wanted = conditions[condition];
    if (wanted === undefined || wanted === course[condition]) continue;
    // A driver who paid with nothing has no brand; of an EVSE it has to be known what it is.
    return { condition, unknown: condition === 'evseKind' && course.evseKind === undefined };
  }
  return null;
}

function refusedByRange(conditions: Conditions, { quantities }: Moment): Refusal | null {
  for (const { min, max, quantity } of RANGES) {
    const [low, high] = [conditions[min], conditions[max]];
    if (low === undefined && high === undefined) continue;
    const value = quantities[quantity];
    if (value === undefined) return { condition: low === undefined ? max : min, unknown: true };
    // The minimum is closest to zero and the maximum furthest from it, on the side where the bounds are; a range
    // without its minimum begins at zero.
    const sign = (high || low || 0) < 0 ? -1 : 1;
    if (value * sign < (low ?? 0) * sign) return { condition: low === undefined ? max : min, unknown: false };
    if (high !== undefined && value * sign >= high * sign) return { condition: max, unknown: false };
  }
  return null;
}
