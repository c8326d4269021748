/** Days as `DayOfWeekEnumType` names them, from Monday on. */
export const DAYS_OF_WEEK = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];

export const EVSE_KINDS = ['AC', 'DC'] as const;
export type EvseKind = (typeof EVSE_KINDS)[number];

/** A tax percentage. */
export interface TaxRate {
  readonly type: string;
  readonly tax: number;
  /** 0 where the message leaves it out. */
  readonly stack: number;
}

/** When a price applies; everything that is set has to be met. Times and dates are local (I07.FR.17). */
export interface FixedConditions {
  /** Minutes since midnight, inclusive. */
  readonly startTimeOfDay?: number;
  /** Minutes since midnight, exclusive; 0 is the end of the day. */
  readonly endTimeOfDay?: number;
  readonly dayOfWeek?: readonly DayOfWeek[];
  /** Days since 1970, inclusive. */
  readonly validFromDate?: number;
  /** Days since 1970, exclusive. */
  readonly validToDate?: number;
  readonly evseKind?: EvseKind;
  readonly paymentBrand?: string;
  readonly paymentRecognition?: string;
}

/** The ranges of `TariffConditionsType`: the lower end belongs to the range, the upper one does not. */
export const RANGES = [
  { min: 'minEnergy', max: 'maxEnergy', quantity: 'energy' },
  { min: 'minCurrent', max: 'maxCurrent', quantity: 'current' },
  { min: 'minPower', max: 'maxPower', quantity: 'power' },
  { min: 'minTime', max: 'maxTime', quantity: 'time' },
  { min: 'minChargingTime', max: 'maxChargingTime', quantity: 'chargingTime' },
  { min: 'minIdleTime', max: 'maxIdleTime', quantity: 'idleTime' },
] as const;
export type RangeQuantity = (typeof RANGES)[number]['quantity'];
export type RangeBound = (typeof RANGES)[number]['min' | 'max'];

export type Conditions = FixedConditions & { readonly [bound in RangeBound]?: number };

/** A price with its conditions; `conditions` is absent where the price always applies. */
export interface PriceElement<C extends FixedConditions = Conditions> {
  readonly price: number;
  readonly conditions?: C;
}

/** The prices for one thing that is paid for, in the order in which they are looked at, with their taxes. */
export interface PriceList<C extends FixedConditions = Conditions> {
  readonly prices: readonly PriceElement<C>[];
  readonly taxRates: readonly TaxRate[];
}

/** A price with and without tax; at least one of them. */
export interface Price {
  readonly exclTax?: number;
  readonly inclTax?: number;
  readonly taxRates: readonly TaxRate[];
}

/** A text for the driver. */
export interface TariffText {
  readonly content: string;
  readonly language?: string;
}

/** `TariffType` of OCPP 2.1. */
export interface Tariff {
  readonly tariffId: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly validFrom?: number;
  readonly description: readonly TariffText[];
  /** A kWh. */
  readonly energy?: PriceList;
  /** A minute. */
  readonly chargingTime?: PriceList;
  /** A minute. */
  readonly idleTime?: PriceList;
  readonly fixedFee?: PriceList<FixedConditions>;
  /** A minute. */
  readonly reservationTime?: PriceList;
  readonly reservationFixed?: PriceList<FixedConditions>;
  readonly minCost?: Price;
  readonly maxCost?: Price;
}

/** What is paid for, in the words of `TotalCostType`. */
export const COST_DIMENSIONS = [
  'fixed',
  'energy',
  'chargingTime',
  'idleTime',
  'reservationTime',
  'reservationFixed',
] as const;
export type CostDimension = (typeof COST_DIMENSIONS)[number];

/** What goes on during a transaction, and is priced by what was used; the rest is paid once, at its start. */
export const RUNNING_DIMENSIONS = ['energy', 'chargingTime', 'idleTime'] as const;
export type RunningDimension = (typeof RUNNING_DIMENSIONS)[number];

/** The price list of a dimension. */
export function priceList(tariff: Tariff, dimension: CostDimension): PriceList | undefined {
  return tariff[dimension === 'fixed' ? 'fixedFee' : dimension];
}
