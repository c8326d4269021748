import type { JsonObject } from '../../json.ts';
import type { Course, Sample } from '../course.ts';
import type { Totals } from '../evaluation.ts';
import { rounded } from '../money.ts';
import { parseTariff } from '../parse-tariff.ts';
import { COST_DIMENSIONS, type Tariff } from '../tariff.ts';

/** A time of Wednesday, 5 April 2023, in UTC: the day of the specification's examples. */
export function at(time: string): number {
  return Date.parse(`2023-04-05T${time}Z`);
}

/** A transaction that charges all the time and has ended, unless the facts say otherwise. */
export function courseOf(from: string, to: string, facts: Partial<Course> = {}): Course {
  return {
    from: at(from),
    to: at(to),
    ended: true,
    charging: [{ at: at(from), charging: true }],
    register: [],
    power: [],
    current: [],
    ...facts,
  };
}

/** Samples by their time of day. */
export function samples(values: Readonly<Record<string, number>>): readonly Sample[] {
  return Object.entries(values).map(([time, value]) => ({ at: at(time), value }));
}

/** A tariff of a message, which has to be right; currency and id need not be said. */
export function tariffOf(payload: JsonObject): Tariff {
  const result = parseTariff({ tariffId: 'T', currency: 'EUR', ...payload });
  if (!result.ok) throw new Error(result.error.sentence);
  return result.value;
}

/** Sums at four decimals, without and with tax. */
export function sumsOf({ dimensions, total }: Totals): Record<string, string | undefined> {
  const text = (amount: Totals['total'] | undefined) =>
    amount?.exclTax && amount.inclTax ? `${rounded(amount.exclTax, 4)} / ${rounded(amount.inclTax, 4)}` : undefined;
  const entries = COST_DIMENSIONS.flatMap((name) => (dimensions[name] ? [[name, text(dimensions[name])]] : []));
  return { ...Object.fromEntries(entries), total: text(total) };
}

/** Local time is UTC. */
export const AT_GREENWICH = (_instant: number): number => 0;
