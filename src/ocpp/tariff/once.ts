import { charge } from './charges.ts';
import type { Moment } from './conditions.ts';
import { decide } from './decide.ts';
import type { AssignedTariff, OnceCharge } from './evaluation.ts';
import { moneyOf, timeCost, times } from './money.ts';
import type { Reading } from './reading.ts';
import { priceList, type Tariff } from './tariff.ts';

/** When and how what is paid once comes about. */
export interface OnceRequest {
  /** Those of the transaction; the one at its start decides, and none does where there was none at the start. */
  readonly tariffs: readonly AssignedTariff[];
  readonly from: number;
  readonly reservedAt?: number;
  /** The state at the start of the transaction. */
  readonly moment: Moment;
  readonly reading: Reading;
  readonly digits: number;
}

/**
 * The fixed fee and what a reservation costs: evaluated once, at the start of the transaction (I12.FR.06, I12.FR.30),
 * so that a tariff which comes later adds none.
 */
export function onceCharges(request: OnceRequest): readonly OnceCharge[] {
  const { tariffs, from, reservedAt, reading } = request;
  const atStart = tariffs.findLast((each) => each.from <= from)?.tariff;
  const charges: OnceCharge[] = [];
  const paying = reading.fixedFee === 'every tariff' ? tariffs.map(({ tariff }) => tariff) : atStart ? [atStart] : [];
  for (const tariff of reading.fixedFee === 'never' ? [] : paying) charges.push(...fixedFee(tariff, request));
  if (!atStart || reservedAt === undefined) return charges;
  return [...charges, ...reservation(atStart, from - reservedAt, request)];
}

function fixedFee(tariff: Tariff, { moment, reading, digits }: OnceRequest): readonly OnceCharge[] {
  const list = tariff.fixedFee;
  const decision = list && decide(list, moment, reading.match);
  if (!list || !decision || decision.element === null) return [];
  const number = reading.fixedFee === 'twice' ? 2 : 1;
  const amount = times(moneyOf(decision.price), number);
  const paid = charge(decision, number, amount, list, { reading, digits });
  return [{ dimension: 'fixed', tariffId: tariff.tariffId, ...paid }];
}

function reservation(tariff: Tariff, milliseconds: number, request: OnceRequest): readonly OnceCharge[] {
  const { moment, reading } = request;
  return (['reservationTime', 'reservationFixed'] as const).flatMap((dimension) => {
    const list = priceList(tariff, dimension);
    const decision = list && decide(list, moment, reading.match);
    if (!list || !decision || decision.element === null) return [];
    const amount = dimension === 'reservationTime' ? timeCost(milliseconds, decision.price) : moneyOf(decision.price);
    const quantity = dimension === 'reservationTime' ? milliseconds : 1;
    return [{ dimension, tariffId: tariff.tariffId, ...charge(decision, quantity, amount, list, request) }];
  });
}
