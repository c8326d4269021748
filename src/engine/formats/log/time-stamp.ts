/** A part of a line, and what it was taken for. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A time stamp on a line. */
export interface TimeStamp extends Span {
  /** Milliseconds since 1970 UTC. */
  readonly wall: number;
}

/** What is needed to read time stamps that leave something out. */
export interface TimeContext {
  readonly zone: 'utc' | 'local';
  /** The day for time stamps without one, and the year for those without one, in milliseconds since 1970 UTC. */
  readonly day: number;
}

interface Shape {
  readonly pattern: RegExp;
  read(match: RegExpExecArray, context: TimeContext): number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?`;
const ZONE = String.raw`(?: ?(Z|[+-]\d{2}:?\d{2})\b)?`;

/** The shapes that are known, the surest first. */
const SHAPES: readonly Shape[] = [
  {
    // 2026-11-20T10:05:01.203+01:00, 2026/11/20 10:05:01,203
    pattern: new RegExp(String.raw`\b(\d{4})[-/.](\d{2})[-/.](\d{2})[T _]${CLOCK}${ZONE}`, 'i'),
    read: (m, context) => at(context, Number(m[1]), Number(m[2]), Number(m[3]), m.slice(4, 8), m[8]),
  },
  {
    // 20/Nov/2026:10:05:01 +0100, 20 Nov 2026 10:05:01
    pattern: new RegExp(String.raw`\b(\d{1,2})[/ -]([A-Za-z]{3})[/ -](\d{4})[: ]${CLOCK}${ZONE}`),
    read: (m, context) => at(context, Number(m[3]), month(m[2]), Number(m[1]), m.slice(4, 8), m[8]),
  },
  {
    // 20.11.2026 10:05:01
    pattern: new RegExp(String.raw`\b(\d{1,2})\.(\d{1,2})\.(\d{4})[ T,]+${CLOCK}${ZONE}`),
    read: (m, context) => at(context, Number(m[3]), Number(m[2]), Number(m[1]), m.slice(4, 8), m[8]),
  },
  {
    // Nov 20 10:05:01, as syslog has it: without a year
    pattern: new RegExp(String.raw`\b([A-Z][a-z]{2}) {1,2}(\d{1,2}) ${CLOCK}`),
    read: (m, context) => at(context, yearOf(context), month(m[1]), Number(m[2]), m.slice(3, 7), undefined),
  },
  {
    // 1795169101203 and 1795169101.203: milliseconds, or seconds, since 1970
    pattern: /(?<![\d.\w"-])(1\d{9})(?:(\d{3})|\.(\d{1,9}))(?![\d.])/,
    read: (m) => Number(m[1]) * 1000 + Number(m[2] ?? 0) + fraction(m[3]),
  },
  {
    // 10:05:01.203: without a day
    pattern: new RegExp(String.raw`(?<![\d:])${CLOCK}(?![\d:])`),
    read(m, context) {
      const day = new Date(context.day);
      return context.zone === 'utc'
        ? at(context, day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate(), m.slice(1, 5), undefined)
        : at(context, day.getFullYear(), day.getMonth() + 1, day.getDate(), m.slice(1, 5), undefined);
    },
  },
];

/** The first time stamp of the surest shape in a text. */
export function findTimeStamp(text: string, context: TimeContext): TimeStamp | undefined {
  for (const { pattern, read } of SHAPES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const wall = read(match, context);
    if (!Number.isNaN(wall)) return { start: match.index, end: match.index + match[0].length, wall };
  }
  return undefined;
}

function at(
  context: TimeContext,
  year: number,
  monthOfYear: number,
  day: number,
  clock: readonly (string | undefined)[],
  zone: string | undefined,
): number {
  const [hours, minutes, seconds] = clock.map(Number);
  if (monthOfYear < 1 || monthOfYear > 12 || day < 1 || day > 31 || Number(hours) > 24) return Number.NaN;
  const fields = [year, monthOfYear - 1, day, Number(hours), Number(minutes), Number(seconds)] as const;
  const rest = fraction(clock[3]);
  if (zone === undefined && context.zone === 'local') return new Date(...fields).getTime() + rest;
  return Date.UTC(...fields) + rest - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '') ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function fraction(digits: string | undefined): number {
  return digits === undefined ? 0 : Number(`0.${digits}`) * 1000;
}

function month(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase()) + 1;
}

function yearOf({ day, zone }: TimeContext): number {
  return zone === 'utc' ? new Date(day).getUTCFullYear() : new Date(day).getFullYear();
}
