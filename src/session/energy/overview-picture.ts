import type { EnergyOverview, StationChoice } from './overview.ts';
import type { SessionEnergy } from './session-energy.ts';
import type { StationEnergy } from './station-energy.ts';

const STATIONS_MAX = 10_000;
const TRANSACTIONS_MAX = 500;
/** Of all stations together, unless there are so many that each has just these few. */
const TRANSACTIONS_IN_ALL_MAX = 20_000;
const TRANSACTIONS_MIN = 5;

/** What there is to see in a session so far. A station that said nothing of energy is not in it. */
export function energyOverview(energy: SessionEnergy): EnergyOverview {
  const speaking = [...energy.stations()].filter(({ version }) => version !== undefined);
  const shown = speaking.sort((a, b) => (a.station < b.station ? -1 : 1)).slice(0, STATIONS_MAX);
  const each = Math.floor(TRANSACTIONS_IN_ALL_MAX / Math.max(1, shown.length));
  const transactions = Math.min(TRANSACTIONS_MAX, Math.max(TRANSACTIONS_MIN, each));
  return {
    revision: energy.revision,
    ...energy.progress,
    stations: shown.flatMap((station) => choiceOf(station, transactions) ?? []),
  };
}

function choiceOf(station: StationEnergy, transactionsMax: number): StationChoice | undefined {
  const { version, extent, topicExtents } = station;
  if (version === undefined || extent === undefined) return undefined;
  const { all } = station.known.transactions;
  return {
    station: station.station,
    version,
    evses: station.evses.ascending,
    transactions: all.slice(-transactionsMax).map(({ id, evseId, startedAt, endedAt, startEntry, endEntry }) => ({
      ...{ id, evseId, startedAt, endedAt, startEntry, endEntry },
    })),
    transactionsInAll: all.length,
    samples: topicExtents.reduce((sum, { samples }) => sum + (samples ?? 0), 0),
    ...extent,
    topics: [...new Set(topicExtents.flatMap(({ topics }) => topics))],
    ...(station.fault === undefined ? {} : { fault: station.fault }),
  };
}
