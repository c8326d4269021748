import { areaOverTime } from '../../../ocpp/metering/over-time.ts';
import { firstAfter, firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import type { MeterSeries } from '../metering/meter-series.ts';

/** Series that together are the power of a station: what it takes, and what it gives back. */
export interface PowerSources {
  readonly taken: readonly MeterSeries[];
  readonly given: readonly MeterSeries[];
}

/** The side of the grid first, since the site pays for losses too. */
const LOCATIONS = ['Inlet', 'Outlet', 'Cable', 'Body'] as const;

/** The series of a station that add up to its power; those of its EVSEs before that of the station as a whole. */
export function powerSources(all: readonly MeterSeries[]): PowerSources {
  const power = all.filter(({ key }) => key.unit === 'W' && /^Power\.Active\.(Import|Export)$/.test(key.measurand));
  const ofEvses = power.filter(({ key }) => key.evseId !== 0);
  const used = ofEvses.length > 0 ? ofEvses : power;
  const places = new Set(used.map(({ key }) => key.evseId));
  const chosen = [...places].flatMap((evseId) => atOnePlace(used.filter(({ key }) => key.evseId === evseId)));
  return {
    taken: chosen.filter(({ key }) => key.measurand.endsWith('Import')),
    given: chosen.filter(({ key }) => key.measurand.endsWith('Export')),
  };
}

/** Of one EVSE: at one location, and either the total or the single phases, in each direction. */
function atOnePlace(series: readonly MeterSeries[]): readonly MeterSeries[] {
  const location = LOCATIONS.find((each) => series.some(({ key }) => key.location === each));
  const there = series.filter(({ key }) => key.location === location);
  return ['Import', 'Export'].flatMap((direction) => {
    const own = there.filter(({ key }) => key.measurand.endsWith(direction));
    const total = own.filter(({ key }) => key.phase === '');
    return total.length > 0 ? total : own.filter(({ key }) => /^L[123](-N)?$/.test(key.phase));
  });
}

/** The mean power of a station in each of so many equal stretches of time, with the latest message of each. */
export interface MeanPower {
  /** W; null where nothing was measured. Taken is positive. */
  readonly value: readonly (number | null)[];
  readonly entry: readonly number[];
  /** Wh over all of them: what was taken, and what was given back. */
  readonly taken: number;
  readonly given: number;
}

/** Whether anything was measured between two times. */
export function measuresBetween({ taken, given }: PowerSources, from: number, to: number): boolean {
  return [...taken, ...given].some((series) => firstAtOrAfter(series, from) < firstAfter(series, to));
}

/** What the power of a station was on average from each time on until the next. */
export function meanPower({ taken, given }: PowerSources, edges: readonly number[]): MeanPower {
  const value: (number | null)[] = [];
  const entry: number[] = [];
  let [takenWh, givenWh] = [0, 0];
  for (let index = 0; index + 1 < edges.length; index++) {
    const [from = 0, to = 0] = [edges[index], edges[index + 1]];
    const plus = areaOf(taken, from, to);
    const minus = areaOf(given, from, to);
    takenWh += plus.area / 3_600_000;
    givenWh += minus.area / 3_600_000;
    const covered = Math.max(plus.covered, minus.covered);
    value.push(covered > 0 ? Math.round((plus.area - minus.area) / (to - from)) || 0 : null);
    entry.push(covered > 0 ? entryAt(plus.covered > 0 ? taken : given, to) : 0);
  }
  return { value, entry, taken: round(takenWh), given: round(givenWh) };
}

function areaOf(all: readonly MeterSeries[], from: number, to: number) {
  let [sum, most] = [0, 0];
  for (const series of all) {
    const { gap } = series;
    const { area, covered } = areaOverTime(series, from, to, series.between, gap, (first, last) =>
      series.area(first, last, gap),
    );
    sum += area;
    most = Math.max(most, covered);
  }
  return { area: sum, covered: most };
}

function entryAt(all: readonly MeterSeries[], to: number): number {
  let latest = { at: Number.NEGATIVE_INFINITY, entry: 0 };
  for (const series of all) {
    const index = firstAfter(series, to) - 1;
    if (index >= 0 && series.at(index) > latest.at) latest = { at: series.at(index), entry: series.entry(index) };
  }
  return latest.entry;
}

/** Sums of binary fractions have digits that nobody measured. */
function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 || 0 : 0;
}
