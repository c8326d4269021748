import { firstAfter, firstAtOrAfter, type Samples } from '../../../ocpp/metering/samples.ts';
import type { SeriesKey } from '../metering/meter-series.ts';
import type { GridMeasurements, GridQuantity, GridSample } from './measured.ts';

/** A series of meter values, as far as the grid needs it. */
export interface MeteredSeries extends Samples {
  readonly key: SeriesKey;
}

/** The side of the grid first: at the outlet of a DC station there is no AC. */
const LOCATIONS = ['Inlet', 'Outlet', 'Cable', 'Body'] as const;

/** Samples of a range that are looked at; of more, every so many-th. */
const SAMPLES_MAX = 20_000;

interface Source {
  readonly series: readonly MeteredSeries[];
  readonly how: 'mean' | 'sum';
}

/** Series that together are a quantity: what is taken from the grid, and what is given back. */
interface Sources {
  readonly plus: Source;
  readonly minus: Source;
}

/** What was measured at an EVSE, from its series of meter values. */
export class MeteredGrid implements GridMeasurements {
  readonly #sources: Readonly<Record<GridQuantity, Sources>>;

  constructor(all: readonly MeteredSeries[], evseId: number | null) {
    const own = all.filter(({ key }) => key.evseId === evseId && key.source === 'sampled');
    const none: Source = { series: [], how: 'sum' };
    this.#sources = {
      voltage: { plus: meanOf(own, 'Voltage', 'V'), minus: none },
      frequency: { plus: meanOf(own, 'Frequency', 'Hz'), minus: none },
      activePower: powerOf(own, 'Active', 'W'),
      reactivePower: powerOf(own, 'Reactive', 'var'),
    };
  }

  /** Whether anything of it was measured. */
  has(quantity: GridQuantity): boolean {
    const { plus, minus } = this.#sources[quantity];
    return plus.series.length + minus.series.length > 0;
  }

  latest(quantity: GridQuantity, at: number): GridSample | undefined {
    const { plus, minus } = this.#sources[quantity];
    const times = [...plus.series, ...minus.series].flatMap((series) => {
      const index = firstAfter(series, at) - 1;
      return index < 0 ? [] : [series.at(index)];
    });
    return times.length === 0 ? undefined : this.#at(quantity, Math.max(...times));
  }

  between(quantity: GridQuantity, from: number, to: number, most = SAMPLES_MAX): readonly GridSample[] {
    const { plus, minus } = this.#sources[quantity];
    const times = new Set<number>();
    for (const series of [...plus.series, ...minus.series]) {
      const end = firstAtOrAfter(series, to);
      const first = firstAtOrAfter(series, from);
      const step = Math.max(1, (end - first) / most);
      for (let index = first; index < end; index += step) times.add(series.at(Math.floor(index)));
    }
    return [...times].sort((a, b) => a - b).flatMap((at) => this.#at(quantity, at) ?? []);
  }

  #at(quantity: GridQuantity, at: number): GridSample | undefined {
    const { plus, minus } = this.#sources[quantity];
    const [taken, given] = [combined(plus, at), combined(minus, at)];
    if (!taken && !given) return undefined;
    return { at, value: (taken?.value ?? 0) - (given?.value ?? 0), entry: taken?.entry ?? given?.entry ?? 0 };
  }
}

/** The EVSE whose measured values are meant: the one that is chosen, else the first that measures power, else the station. */
export function measuredEvse(all: readonly MeteredSeries[], chosen: number | null): number | null {
  if (chosen !== null) return chosen;
  const measured = all
    .filter(({ key }) => key.measurand.startsWith('Power.Active') || key.measurand === 'Frequency')
    .map(({ key }) => key.evseId ?? 0)
    .sort((a, b) => a - b);
  return measured.find((evseId) => evseId > 0) ?? measured[0] ?? null;
}

function meanOf(own: readonly MeteredSeries[], measurand: string, unit: string): Source {
  const series = atBestLocation(own.filter(({ key }) => key.measurand === measurand && key.unit === unit));
  const toNeutral = series.filter(({ key }) => key.phase.endsWith('-N'));
  const phases = series.filter(({ key }) => /^L[123]$/.test(key.phase));
  const total = series.filter(({ key }) => key.phase === '');
  const best = [toNeutral, phases, total].find((some) => some.length > 0) ?? series;
  return { series: best, how: 'mean' };
}

function powerOf(own: readonly MeteredSeries[], kind: 'Active' | 'Reactive', unit: string): Sources {
  const of = (direction: string) =>
    own.filter(({ key }) => key.measurand === `Power.${kind}.${direction}` && key.unit === unit);
  // What is taken and what is given back is of one place.
  const [location] = atBestLocation([...of('Import'), ...of('Export')]);
  const source = (direction: string): Source => {
    const there = of(direction).filter(({ key }) => key.location === location?.key.location);
    const total = there.filter(({ key }) => key.phase === '');
    return { series: total.length > 0 ? total : there, how: 'sum' };
  };
  return { plus: source('Import'), minus: source('Export') };
}

function atBestLocation(series: readonly MeteredSeries[]): readonly MeteredSeries[] {
  for (const location of LOCATIONS) {
    const there = series.filter(({ key, length }) => key.location === location && length > 0);
    if (there.length > 0) return there;
  }
  return [];
}

function combined({ series, how }: Source, at: number): { readonly value: number; readonly entry: number } | undefined {
  let sum = 0;
  let count = 0;
  let entry = 0;
  for (const each of series) {
    const index = firstAtOrAfter(each, at);
    if (index >= each.length || each.at(index) !== at) continue;
    sum += each.value(index);
    entry = each.entry(index);
    count += 1;
  }
  if (count === 0) return undefined;
  return { value: how === 'mean' ? sum / count : sum, entry };
}
