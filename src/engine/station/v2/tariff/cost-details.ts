import type { RequestOf } from '../../../../ocpp/messages.ts';
import type { Amount, CostPeriod, Evaluation } from '../../../../ocpp/tariff/evaluation.ts';
import { toNumber } from '../../../../ocpp/tariff/money.ts';
import { COST_DIMENSIONS, priceList, type Tariff } from '../../../../ocpp/tariff/tariff.ts';

type Details = NonNullable<RequestOf<'2.1', 'TransactionEvent'>['costDetails']>;
type TotalCost = Details['totalCost'];
type Price = NonNullable<TotalCost['energy']>;
type Period = NonNullable<Details['chargingPeriods']>[number];

/**
 * A cost as TransactionEvent tells it; with its charging periods at the end of the transaction alone (I12.FR.01, errata
 * of I12.FR.02). Amounts are not rounded.
 */
export function costDetailsOf(evaluation: Evaluation, tariff: Tariff, ended: boolean): Details {
  const { currency, typeOfCost, usage, periods } = evaluation;
  const dimensions: { [Name in (typeof COST_DIMENSIONS)[number]]?: Price } = {};
  for (const name of COST_DIMENSIONS) {
    const amount = evaluation.dimensions[name];
    if (amount) dimensions[name] = { ...sidesOf(amount), ...taxesOf(tariff, name) };
  }
  const chargingPeriods = periods.map(periodOf);
  return {
    totalCost: { currency, typeOfCost, ...dimensions, total: sidesOf(evaluation.total) },
    totalUsage: {
      energy: usage.energy,
      chargingTime: seconds(usage.chargingTime),
      idleTime: seconds(usage.idleTime),
      ...(usage.reservationTime === undefined ? {} : { reservationTime: seconds(usage.reservationTime) }),
    },
    // There is at least one period.
    ...(ended && chargingPeriods.length > 0 ? { chargingPeriods: chargingPeriods as [Period, ...Period[]] } : {}),
  };
}

/** I12.FR.12, FR.13. */
function sidesOf({ exclTax, inclTax }: Amount): { exclTax?: number; inclTax?: number } {
  return {
    ...(exclTax === null ? {} : { exclTax: toNumber(exclTax) }),
    ...(inclTax === null ? {} : { inclTax: toNumber(inclTax) }),
  };
}

function taxesOf(tariff: Tariff, name: (typeof COST_DIMENSIONS)[number]): Pick<Price, 'taxRates'> {
  const rates = priceList(tariff, name)?.taxRates ?? [];
  return rates.length === 0 ? {} : { taxRates: rates.map((rate) => ({ ...rate })) as unknown as Price['taxRates'] };
}

/** I12.FR.04, FR.35. The schema spells the type of idle time so. */
function periodOf({ tariffId, from, energyFrom, energyTo, chargingTime, idleTime }: CostPeriod): Period {
  return {
    startPeriod: new Date(from).toISOString(),
    ...(tariffId === null ? {} : { tariffId }),
    dimensions: [
      { type: 'Energy', volume: Math.round(1e6 * (energyTo - energyFrom)) / 1e6 },
      { type: 'ChargingTime', volume: seconds(chargingTime) },
      { type: 'IdleTIme', volume: seconds(idleTime) },
    ],
  };
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000);
}
