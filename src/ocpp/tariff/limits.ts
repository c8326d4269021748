import Big from 'big.js';
import type { Boundary } from './boundaries.ts';
import { between, NO_SUMS, type Sums } from './charges.ts';
import type { Span } from './collect-periods.ts';
import type { CostKind, FullAmount, Totals } from './evaluation.ts';
import { compareMoney, type Money, minus, moneyOf } from './money.ts';
import type { Reading } from './reading.ts';
import type { Running } from './running.ts';
import type { Price } from './tariff.ts';
import { indexAt, type Timeline } from './timeline.ts';

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
  const evenly = growsEvenly(spans, timeline);
  for (const span of spans) {
    const maximum = span.tariff?.maxCost;
    const atEnd = running.sumsAt(span.to);
    // Costs that only grow pass the maximum on the way exactly where they are above it at the end.
    const passes = maximum && (!evenly || partUntil(maximum, before.sums.total, atEnd.total) !== null);
    if (!passes) {
      before = { at: span.to.at, sums: atEnd };
      continue;
    }
    for (const point of pointsOf(span, timeline)) {
      const now = { at: point.at, sums: running.sumsAt(point) };
      const part = partUntil(maximum, before.sums.total, now.sums.total);
      if (part) {
        const at = Math.round(before.at + (now.at - before.at) * part.part.toNumber());
        const { dimensions, total } = between(before.sums, now.sums, part.part);
        // The part was divided, and may be off at its last decimal; the limit that was reached is not.
        return { at, sums: { dimensions, total: { ...total, ...part.reached } } };
      }
      before = now;
    }
  }
  return null;
}

/** Whether costs never fall: no price is negative, and no energy is given back. */
function growsEvenly(spans: readonly Span[], { register }: Timeline): boolean {
  const falls = register.some(({ value }, index) => value < (register[index - 1]?.value ?? value));
  return !falls && spans.every(({ decisions }) => Object.values(decisions).every(({ price }) => price >= 0));
}

/** Where a span starts and ends, and what was used may change its pace within. */
function pointsOf(span: Span, timeline: Timeline): readonly Boundary[] {
  const { register, idleStretches } = timeline;
  const inside = new Set<number>();
  for (let index = indexAt(register, span.from.at) + 1; index < register.length; index += 1) {
    const at = register[index]?.at ?? span.to.at;
    if (at >= span.to.at) break;
    inside.add(at);
  }
  for (const { from, to } of idleStretches) inside.add(from).add(to);
  const instants = [...inside]
    .filter((at) => at > span.from.at && at < span.to.at)
    .toSorted((one, other) => one - other);
  return [span.from, ...instants.map((at) => ({ at, energy: timeline.energyAt(at) })), span.to];
}

/** How far from one sum to the next the maximum is reached, from 0 to 1, and which limit that is. */
interface Reached {
  readonly part: Big;
  readonly reached: Partial<FullAmount>;
}

/** Null where the maximum is not reached between the sums. */
function partUntil(maximum: Price, before: FullAmount, now: FullAmount): Reached | null {
  const found = (['exclTax', 'inclTax'] as const).flatMap((side): readonly Reached[] => {
    const limit = maximum[side];
    if (limit === undefined || compareMoney(now[side], moneyOf(limit)) < 0) return [];
    const reached = compareMoney(before[side], moneyOf(limit)) < 0 ? { [side]: moneyOf(limit) } : {};
    return [{ part: partOf(before[side], now[side], moneyOf(limit)), reached }];
  });
  const [first, second] = found.toSorted((a, b) => a.part.cmp(b.part));
  if (!first) return null;
  return second?.part.eq(first.part) ? { part: first.part, reached: { ...first.reached, ...second.reached } } : first;
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
