import { LOCATIONS } from '../../../ocpp/metering/terms.ts';
import { tidy } from '../../../ocpp/metering/units.ts';
import type { TransactionFacts } from '../known.ts';
import type { MeterSeries } from './meter-series.ts';
import type { Metering } from './metering.ts';
import { highestTogether } from './phases-together.ts';
import {
  type EnergyBetween,
  intervalsBetween,
  powerBetween,
  registerBetween,
  type SamplePoint,
  samplePoint,
} from './range-summary.ts';

/** The energy of a transaction as one kind of reading tells it. */
export interface EnergyReading extends Omit<EnergyBetween, 'by'> {
  /** `meterStart`: meterStop minus meterStart of 1.6. The others as in `EnergyBetween`. */
  readonly by: EnergyBetween['by'] | 'meterStart';
  /** Where it was measured. */
  readonly location: string;
  /** It is the sum of L1, L2 and L3, since nothing was given of all phases together. */
  readonly phases: boolean;
  /** The readings at both ends; null of intervals, of power, and of phases. */
  readonly begin: SamplePoint | null;
  readonly end: SamplePoint | null;
}

/** What was measured of a transaction. Amounts are never below zero but for faults; export is apart from import. */
export interface TransactionEnergy {
  /** The best reading first, the others to compare it with; empty where nothing was measured. */
  readonly imported: readonly EnergyReading[];
  readonly exported: readonly EnergyReading[];
  /** W over the time that the best reading covers. */
  readonly averageImport: number | null;
  readonly averageExport: number | null;
  /** The highest power that was read. */
  readonly peakImport: SamplePoint | null;
  readonly peakExport: SamplePoint | null;
}

const PHASES = ['L1', 'L2', 'L3'] as const;
const HOUR = 3_600_000;

/**
 * The energy, average power and peak of a transaction from its meter values. The best reading is meterStop minus
 * meterStart in 1.6, where they are required; then a register (its first and last value in the transaction, which are
 * those of Transaction.Begin and Transaction.End where a station sends them), then intervals, then power integrated over
 * time. Values that name another transaction never count; those that name none count where they are of its EVSE and time.
 * Where it was measured in several places, the one nearest to the vehicle's plug counts: Outlet, Cable, EV, Inlet, Body.
 * An open transaction is measured up to its last value.
 */
export function transactionEnergy(metering: Metering, transaction: TransactionFacts): TransactionEnergy {
  const scope = scopeOf(metering, transaction);
  const imported = readings(scope, 'Import');
  const exported = readings(scope, 'Export');
  return {
    imported,
    exported,
    averageImport: averageOf(imported[0]),
    averageExport: averageOf(exported[0]),
    peakImport: peak(scope, 'Power.Active.Import'),
    peakExport: peak(scope, 'Power.Active.Export'),
  };
}

interface Scope {
  /** Of its EVSE. */
  readonly series: readonly MeterSeries[];
  readonly number: number | undefined;
  readonly clock: number | undefined;
  readonly from: number;
  readonly to: number;
}

type Source = MeterSeries['key']['source'];

function scopeOf(metering: Metering, { id, evseId, startedAt, endedAt }: TransactionFacts): Scope {
  const number = metering.transactionNumber(id);
  const series = metering.series().filter(({ key, transactions, length }) => {
    if (length === 0) return false;
    return (number !== undefined && transactions.has(number)) || (evseId !== 0 && key.evseId === evseId);
  });
  return {
    series,
    number,
    clock: metering.contextCode('Sample.Clock'),
    from: startedAt,
    to: endedAt ?? Number.MAX_SAFE_INTEGER,
  };
}

