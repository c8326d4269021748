import type { Boundary } from './boundaries.ts';
import type { Span } from './collect-periods.ts';
import type { Charge, CostPeriod, Decision, FullAmount, Totals } from './evaluation.ts';
import { decimal, energyCost, type Money, NOTHING, plus, roundedMoney, timeCost, times } from './money.ts';
import type { Reading } from './reading.ts';
import {
  COST_DIMENSIONS,
  type CostDimension,
  type PriceList,
  priceList,
  RUNNING_DIMENSIONS,
  type RunningDimension,
} from './tariff.ts';
import { taxFactor } from './tax.ts';
import type { Timeline } from './timeline.ts';

/** How amounts come about: the reading, and the decimals of the currency where it rounds within. */
export interface Accounting {
  readonly timeline: Timeline;
  readonly reading: Reading;
  readonly digits: number;
}

export type Charges = { readonly [dimension in RunningDimension]?: Charge };

/** What is paid for the part of a span up to a boundary; the whole span where that is its end. */
export function chargesUntil(span: Span, until: Boundary, accounting: Accounting): Charges {
  const { timeline } = accounting;
  const charges: { [dimension in RunningDimension]?: Charge } = {};
  for (const dimension of RUNNING_DIMENSIONS) {
    const decision = span.decisions[dimension];
    const list = span.tariff && priceList(span.tariff, dimension);
    if (!decision || !list) continue;
    if (dimension === 'energy') {
      const wattHours = decimal(until.energy).minus(decimal(span.from.energy));
      const exclTax = energyCost(wattHours, decision.price);
      charges.energy = charge(decision, wattHours.toNumber(), exclTax, list, accounting);
    } else {
      const durationAt = dimension === 'chargingTime' ? timeline.chargingTimeAt : timeline.idleTimeAt;
      const milliseconds = durationAt(until.at) - durationAt(span.from.at);
      const exclTax = timeCost(milliseconds, decision.price);
      charges[dimension] = charge(decision, milliseconds, exclTax, list, accounting);
    }
  }
  return charges;
}

/** A charge with its tax. */
export function charge(
  decision: Decision,
  quantity: number,
  exclTax: Money,
  { taxRates }: Pick<PriceList, 'taxRates'>,
  { reading, digits }: Pick<Accounting, 'reading' | 'digits'>,
): Charge {
  const inclTax = times(exclTax, taxFactor(taxRates, reading.tax));
  const finish = (amount: Money) => (reading.rounding === 'each period' ? roundedMoney(amount, digits) : amount);
  return { decision, quantity, exclTax: finish(exclTax), inclTax: finish(inclTax) };
}

/** A span as a charging period, with what is paid for it. */
export function periodOf(span: Span, accounting: Accounting): CostPeriod {
  const { timeline } = accounting;
  const around = timeline.around(span.from.at);
  return {
    tariffId: span.tariff?.tariffId ?? null,
    from: span.from.at,
    to: span.to.at,
    energyFrom: span.from.energy,
    energyTo: span.to.energy,
    chargingTime: timeline.chargingTimeAt(span.to.at) - timeline.chargingTimeAt(span.from.at),
    idleTime: timeline.idleTimeAt(span.to.at) - timeline.idleTimeAt(span.from.at),
    charges: chargesUntil(span, span.to, accounting),
    because: span.because,
    interpolated: around && span.from.at > timeline.course.from ? { from: around[0].at, to: around[1].at } : null,
  };
}

/** Sums by dimension, and of all. A dimension that the tariffs have no price for is absent. */
export interface Sums extends Totals {
  readonly dimensions: { readonly [dimension in CostDimension]?: FullAmount };
  readonly total: FullAmount;
}

/** A sum of one dimension. */
export interface DimensionAmount extends FullAmount {
  readonly dimension: CostDimension;
}

/** What is paid for a period, each dimension for itself. */
export function amountsOf(charges: Charges): readonly DimensionAmount[] {
  return RUNNING_DIMENSIONS.flatMap((dimension) => {
    const each = charges[dimension];
    return each ? [{ dimension, exclTax: each.exclTax, inclTax: each.inclTax }] : [];
  });
}

/** No costs at all. */
export const NO_SUMS: Sums = { dimensions: {}, total: { exclTax: NOTHING, inclTax: NOTHING } };

/** Adds amounts to sums: by dimension, and of all (I12.FR.05 to I12.FR.11, I12.FR.17). */
export function addTo(sums: Sums, amounts: readonly DimensionAmount[]): Sums {
  const dimensions: { [dimension in CostDimension]?: FullAmount } = { ...sums.dimensions };
  let { total } = sums;
  for (const amount of amounts) {
    const before = dimensions[amount.dimension];
    dimensions[amount.dimension] = before ? sum(before, amount) : { exclTax: amount.exclTax, inclTax: amount.inclTax };
    total = sum(total, amount);
  }
  return { dimensions, total };
}

/** A part between two sums, from 0 (the first) to 1. */
export function between(one: Sums, other: Sums, part: Money['thirds']): Sums {
  const mix = (from: FullAmount | undefined, to: FullAmount): FullAmount => ({
    exclTax: mixMoney(from?.exclTax ?? NOTHING, to.exclTax, part),
    inclTax: mixMoney(from?.inclTax ?? NOTHING, to.inclTax, part),
  });
  const dimensions: { [dimension in CostDimension]?: FullAmount } = {};
  for (const dimension of COST_DIMENSIONS) {
    const to = other.dimensions[dimension];
    if (to) dimensions[dimension] = mix(one.dimensions[dimension], to);
  }
  return { dimensions, total: mix(one.total, other.total) };
}

function mixMoney(from: Money, to: Money, part: Money['thirds']): Money {
  return plus(from, times({ thirds: to.thirds.minus(from.thirds) }, part));
}

function sum(one: FullAmount, other: FullAmount): FullAmount {
  return { exclTax: plus(one.exclTax, other.exclTax), inclTax: plus(one.inclTax, other.inclTax) };
}
