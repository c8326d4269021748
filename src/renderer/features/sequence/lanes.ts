import type { Party } from './arrows.ts';

/** A vertical line of the picture. */
export interface Lane {
  readonly party: Party;
  readonly title: string;
}

/** The lanes of a picture, and where each party stands in it. */
export interface Lanes {
  readonly lanes: readonly Lane[];
  /** Several stations have one lane. */
  readonly shared: boolean;
  /** Index of the lane of a party; stations that have none of their own share the first. */
  indexOf(party: Party, station: string): number;
  /** Middle of a lane, as a share of the width from 0 to 1. */
  middleOf(index: number): number;
}

/** More stations than this share one lane. */
export const STATION_LANES_MAX = 6;

/** Lanes for stations, Plugscope and the CSMS, from left to right. */
export function lanesFor(stations: readonly string[]): Lanes {
  const own = stations.length <= STATION_LANES_MAX && stations.length > 0;
  const titles = own ? stations : [stations.length === 0 ? 'Station' : 'Stations'];
  const lanes: Lane[] = [
    ...titles.map((title): Lane => ({ party: 'station', title })),
    { party: 'plugscope', title: 'Plugscope' },
    { party: 'csms', title: 'CSMS' },
  ];
  return {
    lanes,
    shared: stations.length > STATION_LANES_MAX,
    indexOf(party, station) {
      if (party === 'csms') return lanes.length - 1;
      if (party === 'plugscope') return lanes.length - 2;
      return own ? Math.max(0, stations.indexOf(station)) : 0;
    },
    middleOf: (index) => (index + 0.5) / lanes.length,
  };
}
