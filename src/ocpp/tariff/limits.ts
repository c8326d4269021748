import Big from 'big.js';
import type { Boundary } from './boundaries.ts';
import { between, NO_SUMS, type Sums } from './charges.ts';
import type { Span } from './collect-periods.ts';
import type { CostKind, FullAmount, Totals } from './evaluation.ts';
import { compareMoney, type Money, minus, moneyOf } from './money.ts';
import type { Reading } from './reading.ts';
import type { Running } from './running.ts';
import type { Price } from './tariff.ts';
import type { Timeline } from './timeline.ts';

/** Costs that stopped growing because the maximum of the tariff was reached (I12.FR.39). */
export interface Frozen {
  readonly at: number;
  readonly sums: Sums;
}

/**
 * When the maximum cost of the tariff in force is reached, and the costs at that moment. Between two meter values costs
 * grow evenly, so that the moment is found exactly. A fee that would jump over the maximum counts up to it: the maximum
 * is what a transaction costs at most.
 */
export function frozenAt(spans: readonly Span[], running: Running, timeline: Timeline): Frozen | null {
  let before: { readonly at: number; readonly sums: Sums } = { at: timeline.course.from, sums: NO_SUMS };
  if (!spans.some(({ tariff }) => tariff?.maxCost)) return null;
  for (const span of spans) {
    for (const point of pointsOf(span, timeline)) {
      const now = { at: point.at, sums: running.sumsAt(point) };
      const maximum = span.tariff?.maxCost;
      const part = maximum && partUntil(maximum, before.sums.total, now.sums.total);
      if (part) {
        const at = Math.round(before.at + (now.at - before.at) * part.toNumber());
        return { at, sums: between(before.sums, now.sums, part) };
      }
      before = now;
    }
  }
  return null;
}

/** Where a span starts and ends, and what was used may change its pace within. */
function pointsOf(span: Span, timeline: Timeline): readonly Boundary[] {
  const inside = new Set<number>();
  for (const { at } of timeline.register) inside.add(at);
  for (const { from, to } of timeline.idleStretches) inside.add(from).add(to);
  const instants = [...inside]
    .filter((at) => at > span.from.at && at < span.to.at)
    .toSorted((one, other) => one - other);
  return [span.from, ...instants.map((at) => ({ at, energy: timeline.energyAt(at) })), span.to];
}

/** How far from one sum to the next the maximum is reached, from 0 to 1; null where it is not reached. */
function partUntil(maximum: Price, before: FullAmount, now: FullAmount): Big | null {
  const parts = (['exclTax', 'inclTax'] as const).flatMap((side) => {
    const limit = maximum[side];
    if (limit === undefined || compareMoney(now[side], moneyOf(limit)) < 0) return [];
    return [partOf(before[side], now[side], moneyOf(limit))];
  });
  return parts.reduce<Big | null>((least, part) => (least === null || part.lt(least) ? part : least), null);
}

function partOf(before: Money, now: Money, limit: Money): Big {
  const growth = minus(now, before).thirds;
  if (growth.eq(0) || compareMoney(before, limit) >= 0) return new Big(0);
  return minus(limit, before).thirds.div(growth);
}

/** Costs after minimum and maximum. */
export interface Limited extends Totals {
  readonly typeOfCost: CostKind;
  readonly maximumAt: number | null;
}

/** The costs of a transaction: frozen at the maximum (I12.FR.39), replaced by the minimum (I12.FR.38), or as they are. */
export function limitCost(
  frozen: Frozen | null,
  all: Sums,
  least: Price | undefined,
  { minimum }: Pick<Reading, 'minimum'>,
): Limited {
  if (frozen) return { ...frozen.sums, typeOfCost: 'MaxCost', maximumAt: frozen.at };
  if (minimum !== 'ignored' && least && falls(all.total, least)) {
    const amount = {
      exclTax: least.exclTax === undefined ? null : moneyOf(least.exclTax),
      inclTax: least.inclTax === undefined ? null : moneyOf(least.inclTax),
    };
    const dimensions = minimum === 'applied' ? { fixed: amount } : all.dimensions;
    return { dimensions, total: amount, typeOfCost: 'MinCost', maximumAt: null };
  }
  return { ...all, typeOfCost: 'NormalCost', maximumAt: null };
}

/** Whether a sum is below a minimum, without or with tax. */
function falls(total: FullAmount, { exclTax, inclTax }: Price): boolean {
  return (
    (exclTax !== undefined && compareMoney(total.exclTax, moneyOf(exclTax)) < 0) ||
    (inclTax !== undefined && compareMoney(total.inclTax, moneyOf(inclTax)) < 0)
  );
}
