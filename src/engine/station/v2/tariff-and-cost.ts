import type { JsonObject } from '../../../ocpp/json.ts';
import type { ResponseOf } from '../../../ocpp/messages.ts';
import { parseTariff } from '../../../ocpp/tariff/parse-tariff.ts';
import type { RpcError } from '../../rpc/effects.ts';
import { type Reply, reply } from '../reply.ts';
import { because, type Common, type New21, type Station2 } from './station-2.ts';
import { hasTooManyElements } from './tariff/tariff-faults.ts';

/** Block I. The station has no display on which a cost would be shown; the request is answered with nothing. */
export const TARIFF_AND_COST: Common<'CostUpdated'> = {
  CostUpdated: () => reply({}),
};

type Assignment = NonNullable<ResponseOf<'2.1', 'GetTariffs'>['tariffAssignments']>[number];
type ClearResult = ResponseOf<'2.1', 'ClearTariffs'>['clearTariffsResult'][number];

/** I07.FR.01, I11.FR.01. */
const NOT_SUPPORTED: { readonly error: RpcError } = {
  error: { code: 'NotSupported', description: 'TariffCostCtrlr.Enabled[Tariff] is false.' },
};

/** Block I of 2.1: the station calculates costs. */
export const TARIFF_AND_COST_2_1: New21<
  'ChangeTransactionTariff' | 'ClearTariffs' | 'GetTariffs' | 'SetDefaultTariff'
> = {
  ChangeTransactionTariff({ transactionId, tariff }, { core, tariffs }) {
    if (!tariffs.enabled) return NOT_SUPPORTED;
    const evse = core.evses.find(({ transaction }) => transaction?.id === transactionId);
    // I11.FR.04.
    if (!evse?.transaction) return reply({ status: 'TxNotFound', ...because('TxNotFound') });
    const { transaction } = evse;
    const parsed = parseTariff(tariff as JsonObject);
    if (!parsed.ok) return reply({ status: 'Rejected', ...because('InvalidValue', parsed.error.sentence) });
    // I11.FR.02.
    if (hasTooManyElements(parsed.value)) return reply({ status: 'TooManyElements' });
    const before = tariffs.tariffOf(transaction)?.currency;
    // I11.FR.05.
    if (before !== undefined && before !== parsed.value.currency) return reply({ status: 'NoCurrencyChange' });
    return reply({ status: 'Accepted' }, () => {
      if (evse.transaction === transaction) tariffs.change(evse, transaction, parsed.value);
    });
  },

  /** I10. */
  ClearTariffs({ tariffIds, evseId }, { core, tariffs }): Reply<ResponseOf<'2.1', 'ClearTariffs'>> {
    const evses = core.evses.filter(({ id }) => evseId === undefined || evseId === 0 || evseId === id);
    const ofDefaults = evses.flatMap(({ id }) => tariffs.defaults.clear(id, tariffIds, core.now()));
    const ofDrivers = tariffs.clearDrivers(tariffIds, evseId === 0 ? undefined : evseId);
    const cleared = [...new Set([...ofDefaults, ...ofDrivers])];
    const missing = cleared.length > 0 ? (tariffIds ?? []).filter((tariffId) => !cleared.includes(tariffId)) : [];
    const [first, ...others]: ClearResult[] = [
      ...cleared.map((tariffId) => ({ tariffId, status: 'Accepted' as const })),
      ...missing.map((tariffId) => ({ tariffId, status: 'NoTariff' as const })),
    ];
    // I10.FR.06.
    return reply({ clearTariffsResult: first ? [first, ...others] : [{ status: 'NoTariff' }] });
  },

  /** I09. */
  GetTariffs({ evseId }, station): Reply<ResponseOf<'2.1', 'GetTariffs'>> {
    if (evseId !== 0 && !station.core.evse(evseId)) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    const [first, ...others] = [...defaultAssignments(station, evseId), ...driverAssignments(station, evseId)];
    return reply(first ? { status: 'Accepted', tariffAssignments: [first, ...others] } : { status: 'NoTariff' });
  },

  SetDefaultTariff({ evseId, tariff }, { core, tariffs }) {
    if (!tariffs.enabled) return NOT_SUPPORTED;
    // I07.FR.06.
    if (evseId !== 0 && !core.evse(evseId)) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    const parsed = parseTariff(tariff as JsonObject);
    // I07.FR.05.
    if (!parsed.ok) return reply({ status: 'Rejected', ...because('InvalidValue', parsed.error.sentence) });
    if (hasTooManyElements(parsed.value)) return reply({ status: 'TooManyElements' });
    if (tariffs.has(parsed.value.tariffId)) return reply({ status: 'DuplicateTariffId' });
    // I07.FR.11, FR.12.
    const evses = evseId === 0 ? core.evses.map(({ id }) => id) : [evseId];
    for (const id of evses) tariffs.defaults.install(id, parsed.value, core.now());
    return reply({ status: 'Accepted' });
  },
};

/** I09.FR.04, FR.07. */
function defaultAssignments({ core, tariffs }: Station2, evseId: number): readonly Assignment[] {
  const assignments = new Map<string, Assignment & { evseIds: [number, ...number[]] }>();
  for (const { id } of core.evses) {
    if (evseId !== 0 && evseId !== id) continue;
    for (const { tariffId, validFrom } of tariffs.defaults.list(id, core.now())) {
      const known = assignments.get(tariffId);
      if (known) {
        known.evseIds.push(id);
        continue;
      }
      assignments.set(tariffId, {
        tariffId,
        tariffKind: 'DefaultTariff',
        evseIds: [id],
        ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom).toISOString() }),
      });
    }
  }
  return [...assignments.values()];
}

/** I09.FR.05, FR.06. */
function driverAssignments({ tariffs }: Station2, evseId: number): readonly Assignment[] {
  return tariffs
    .drivers()
    .filter((each) => evseId === 0 || each.evseId === evseId)
    .map(({ tariff, idToken, evseId: id }) => ({
      tariffId: tariff.tariffId,
      tariffKind: 'DriverTariff' as const,
      ...(id === undefined ? {} : { evseIds: [id] as [number] }),
      idTokens: [idToken.token] as [string],
    }));
}
