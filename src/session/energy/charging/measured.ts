import { firstAfter, firstAtOrAfter, type Samples } from '../../../ocpp/metering/samples.ts';
import type { SeriesKey } from '../metering/meter-series.ts';

/** A series of meter values, as far as charging needs it. */
export interface MeteredSeries extends Samples {
  readonly key: SeriesKey;
}

/** A measured value in a base unit; charging is positive. */
export interface MeasuredValue {
  readonly at: number;
  readonly value: number;
  readonly entry: number;
}

/** What a quantity is made of, in the order of preference. */
export type Measured =
  | 'power'
  | 'current'
  | 'powerOffered'
  | 'currentOffered'
  | 'stateOfCharge'
  | 'voltage'
  | 'frequency';

/** Where the EV is, first; what is measured at the inlet includes the station's own use. */
const LOCATIONS = ['Outlet', 'EV', 'Cable', 'Body', 'Inlet'];
/** Samples of a stretch that are looked at; of more, every so many-th. */
const SAMPLES_MAX = 20_000;

interface Source {
  readonly plus: readonly MeteredSeries[];
  readonly minus: readonly MeteredSeries[];
  readonly how: 'sum' | 'greatest' | 'mean';
}

/** What was measured at an EVSE, all phases together. */
export class MeasuredAtEvse {
  readonly #sources: Readonly<Record<Measured, Source>>;

  constructor(all: readonly MeteredSeries[], evseId: number) {
    const own = all.filter(({ key, length }) => key.evseId === evseId && key.source === 'sampled' && length > 0);
    const of = (measurand: string) => phasesOf(own.filter(({ key }) => key.measurand === measurand));
    const both = (quantity: string) => {
      const found = [`${quantity}.Import`, `${quantity}.Export`].map((name) =>
        own.filter((s) => s.key.measurand === name),
      );
      // What comes in and what goes out is of one place.
      const location = LOCATIONS.find((name) => found.flat().some(({ key }) => key.location === name));
      return found.map((some) => phasesOf(some.filter(({ key }) => key.location === location)));
    };
    const [powerIn = [], powerOut = []] = both('Power.Active');
    const [currentIn = [], currentOut = []] = both('Current');
    this.#sources = {
      power: { plus: powerIn, minus: powerOut, how: 'sum' },
      current: { plus: currentIn, minus: currentOut, how: 'greatest' },
      powerOffered: { plus: of('Power.Offered'), minus: [], how: 'sum' },
      currentOffered: { plus: of('Current.Offered'), minus: [], how: 'greatest' },
      stateOfCharge: { plus: of('SoC'), minus: [], how: 'mean' },
      voltage: { plus: voltagesOf(own), minus: [], how: 'mean' },
      frequency: { plus: of('Frequency'), minus: [], how: 'mean' },
    };
  }

  has(what: Measured): boolean {
    const { plus, minus } = this.#sources[what];
    return plus.length + minus.length > 0;
  }

  /** The latest value by an instant. */
  latest(what: Measured, instant: number): MeasuredValue | undefined {
    const times = this.#series(what).flatMap((series) => {
      const index = firstAfter(series, instant) - 1;
      return index < 0 ? [] : [series.at(index)];
    });
    return times.length === 0 ? undefined : this.#at(what, Math.max(...times));
  }

  /** Values in `[from, to)` in the order of time. */
  between(what: Measured, from: number, to: number, most = SAMPLES_MAX): readonly MeasuredValue[] {
    const times = new Set<number>();
    for (const series of this.#series(what)) {
      const end = firstAtOrAfter(series, to);
      const first = firstAtOrAfter(series, from);
      const step = Math.max(1, (end - first) / most);
      for (let index = first; index < end; index += step) times.add(series.at(Math.floor(index)));
    }
    return [...times].sort((a, b) => a - b).flatMap((at) => this.#at(what, at) ?? []);
  }

  #series(what: Measured): readonly MeteredSeries[] {
    const { plus, minus } = this.#sources[what];
    return [...plus, ...minus];
  }

  #at(what: Measured, at: number): MeasuredValue | undefined {
    const { plus, minus, how } = this.#sources[what];
    const [into, out] = [valuesAt(plus, at), valuesAt(minus, at)];
    const first = into[0] ?? out[0];
    if (!first) return undefined;
    return { at, value: combined(into, how) - combined(out, how), entry: first.entry };
  }
}

/** One place, and there the total if there is one, else each phase. */
function phasesOf(series: readonly MeteredSeries[]): readonly MeteredSeries[] {
  const location = LOCATIONS.find((name) => series.some(({ key }) => key.location === name));
  const there = series.filter(({ key }) => key.location === location);
  const total = there.filter(({ key }) => key.phase === '');
  return total.length > 0 ? total : there.filter(({ key }) => /^L[123](-N)?$/.test(key.phase));
}

/** Between a phase and neutral, of one place. */
function voltagesOf(own: readonly MeteredSeries[]): readonly MeteredSeries[] {
  const there = own.filter(({ key }) => key.measurand === 'Voltage');
  const location = LOCATIONS.find((name) => there.some(({ key }) => key.location === name));
  const here = there.filter(({ key }) => key.location === location);
  const kinds = [/^L[123]-N$/, /^L[123]$/, /^$/];
  return kinds.map((kind) => here.filter(({ key }) => kind.test(key.phase))).find((some) => some.length > 0) ?? [];
}

function valuesAt(all: readonly MeteredSeries[], at: number): readonly MeasuredValue[] {
  return all.flatMap((series) => {
    const index = firstAfter(series, at) - 1;
    return index >= 0 && series.at(index) === at
      ? [{ at, value: series.value(index), entry: series.entry(index) }]
      : [];
  });
}

function combined(values: readonly MeasuredValue[], how: Source['how']): number {
  if (values.length === 0) return 0;
  if (how === 'greatest') return Math.max(...values.map(({ value }) => value));
  const sum = values.reduce((total, { value }) => total + value, 0);
  return how === 'sum' ? sum : sum / values.length;
}
