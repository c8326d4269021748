import type { Arguments } from '../../../../bridge/contract.ts';
import type { SeriesChoice, StationSeries } from '../../../../session/energy/metering/series-question.ts';
import type { EnergyOverview, TransactionChoice } from '../../../../session/energy/overview.ts';

/** A station, or one of its transactions, whose values are shown. */
export interface MeterPart {
  readonly key: string;
  readonly station: string;
  readonly transaction: TransactionChoice | null;
  /** Null for all of them. */
  readonly evseId: number | null;
  /** Only the samples that name its transaction. */
  readonly filtered: boolean;
  /** Added to its times, so that it begins where the first part does. */
  readonly shift: number;
}

/** Names a station, or a transaction of it, among what may be compared. */
export function partKey(station: string, transaction: string | null): string {
  return JSON.stringify([station, transaction]);
}

/** What is shown: what the board shows first, then what is compared with it. */
export function partsOf(
  overview: EnergyOverview,
  station: string,
  transaction: string | null,
  evseId: number | null,
  compared: Readonly<Record<string, boolean>>,
  aligned: boolean,
): readonly MeterPart[] {
  const find = (name: string, id: string | null) =>
    overview.stations.find((one) => one.station === name)?.transactions.find((one) => one.id === id) ?? null;
  const main = find(station, transaction);
  const first: MeterPart = {
    key: partKey(station, transaction),
    station,
    transaction: main,
    evseId,
    filtered: false,
    shift: 0,
  };
  const others = Object.entries(compared).flatMap(([key, on]): readonly MeterPart[] => {
    const [name, id] = JSON.parse(key) as [string, string | null];
    const known = overview.stations.some((one) => one.station === name);
    const other = find(name, id);
    if (!on || !known || key === first.key || (id !== null && other === null)) return [];
    const shift = aligned && main && other ? main.startedAt - other.startedAt : 0;
    return [{ key, station: name, transaction: other, evseId: other?.evseId || null, filtered: other !== null, shift }];
  });
  return [first, ...others];
}

/** A series that is shown, and for which part. */
export interface ShownSeries {
  readonly part: MeterPart;
  readonly choice: SeriesChoice;
}

/** Series in one question. */
export const SERIES_MAX = 40;

/** The series of each part: those of one EVSE, and of the whole station, where it is about one. */
export function seriesOfParts(parts: readonly MeterPart[], stations: readonly StationSeries[]): readonly ShownSeries[] {
  return parts.flatMap((part) => {
    const { series } = stations.find(({ station }) => station === part.station) ?? { series: [] };
    const { evseId } = part;
    return series
      .filter((choice) => evseId === null || choice.evseId === evseId || !choice.evseId)
      .map((choice) => ({ part, choice }));
  });
}

type AskedPart = Arguments<'energy.samples'>[0]['parts'][number];

/** Shown series as the engine is asked for them. */
export function askedParts(shown: readonly ShownSeries[]): AskedPart[] {
  return [...Map.groupBy(shown, ({ part }) => part)].map(([part, all]) => ({
    station: part.station,
    series: all.map(({ choice }) => choice.id),
    ...(part.filtered && part.transaction && { transaction: part.transaction.id }),
    ...(part.shift !== 0 && { shift: part.shift }),
  }));
}
