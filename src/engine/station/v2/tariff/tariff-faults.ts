import { COST_DIMENSIONS, priceList, type Tariff } from '../../../../ocpp/tariff/tariff.ts';

/** The most prices in one list of a tariff (TariffCostCtrlr.MaxElements). */
export const PRICE_ELEMENTS_MAX = 20;

/** Whether a tariff has more prices than the station calculates with (I07.FR.02, I11.FR.02). */
export function hasTooManyElements(tariff: Tariff): boolean {
  return COST_DIMENSIONS.some((name) => (priceList(tariff, name)?.prices.length ?? 0) > PRICE_ELEMENTS_MAX);
}
