import type { RateUnit } from '../../../ocpp/schedule/profile.ts';

/** Power or current as a person says it: `11.0 kW`, `850 W`, `16 A`. */
export function rateWords(value: number, unit: RateUnit): string {
  if (unit === 'A') return `${trimmed(value, 1)} A`;
  if (Math.abs(value) < 999.5) return `${trimmed(value, 0)} W`;
  if (Math.abs(value) < 999_500) return `${minus((value / 1000).toFixed(1))} kW`;
  return `${minus((value / 1e6).toFixed(2))} MW`;
}

/** Power or current to the last digit that a message can carry. */
export function exactRate(value: number, unit: RateUnit | 'var'): string {
  return `${trimmed(value, 3)} ${unit}`;
}

/** Reactive power, `1.2 kvar`, or current, `4 A` (2.18: in the unit of the schedule). */
export function reactiveWords(value: number, unit: RateUnit): string {
  return rateWords(value, unit).replace(/W$/, 'var');
}

/** A part in percent: `61 %`. */
export function percentWords(value: number): string {
  return `${trimmed(value, 1)} %`;
}

function trimmed(value: number, digits: number): string {
  return minus(String(Number(value.toFixed(digits))));
}

function minus(text: string): string {
  return text === '-0' || text === '-0.0' ? text.slice(1) : text.replace('-', '−');
}
