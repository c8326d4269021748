import type { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { type AllowedStep, allowedPower, sumOfSteps } from './allowed-power.ts';
import { type MeanPower, meanPower, measuresBetween, powerSources } from './station-power.ts';

/** What is asked of a site. */
export interface SiteAsked {
  /** Stations of the site; all of the session where it is left out. */
  readonly stations?: readonly string[] | undefined;
  readonly from: number;
  readonly to: number;
  /** Stretches of time for which a mean is wanted. */
  readonly points: number;
}

/** A station of the stack, or all the smaller ones together. */
export interface SiteLayer extends MeanPower {
  /** Null for the others. */
  readonly station: string | null;
  /** How many stations it stands for. */
  readonly count: number;
}

/** The measured power of the stations of a site, as a stack over time. */
export interface SitePicture {
  readonly from: number;
  readonly to: number;
  /** The beginnings of the stretches, each of which lasts until the next, the last one until `to`. */
  readonly at: readonly number[];
  /** Those that moved the most energy first, then the others together. */
  readonly layers: readonly SiteLayer[];
  /** Sum of the layers in W; null where nothing of any was measured. */
  readonly total: readonly (number | null)[];
  /** Stations that said nothing of their power in that time. */
  readonly silent: number;
  /** What the stations may take together by their profiles, in W; null is no limit. Empty where it is not known. */
  readonly allowed: readonly AllowedStep[];
  /** Why it is not known; null where it is. */
  readonly allowedUnknown: string | null;
}

/** Stations with a layer of their own. */
const LAYERS_MAX = 20;
/** Means that are calculated in all; with more stations there are fewer of each. */
const MEANS_MAX = 400_000;
const POINTS_MIN = 60;
/** Stations whose schedules are calculated. */
const SCHEDULES_MAX = 50;
/** Steps of what is allowed that are told. */
const STEPS_MAX = 4000;

/** The measured power of a site between two times, stacked, and what its stations may take. */
export function energySite(energy: SessionEnergy, { stations, from, to, points }: SiteAsked): SitePicture {
  const wanted = stations && new Set(stations);
  const all = [...energy.stations()].filter(({ station }) => !wanted || wanted.has(station));
  const measured = all.flatMap((station) => {
    const sources = powerSources(station.topics.metering.series());
    return measuresBetween(sources, from, to) ? [{ station, sources }] : [];
  });
  const count = Math.max(1, Math.min(points, Math.max(POINTS_MIN, Math.floor(MEANS_MAX / (measured.length || 1)))));
  const edges = Array.from({ length: count + 1 }, (_, index) => from + ((to - from) * index) / count);
  const layers = measured
    .map(({ station, sources }): SiteLayer => ({ station: station.station, count: 1, ...meanPower(sources, edges) }))
    .sort((a, b) => b.taken + b.given - (a.taken + a.given) || ((a.station ?? '') < (b.station ?? '') ? -1 : 1));
  const shown = layers.length > LAYERS_MAX + 1 ? layers.slice(0, LAYERS_MAX) : layers;
  const rest = layers.slice(shown.length);
  return {
    from,
    to,
    at: edges.slice(0, -1),
    layers: rest.length === 0 ? shown : [...shown, together(rest)],
    total: sumOf(layers, count),
    silent: all.length - measured.length,
    ...allowedOf(
      measured.map(({ station }) => station),
      from,
      to,
    ),
  };
}

function together(layers: readonly SiteLayer[]): SiteLayer {
  const value = sumOf(layers, layers[0]?.value.length ?? 0);
  const sum = (of: (layer: SiteLayer) => number): number => layers.reduce((total, layer) => total + of(layer), 0);
  return {
    station: null,
    count: layers.length,
    value,
    entry: value.map(() => 0),
    taken: sum(({ taken }) => taken),
    given: sum(({ given }) => given),
  };
}

function sumOf(layers: readonly SiteLayer[], count: number): readonly (number | null)[] {
  return Array.from({ length: count }, (_, index) => {
    let total: number | null = null;
    for (const { value } of layers) {
      const one = value[index] ?? null;
      if (one !== null) total = (total ?? 0) + one;
    }
    return total;
  });
}

function allowedOf(
  stations: readonly StationEnergy[],
  from: number,
  to: number,
): Pick<SitePicture, 'allowed' | 'allowedUnknown'> {
  const unknown = (allowedUnknown: string) => ({ allowed: [], allowedUnknown });
  if (stations.length === 0) return unknown('No station measured its power.');
  if (stations.length > SCHEDULES_MAX) return unknown(`It is calculated for at most ${SCHEDULES_MAX} stations.`);
  const each: (readonly AllowedStep[])[] = [];
  for (const station of stations) {
    const steps = allowedPower(station, from, to);
    if (!steps) return unknown(`The profiles of ${station.station} change too often in this time; look at less of it.`);
    each.push(steps);
  }
  const allowed = sumOfSteps(each);
  return allowed.length > STEPS_MAX
    ? unknown('It changes too often in this time; look at less of it.')
    : { allowed, allowedUnknown: null };
}
