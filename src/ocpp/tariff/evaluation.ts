import type { ConditionName } from './conditions.ts';
import type { Money } from './money.ts';
import type { CostDimension, RunningDimension, Tariff } from './tariff.ts';

/** A sum without and with tax. Null where the tariff does not tell it, as a minimum cost that is only without tax. */
export interface Amount {
  readonly exclTax: Money | null;
  readonly inclTax: Money | null;
}

/** A sum whose both sides are known. */
export interface FullAmount {
  readonly exclTax: Money;
  readonly inclTax: Money;
}

/** Which price element was used for a dimension, and why none before it. */
export interface Decision {
  /** Index in the list of prices; null where no element applies, and nothing is to be paid. */
  readonly element: number | null;
  /** A kWh, a minute, or once; 0 where no element applies. */
  readonly price: number;
  readonly conditional: boolean;
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  readonly element: number;
  /** The first of its conditions that is not met. */
  readonly condition: ConditionName;
  /** Nothing tells whether it is met; it counts as not met. */
  readonly unknown: boolean;
}

/** What was used and what it costs. */
export interface Charge extends FullAmount {
  readonly decision: Decision;
  /** Wh, milliseconds, or 1 for what is paid once. */
  readonly quantity: number;
}

/** A stretch of a transaction with one price element in use for each dimension (I12.FR.35). */
export interface CostPeriod {
  /** Null as long as no tariff is associated with the transaction. */
  readonly tariffId: string | null;
  readonly from: number;
  readonly to: number;
  /** Wh since the start of the transaction, at the start and end of the period. */
  readonly energyFrom: number;
  readonly energyTo: number;
  readonly chargingTime: number;
  readonly idleTime: number;
  readonly charges: { readonly [dimension in RunningDimension]?: Charge };
  /** Why it began, in words. */
  readonly because: string;
  /** Its start lies between two meter values, and the energy until then on the line between them. */
  readonly interpolated: { readonly from: number; readonly to: number } | null;
}

/** What is paid once, at the start (I12.FR.06, I12.FR.30). */
export interface OnceCharge extends Charge {
  readonly dimension: Exclude<CostDimension, RunningDimension>;
  readonly tariffId: string;
}

export type CostKind = 'NormalCost' | 'MinCost' | 'MaxCost';

export interface Totals {
  readonly dimensions: { readonly [dimension in CostDimension]?: Amount };
  readonly total: Amount;
}

/** What a transaction costs. */
export interface Evaluation extends Totals {
  readonly currency: string;
  readonly typeOfCost: CostKind;
  readonly periods: readonly CostPeriod[];
  readonly once: readonly OnceCharge[];
  /** Before minimum and maximum cost. */
  readonly calculated: { readonly exclTax: Money; readonly inclTax: Money };
  /** The dimensions that the tariffs have prices for, before minimum and maximum. */
  readonly calculatedDimensions: Totals['dimensions'];
  /** When the maximum was reached. */
  readonly maximumAt: number | null;
  readonly usage: {
    readonly energy: number;
    readonly chargingTime: number;
    readonly idleTime: number;
    readonly reservationTime?: number;
  };
  /** What had to be assumed, in sentences. */
  readonly notes: readonly string[];
  /** The costs until an instant, before the minimum. */
  runningAt(instant: number): Totals;
  /** Wh since the start of the transaction. */
  energyAt(instant: number): number;
}

/** A tariff from an instant of the transaction on. */
export interface AssignedTariff {
  readonly tariff: Tariff;
  readonly from: number;
}
