import type { FilterEnvironment } from './environment.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Milliseconds of a day. */
export const DAY = 24 * HOUR;

/** A stretch of time in milliseconds; the end is not part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time as it is written means the whole minute, second or day that it names, each day or in a certain one. */
export type TimeSpan = Span & { readonly kind: 'instant' | 'time-of-day' };

const CLOCK = /^(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d+)?)?$/;
const DATE_TIME = /^(?<date>\d{4}-\d\d-\d\d)(?:T(?<clock>[\d:.]+)(?<zone>Z|[+-]\d\d:\d\d)?)?$/;

/** What a time stands for; undefined where there is no such time, as 25:00 or February 30. */
export function timeSpan(text: string, environment: FilterEnvironment): TimeSpan | undefined {
  const clock = clockSpan(text);
  if (clock !== undefined) return { kind: 'time-of-day', ...clock };
  const { date, clock: time, zone } = DATE_TIME.exec(text)?.groups ?? {};
  const midnight = date === undefined ? undefined : dayStart(date);
  const within = time === undefined ? { from: 0, to: DAY } : clockSpan(time);
  if (midnight === undefined || within === undefined) return undefined;
  const toUtc = zone === undefined ? fromLocal(environment) : (local: number) => local - zoneOffset(zone);
  return { kind: 'instant', from: toUtc(midnight + within.from), to: toUtc(midnight + within.to) };
}

/** Milliseconds since local midnight. */
export function timeOfDay(instant: number, environment: FilterEnvironment): number {
  const local = instant + environment.offsetAt(instant);
  return local - DAY * Math.floor(local / DAY);
}

function clockSpan(text: string): Span | undefined {
  const { hour, minute, second, fraction } = CLOCK.exec(text)?.groups ?? {};
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
  const from = Number(hour) * HOUR + Number(minute) * MINUTE + Number(second ?? 0) * SECOND;
  if (second === undefined) return { from, to: from + MINUTE };
  if (fraction === undefined) return { from, to: from + SECOND };
  const digits = fraction.length - 1;
  const part = from + Number(fraction.slice(1)) * 10 ** (3 - digits);
  return { from: part, to: part + 10 ** (3 - digits) };
}

/** Midnight of a date in UTC; undefined where the month has no such day. */
function dayStart(date: string): number | undefined {
  const instant = Date.parse(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
  return exists ? instant : undefined;
}

function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const size = Number(zone.slice(1, 3)) * HOUR + Number(zone.slice(4)) * MINUTE;
  return zone.startsWith('-') ? -size : size;
}

/** An hour that the clock skips or repeats is taken as before the change. */
function fromLocal({ offsetAt }: FilterEnvironment): (local: number) => number {
  return (local) => local - offsetAt(local - offsetAt(local));
}
