import {
  MEASURANDS,
  type MeasurandKind,
  type MeteredQuantity,
  measurand,
  QUANTITIES,
} from '../../../ocpp/metering/measurands.ts';
import { PHASES, READING_CONTEXTS } from '../../../ocpp/metering/terms.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { MeterSeries, SeriesKey } from './meter-series.ts';
import type { Metering, MeteringFault } from './metering.ts';

/** A series of meter values as it is chosen from a list. */
export interface SeriesChoice extends SeriesKey {
  /** Unique at its station. */
  readonly id: string;
  /** In words, such as `Power imported`; the name of the measurand where no version has it. */
  readonly label: string;
  readonly quantity: MeteredQuantity;
  readonly kind: MeasurandKind;
  readonly flow: 'import' | 'export' | null;
  readonly samples: number;
  /** From the first to the last sample. */
  readonly from: number;
  readonly to: number;
  /** Reading contexts that its samples have. */
  readonly contexts: readonly string[];
  /** Transactions that its samples name. */
  readonly transactions: number;
  /** Samples whose unit was not said. */
  readonly unitsAssumed: number;
}

/** The series of a station. */
export interface StationSeries {
  readonly station: string;
  /** Power first; each measurand with its sum before its phases. At most 2,000. */
  readonly series: readonly SeriesChoice[];
  /** What was wrong with meter values, a line for each kind of fault. */
  readonly faults: readonly MeteringFault[];
  /** Samples that came more than once, and count once. */
  readonly repeated: number;
}

/** Which meter values there are of some stations; one without any has no series. */
export function stationSeries(energy: SessionEnergy, stations: readonly string[]): readonly StationSeries[] {
  return stations.flatMap((station) => {
    const metering = energy.station(station)?.topics.metering;
    return metering === undefined ? [] : [described(station, metering)];
  });
}

function described(station: string, metering: Metering): StationSeries {
  const all = metering.series().filter((series) => series.length > 0);
  return {
    station,
    series: all.map((series) => choiceOf(series, metering)).sort(inOrder),
    faults: metering.faults,
    repeated: all.reduce((sum, series) => sum + series.repeated, 0),
  };
}

function choiceOf(series: MeterSeries, metering: Metering): SeriesChoice {
  const known = measurand(series.key.measurand);
  return {
    ...series.key,
    id: series.id,
    label: series.key.source === 'meterStart' ? 'meterStart and meterStop' : (known?.label ?? series.key.measurand),
    quantity: known?.quantity ?? 'other',
    kind: series.kind,
    flow: known?.flow ?? null,
    samples: series.length,
    from: series.at(0),
    to: series.at(series.length - 1),
    contexts: [...series.contexts].map((code) => metering.contextName(code)).sort(rankedBy(READING_CONTEXTS)),
    transactions: series.transactions.size,
    unitsAssumed: series.unitsAssumed,
  };
}

const byMeasurand = rankedBy(Object.keys(MEASURANDS));
const byPhase = rankedBy(['', ...PHASES]);

function inOrder(one: SeriesChoice, other: SeriesChoice): number {
  return (
    QUANTITIES.indexOf(one.quantity) - QUANTITIES.indexOf(other.quantity) ||
    byMeasurand(one.measurand, other.measurand) ||
    (one.evseId ?? -1) - (other.evseId ?? -1) ||
    byPhase(one.phase, other.phase) ||
    one.location.localeCompare(other.location)
  );
}

/** In the order of a list, with what is not in it behind. */
function rankedBy(list: readonly string[]): (one: string, other: string) => number {
  const rank = (name: string) => (list.includes(name) ? list.indexOf(name) : list.length);
  return (one, other) => rank(one) - rank(other) || one.localeCompare(other);
}
