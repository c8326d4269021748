import type { ReportedAmount, ReportedCost } from './cost-details.ts';
import type { Amount, Evaluation } from './evaluation.ts';
import { currencyDigits, type Money, minus, moneyOf, type Rounding, rounded, toNumber } from './money.ts';
import { COST_DIMENSIONS, type CostDimension } from './tariff.ts';

export type Side = 'exclTax' | 'inclTax';

/** A sum that was reported, beside the one that was calculated. */
export interface ComparedSum {
  readonly dimension: CostDimension | 'total';
  readonly side: Side;
  readonly reported: number;
  /** Null where the calculation has no such sum: a dimension without a price, or a minimum without tax. */
  readonly calculated: number | null;
  /** Reported less calculated, exact; what is missing counts as nothing. */
  readonly difference: number;
  /** Equal to the smallest unit of the currency. */
  readonly agrees: boolean;
}

/** Every sum that was reported beside what was calculated: the total first. */
export function compareSums(
  reported: Pick<ReportedCost, 'total' | 'dimensions'>,
  evaluation: Pick<Evaluation, 'currency' | 'total' | 'dimensions'>,
  rounding: Rounding = 'round',
): readonly ComparedSum[] {
  const digits = currencyDigits(evaluation.currency);
  const sums = compareAmount('total', reported.total, evaluation.total, digits, rounding);
  for (const dimension of COST_DIMENSIONS) {
    const amount = reported.dimensions[dimension];
    if (amount) sums.push(...compareAmount(dimension, amount, evaluation.dimensions[dimension], digits, rounding));
  }
  return sums;
}

function compareAmount(
  dimension: ComparedSum['dimension'],
  reported: ReportedAmount,
  calculated: Amount | undefined,
  digits: number,
  rounding: Rounding,
): ComparedSum[] {
  return (['exclTax', 'inclTax'] as const).flatMap((side) => {
    const value = reported[side];
    if (value === undefined) return [];
    const ours = calculated?.[side] ?? null;
    return [
      {
        dimension,
        side,
        reported: value,
        calculated: ours && toNumber(ours),
        difference: toNumber(minus(moneyOf(value), ours ?? moneyOf(0))),
        // A minimum without one of its sides says nothing of that side, so that nothing can be wrong with it.
        agrees:
          calculated !== undefined && ours === null ? true : sameToTheCent(value, ours ?? moneyOf(0), digits, rounding),
      },
    ];
  });
}

/** Whether a reported sum is the calculated one at the smallest unit of the currency. */
export function sameToTheCent(
  reported: number,
  calculated: Money,
  digits: number,
  rounding: Rounding = 'round',
): boolean {
  return rounded(moneyOf(reported), digits).eq(rounded(calculated, digits, rounding));
}
