import { reply } from '../reply.ts';
import { because, type Common, type New21, UNSUPPORTED } from './station-2.ts';

/** Block I. The station has no display on which a cost would be shown; the request is answered with nothing. */
export const TARIFF_AND_COST: Common<'CostUpdated'> = {
  CostUpdated: () => reply({}),
};

/** Block I of 2.1. The station calculates no costs: TariffCostCtrlr.Available is false. */
export const TARIFF_AND_COST_2_1: New21<
  'ChangeTransactionTariff' | 'ClearTariffs' | 'GetTariffs' | 'SetDefaultTariff'
> = {
  ChangeTransactionTariff({ transactionId }, { core }) {
    const known = core.evses.some(({ transaction }) => transaction?.id === transactionId);
    return known
      ? reply({ status: 'Rejected', ...UNSUPPORTED })
      : reply({ status: 'TxNotFound', ...because('TxNotFound') });
  },

  ClearTariffs: ({ tariffIds }) =>
    reply({
      clearTariffsResult: tariffIds?.map((tariffId) => ({ tariffId, status: 'NoTariff' })) ?? [{ status: 'NoTariff' }],
    }),

  GetTariffs: () => reply({ status: 'NoTariff' }),

  SetDefaultTariff: () => reply({ status: 'Rejected', ...UNSUPPORTED }),
};
