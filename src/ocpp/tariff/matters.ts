import type { CostRequest } from './evaluate.ts';
import type { Reading } from './reading.ts';
import { COST_DIMENSIONS, type Conditions, type PriceList, priceList } from './tariff.ts';

/**
 * Whether another reading can come to another cost at all, by what the tariffs have in them: looking that up takes far
 * less than calculating a transaction again.
 */
export function matters(reading: Partial<Reading>, { tariffs, course }: CostRequest): boolean {
  const all = tariffs.map(({ tariff }) => tariff);
  const lists = all.flatMap((tariff) => COST_DIMENSIONS.flatMap((dimension) => priceList(tariff, dimension) ?? []));
  const conditions = lists.flatMap(({ prices }: PriceList) => prices.flatMap((price) => price.conditions ?? []));
  const asks = (names: readonly (keyof Conditions)[]): boolean =>
    conditions.some((each) => names.some((name) => each[name] !== undefined));
  const rates = Math.max(0, ...lists.map(({ taxRates }) => taxRates.length));
  const possible: { readonly [name in keyof Reading]: boolean } = {
    clock: asks(['startTimeOfDay', 'endTimeOfDay', 'dayOfWeek', 'validFromDate', 'validToDate']),
    tax: rates > (reading.tax === 'none' ? 0 : 1),
    minimum: all.some(({ minCost }) => minCost),
    maximum: all.some(({ maxCost }) => maxCost),
    fixedFee: all.some(({ fixedFee }) => fixedFee) && (reading.fixedFee !== 'every tariff' || all.length > 1),
    idle: all.some(({ idleTime, chargingTime }) => idleTime ?? chargingTime) || asks(['minIdleTime', 'maxIdleTime']),
    rounding: true,
    energy: course.register.length > 0 && all.some(({ energy }) => energy),
    change: all.length > 1,
    match: lists.some(({ prices }) => prices.length > 1),
    idleDuration: asks(['minIdleTime', 'maxIdleTime']),
  };
  return (Object.keys(reading) as (keyof Reading)[]).every((name) => possible[name]);
}
