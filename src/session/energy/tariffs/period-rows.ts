import type { Charge, CostPeriod, Decision, Evaluation } from '../../../ocpp/tariff/evaluation.ts';
import { toNumber } from '../../../ocpp/tariff/money.ts';
import { type CostDimension, priceList, RUNNING_DIMENSIONS, type Tariff } from '../../../ocpp/tariff/tariff.ts';
import { conditionsInWords } from '../../../ocpp/tariff/words.ts';
import type { ChargeRow, PeriodRows } from './tariff-picture.ts';

type Tariffs = ReadonlyMap<string, Tariff>;

/** What is paid once. */
export function onceRows(evaluation: Evaluation, tariffs: Tariffs): readonly ChargeRow[] {
  return evaluation.once.map((charge) => row(charge.dimension, charge, tariffs.get(charge.tariffId)));
}

/** A charging period with its prices. */
export function periodRows(period: CostPeriod, tariffs: Tariffs, offset: number): PeriodRows {
  const { tariffId, from, to, because, interpolated, charges } = period;
  const tariff = tariffId === null ? undefined : tariffs.get(tariffId);
  const rows = RUNNING_DIMENSIONS.flatMap((dimension) => {
    const charge = charges[dimension];
    return charge ? [row(dimension, charge, tariff)] : [];
  });
  return { tariffId, from, to, offset, because, interpolated, rows };
}

function row(dimension: CostDimension, charge: Charge, tariff: Tariff | undefined): ChargeRow {
  const { decision, quantity, exclTax, inclTax } = charge;
  const list = tariff && priceList(tariff, dimension);
  const conditions = decision.element === null ? undefined : list?.prices[decision.element]?.conditions;
  return {
    dimension,
    quantity,
    element: decision.element === null ? null : decision.element + 1,
    price: decision.price,
    conditions: conditionsInWords(conditions),
    passedOver: decision.passedOver.map(passedOverInWords),
    exclTax: shown(toNumber(exclTax)),
    inclTax: shown(toNumber(inclTax)),
  };
}

function passedOverInWords({ element, condition, unknown }: Decision['passedOver'][number]): string {
  return `price ${element + 1}: ${condition} ${unknown ? 'is not known to be met' : 'is not met'}`;
}

/** For a table: to the millionth, so that a third of a cent has an end. */
export function shown(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
