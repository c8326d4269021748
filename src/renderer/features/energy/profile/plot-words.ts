import type { RateUnit } from '../../../../ocpp/schedule/profile.ts';
import { type Electrics, inUnit } from '../../../../session/energy/profile-draft/convert.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** Seconds as a clock shows them: `0:00`, `10:15`, `26:00:05`. */
export function offsetText(seconds: number): string {
  const size = Math.abs(Math.round(seconds));
  const sign = seconds < 0 ? '−' : '';
  const rest = size % 60;
  return `${sign}${Math.floor(size / 3600)}:${two(Math.floor((size % 3600) / 60))}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** Seconds of `1:30` (hours and minutes), `1:30:05`, `90 min`, `2 h`, `45 s` or `5400`; undefined for anything else. */
export function parsedOffset(text: string): number | undefined {
  const clock = /^\s*\+?(\d{1,4}):([0-5]\d)(?::([0-5]\d))?\s*$/.exec(text);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  const plain = /^\s*\+?(\d{1,9}(?:\.\d{1,3})?)\s*(s|min|h|d)?\s*$/.exec(text);
  if (!plain) return undefined;
  const factor = { s: 1, min: 60, h: 3600, d: 86_400 }[plain[2] ?? 's'] ?? 1;
  return Math.round(Number(plain[1]) * factor);
}

/** The clock on the wall of the station, such as `18:15`, with seconds where there are any. */
export function wallText(at: number, offset: number): string {
  const date = new Date(at + offset);
  if (Number.isNaN(date.getTime())) return '';
  const rest = date.getUTCSeconds();
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** Its date, such as `Sat 21 Nov`. */
export function wallDate(at: number, offset: number): string {
  const date = new Date(at + offset);
  if (Number.isNaN(date.getTime())) return '';
  return `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A level with its unit, as finely as it is drawn: `16.0 A`, `7.4 kW`, `850 W`. */
export function levelText(value: number, unit: RateUnit): string {
  const minus = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (unit === 'A') return `${minus}${digits(size, 1)} A`;
  return size < 1000 ? `${minus}${digits(size, 0)} W` : `${minus}${digits(size / 1000, 1)} kW`;
}

/** At least so many digits, and more where there are more. */
function digits(value: number, least: number): string {
  const exact = Number(value.toFixed(6)).toString();
  const there = exact.includes('e') ? 0 : (exact.split('.')[1]?.length ?? 0);
  return value.toFixed(Math.max(least, Math.min(there, 3)));
}

/** The same level in the other unit, such as `≈ 11.0 kW (3 × 230 V)`. */
export function otherUnitText(value: number, unit: RateUnit, phases: number, electrics: Electrics): string {
  const to = unit === 'A' ? 'W' : 'A';
  const converted = inUnit(value, { from: unit, to, phases }, electrics);
  const by = electrics.current === 'DC' ? `${electrics.voltage} V DC` : `${phases} × ${electrics.voltage} V`;
  // What is in brackets stays in one line.
  return `≈ ${levelText(converted, to)} (${by.replaceAll(' ', '\u00a0')})`;
}
