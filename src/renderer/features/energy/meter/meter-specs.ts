import type { ShownSamples } from '../../../../session/energy/metering/samples-question.ts';
import { timeOfDay } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import type { ChartColour, TimeChartSpec, TimeSeries, ValueAxis } from '../../../components/chart/time-chart-spec.ts';
import { type MeterPart, partKey, type ShownSeries } from './meter-parts.ts';

/** A series with its samples, as a chart and the table show it. */
export interface DrawnSeries {
  readonly shown: ShownSeries;
  readonly samples: ShownSamples;
  readonly series: TimeSeries;
  readonly axis: ValueAxis;
}

const COLOURS: readonly ChartColour[] = [1, 2, 3, 4, 5, 6, 7, 8];
/** Units that large values are shown with `k` and `M` of. */
const SCALED = new Set(['W', 'Wh', 'VA', 'VAh', 'var', 'varh', 'A', 'V', 'Pa']);
const AXIS_NAMES: Readonly<Record<string, string>> = {
  W: 'Power',
  '%': 'State of charge',
  Wh: 'Energy',
  A: 'Current',
  V: 'Voltage',
  Hz: 'Frequency',
  var: 'Reactive power',
  varh: 'Reactive energy',
  VA: 'Apparent power',
  VAh: 'Apparent energy',
  '°C': 'Temperature',
  s: 'Time',
};
/** So that the time axes of charts that stand above each other are the same. */
const SIDES = { left: 60, right: 52 };

/** What has to be said of a series, so that nobody takes it for another one. */
export interface ToldApart {
  readonly stations: boolean;
  readonly transactions: boolean;
  readonly evses: boolean;
  /** `EVSE`, or `connector` of 1.6. */
  readonly evseWord: string;
}

/** What has to be said of each of some series. */
export function toldApart(shown: readonly ShownSeries[], evseWord: string): ToldApart {
  const parts = [...new Set(shown.map(({ part }) => part))];
  const stations = new Set(parts.map(({ station }) => station)).size;
  const evsesOf = (part: MeterPart) => shown.filter((one) => one.part === part).map(({ choice }) => choice.evseId);
  return {
    stations: stations > 1,
    transactions: parts.length > stations,
    evses: parts.some((part) => new Set(evsesOf(part)).size > 1),
    evseWord,
  };
}

/** Samples as series of charts. What is exported stands below zero, as in every chart of energy. */
export function drawnSeries(
  shown: readonly ShownSeries[],
  answer: readonly ShownSamples[],
  told: ToldApart,
): readonly DrawnSeries[] {
  const byKey = new Map(
    answer.map((samples) => [keyOf(samples.station, samples.transaction, samples.series), samples]),
  );
  return shown.flatMap((one, index): readonly DrawnSeries[] => {
    const { part, choice } = one;
    const samples = byKey.get(keyOf(part.station, part.filtered ? (part.transaction?.id ?? null) : null, choice.id));
    if (samples === undefined) return [];
    const axis = axisOf(choice.unit, choice.label);
    const down = isBelowZero(one);
    const series: TimeSeries = {
      id: `${part.key}${choice.id}`,
      label: seriesLabel(one, told),
      axis: axis.id,
      shape: choice.kind === 'interval' || choice.source === 'meterStart' ? 'points' : shapeOf(choice.kind),
      colour: COLOURS[index % COLOURS.length] ?? 1,
      at: samples.at,
      value: down ? samples.value.map(negative) : samples.value,
      low: down ? samples.high?.map(negative) : samples.low,
      high: down ? samples.low?.map(negative) : samples.high,
      entry: samples.entry,
      // A series that was moved says when it was.
      ...(part.shift !== 0 && { note: samples.at.map((at) => `at ${timeOfDay(at - part.shift)}`) }),
    };
    return [{ shown: one, samples, series, axis }];
  });
}

/** Power and current that flow out of the EV. */
export function isBelowZero({ choice }: ShownSeries): boolean {
  return choice.flow === 'export' && (choice.unit === 'W' || choice.unit === 'A');
}

/** One chart for each unit, but the state of charge goes along with the first. */
export function chartsOf(drawn: readonly DrawnSeries[]): readonly TimeChartSpec[] {
  const units = [...new Set(drawn.map(({ axis }) => axis.unit))].sort((one, other) => rank(one) - rank(other));
  const alone = units.filter((unit) => unit !== '%');
  const charts = alone.length === 0 ? [units] : alone.map((unit, index) => (index === 0 ? [unit, '%'] : [unit]));
  return charts.map((of) => {
    const axes = of.flatMap((unit) => drawn.find(({ axis }) => axis.unit === unit)?.axis ?? []);
    return {
      title: axes.map(({ label }) => label).join(' and '),
      axes,
      series: drawn.filter(({ axis }) => of.includes(axis.unit)).map(({ series }) => series),
      ...(charts.length > 1 && { sides: SIDES }),
    };
  });
}

function rank(unit: string): number {
  const order = ['W', 'A', '%', 'V', 'Hz', 'Wh'];
  return order.includes(unit) ? order.indexOf(unit) : order.length;
}

function axisOf(unit: string, label: string): ValueAxis {
  const name = AXIS_NAMES[unit] ?? label;
  const include = unit === '%' ? [0, 100] : unit === 'W' || unit === 'A' ? [0] : [];
  return { id: unit || label, label: name, unit, scales: SCALED.has(unit), include };
}

function shapeOf(kind: string): TimeSeries['shape'] {
  return kind === 'held' ? 'step' : 'line';
}

function seriesLabel({ part, choice }: ShownSeries, told: ToldApart): string {
  const place =
    choice.evseId === null
      ? `no ${told.evseWord}`
      : choice.evseId === 0
        ? 'whole station'
        : `${told.evseWord} ${choice.evseId}`;
  const start = part.transaction === null ? '' : timeOfDay(part.transaction.startedAt).slice(0, 5);
  return [
    choice.label,
    choice.phase,
    choice.location === 'Outlet' ? '' : choice.location,
    told.evses || choice.evseId === 0 ? place : '',
    told.stations ? visibleLine(part.station, 40) : '',
    told.transactions ? start || 'all the time' : '',
  ]
    .filter((piece) => piece !== '')
    .join(' · ');
}

function keyOf(station: string, transaction: string | null, series: string): string {
  return partKey(station, transaction) + series;
}

function negative(value: number | null): number | null {
  return value === null || value === 0 ? value : -value;
}
