import type { EnergyOverview, StationChoice, TransactionChoice } from '../../session/energy/overview.ts';

/** A stretch of time in milliseconds since 1970 in UTC. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What of the session is looked at. */
export interface EnergyChoice {
  readonly overview: EnergyOverview | null;
  readonly station: string | null;
  readonly transaction: string | null;
}

/** Room around a transaction, as a share of how long it took: what led to it stands before its beginning. */
const MARGIN = 0.03;
/** Shown where something has no length, in milliseconds. */
const MOMENT = 60_000;

/** The station that is chosen. */
export function stationOf({ overview, station }: EnergyChoice): StationChoice | undefined {
  return overview?.stations.find((one) => one.station === station);
}

/** A transaction of the chosen station. */
export function transactionOf(choice: EnergyChoice, id: string | null): TransactionChoice | undefined {
  return stationOf(choice)?.transactions.find((one) => one.id === id);
}

/** From when to when there is something to see of what is chosen; null where nothing is. */
export function extentOf(choice: EnergyChoice): Stretch | null {
  const station = stationOf(choice);
  if (!station) return null;
  const transaction = transactionOf(choice, choice.transaction);
  if (!transaction) return atLeastAMoment(station.from, station.to);
  const end = transaction.endedAt ?? Math.max(station.to, transaction.startedAt);
  const margin = (end - transaction.startedAt) * MARGIN;
  return atLeastAMoment(transaction.startedAt - margin, end + (transaction.endedAt === null ? 0 : margin));
}

/** Without a choice of the user: the station with the latest data, and its latest transaction. */
export function chosenAtFirst(
  overview: EnergyOverview,
  station: string | null,
): { readonly station: string | null; readonly evseId: number | null; readonly transaction: string | null } {
  const telling = overview.stations.filter(({ topics, transactions }) => topics.length > 0 || transactions.length > 0);
  const [one] =
    station === null
      ? (telling.length > 0 ? telling : overview.stations).toSorted((a, b) => b.to - a.to)
      : overview.stations.filter((each) => each.station === station);
  const latest = one?.transactions.reduce<TransactionChoice | undefined>(
    (best, each) => (best === undefined || each.startedAt >= best.startedAt ? each : best),
    undefined,
  );
  return { station: one?.station ?? null, evseId: latest?.evseId || null, transaction: latest?.id ?? null };
}

function atLeastAMoment(from: number, to: number): Stretch {
  return to > from ? { from, to } : { from: from - MOMENT / 2, to: from + MOMENT / 2 };
}