/** The samples of a series that are of the transaction, and from when to when they count. */
function within(scope: Scope, series: MeterSeries) {
  const { number, from, to } = scope;
  if (number === undefined || !series.transactions.has(number)) {
    return { samples: series, filter: {}, from, to: Math.min(to, series.at(series.length - 1)) };
  }
  const filter = { transaction: number };
  // A reading may bear a time shortly before or after that of the message that starts or ends the transaction.
  const samples = series.chosen(filter, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const last = samples.length - 1;
  return last < 0 ? undefined : { samples, filter, from: samples.at(0), to: samples.at(last) };
}

function readings(scope: Scope, flow: 'Import' | 'Export'): readonly EnergyReading[] {
  const register = `Energy.Active.${flow}.Register`;
  const found = [
    flow === 'Import' ? meterStart(scope) : undefined,
    best(scope, register, registerReading),
    best(scope, `Energy.Active.${flow}.Interval`, intervalReading),
    best(scope, `Power.Active.${flow}`, powerReading),
  ];
  return found.filter((reading) => reading !== undefined);
}

function meterStart(scope: Scope): EnergyReading | undefined {
  const [series] = seriesOf(scope, 'Energy.Active.Import.Register', '', 'meterStart');
  // Of this transaction alone: both have to name it.
  if (series === undefined || scope.number === undefined || !series.transactions.has(scope.number)) return undefined;
  const reading = registerReading(scope, series);
  return reading && { ...reading, by: 'meterStart' };
}

type Read = (scope: Scope, series: MeterSeries) => EnergyReading | undefined;

/** Of all phases together, or else of each; from the location that is nearest to the plug. */
function best(scope: Scope, measurand: string, read: Read): EnergyReading | undefined {
  for (const series of seriesOf(scope, measurand, '')) {
    const reading = read(scope, series);
    if (reading !== undefined) return reading;
  }
  for (const location of LOCATIONS) {
    const phases = PHASES.flatMap((phase) => seriesOf(scope, measurand, phase).filter((one) => at(one, location)));
    const sum = together(phases.map((series) => read(scope, series)).filter((reading) => reading !== undefined));
    if (sum !== undefined) return sum;
  }
  return undefined;
}

const at = ({ key }: MeterSeries, location: string) => key.location === location;

/** Nearest to the plug first; what is measured upstream is not of the transaction alone. */
function seriesOf(scope: Scope, measurand: string, phase: string, source: Source = 'sampled'): readonly MeterSeries[] {
  const unit = measurand.startsWith('Power') ? 'W' : 'Wh';
  const rank = ({ key }: MeterSeries) => (LOCATIONS as readonly string[]).indexOf(key.location);
  return scope.series
    .filter(({ key }) => key.measurand === measurand && key.phase === phase && key.unit === unit)
    .filter(({ key }) => key.source === source && key.location !== 'Upstream')
    .sort((one, other) => rank(one) - rank(other));
}

function together(readings: readonly EnergyReading[]): EnergyReading | undefined {
  const [first] = readings;
  if (first === undefined) return undefined;
  return {
    ...first,
    energy: tidy(readings.reduce((sum, { energy }) => sum + energy, 0)),
    from: Math.min(...readings.map(({ from }) => from)),
    to: Math.max(...readings.map(({ to }) => to)),
    interpolated: readings.some(({ interpolated }) => interpolated),
    rolledOver: readings.some(({ rolledOver }) => rolledOver),
    reset: readings.some(({ reset }) => reset),
    complete: readings.every(({ complete }) => complete),
    entries: [...new Set(readings.flatMap(({ entries }) => entries))],
    phases: true,
    begin: null,
    end: null,
  };
}

function registerReading(scope: Scope, series: MeterSeries): EnergyReading | undefined {
  const part = within(scope, series);
  if (part === undefined || part.from >= part.to) return undefined;
  const { samples, from, to } = part;
  const energy = registerBetween(series, samples, from, to);
  if (energy === null) return undefined;
  const [begin, end] = [samplePoint(samples, 0), samplePoint(samples, samples.length - 1)];
  const exact = !energy.interpolated && begin.at === energy.from && end.at === energy.to;
  return { ...energy, ...where(series), begin: exact ? begin : null, end: exact ? end : null };
}

function intervalReading(scope: Scope, series: MeterSeries): EnergyReading | undefined {
  const part = within(scope, series);
  // The first value of a transaction ends an interval, too.
  const energy = part && intervalsBetween(series, part.filter, part.from - 1, part.to, scope.clock);
  return energy ? { ...energy, ...where(series), begin: null, end: null } : undefined;
}

function powerReading(scope: Scope, series: MeterSeries): EnergyReading | undefined {
  const part = within(scope, series);
  const energy = part && powerBetween(series, part.samples, part.from, part.to);
  return energy ? { ...energy, ...where(series), begin: null, end: null } : undefined;
}

function where({ key }: MeterSeries) {
  return { location: key.location, phases: false };
}

function averageOf(reading: EnergyReading | undefined): number | null {
  if (reading === undefined || reading.to <= reading.from) return null;
  return tidy((reading.energy * HOUR) / (reading.to - reading.from));
}

function peak(scope: Scope, measurand: string): SamplePoint | null {
  const [whole] = seriesOf(scope, measurand, '');
  const parts = whole ? [whole] : PHASES.map((phase) => seriesOf(scope, measurand, phase)[0]);
  const samples = parts.flatMap((series) => {
    const part = series && within(scope, series);
    return part ? [part] : [];
  });
  return highestTogether(samples);
}
