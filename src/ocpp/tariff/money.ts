import Big from 'big.js';

/**
 * An exact amount of money. It is held in thirds: a price a minute over milliseconds leaves a factor of one third
 * (1/60,000 = 1/3 of 1/20,000), which no decimal number holds; everything else in a tariff is a decimal.
 */
export interface Money {
  readonly thirds: Big;
}

/** No money. */
export const NOTHING: Money = { thirds: new Big(0) };

/** Exactly as the number was written: `0.1` is one tenth. */
export function decimal(value: number): Big {
  return new Big(value);
}

/** A sum as a number of a message states it. */
export function moneyOf(value: number): Money {
  return { thirds: decimal(value).times(3) };
}

/** What an amount of energy costs. */
export function energyCost(wattHours: Big, pricePerKilowattHour: number): Money {
  return { thirds: wattHours.times(decimal(pricePerKilowattHour)).times('0.003') };
}

/** What a time costs. */
export function timeCost(milliseconds: number, pricePerMinute: number): Money {
  return { thirds: decimal(milliseconds).times(decimal(pricePerMinute)).times('0.00005') };
}

/** The sum of two amounts. */
export function plus(one: Money, other: Money): Money {
  return { thirds: one.thirds.plus(other.thirds) };
}

/** The difference of two amounts. */
export function minus(one: Money, other: Money): Money {
  return { thirds: one.thirds.minus(other.thirds) };
}

/** A multiple of an amount. */
export function times(amount: Money, factor: Big | number): Money {
  return { thirds: amount.thirds.times(factor) };
}

/** Negative, 0 or positive, as the first is less than, equal to or more than the second. */
export function compareMoney(one: Money, other: Money): number {
  return one.thirds.cmp(other.thirds);
}

/** How an amount is brought to a number of decimals: half away from zero, or cut off. */
export type Rounding = 'round' | 'cut';

/** The amount at a number of decimals; the division by three comes last, so that a half is a half. */
export function rounded(amount: Money, digits: number, rounding: Rounding = 'round'): Big {
  return amount.thirds.div(3).round(digits, rounding === 'cut' ? Big.roundDown : Big.roundHalfUp);
}

/** The amount at a number of decimals, as an amount to go on with. */
export function roundedMoney(amount: Money, digits: number, rounding: Rounding = 'round'): Money {
  return { thirds: rounded(amount, digits, rounding).times(3) };
}

/** The amount as a number for charts and tables: exact to some 15 digits. */
export function toNumber(amount: Money): number {
  return amount.thirds.div(3).toNumber();
}

/** Decimals of a currency by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD; 2 for what is no currency. */
export function currencyDigits(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency)) return 2;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
