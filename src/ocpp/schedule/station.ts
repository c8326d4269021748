import { compositeSchedule, type Piece } from './composite.ts';
import type { Interval, ScheduleContext } from './context.ts';
import { namesOf } from './numbers.ts';
import type { ChargingProfile, RateUnit } from './profile.ts';

/** A bound of the whole station, and whether the grid connection or the EVSEs together set it. */
export interface StationBound {
  readonly value: number;
  readonly by: 'station' | 'sum of EVSEs';
}

/** A stretch of time in which the total of a station stays the same. */
export interface StationPiece extends Interval {
  readonly limit?: StationBound;
  readonly dischargeLimit?: StationBound;
  /** Maximum and external constraints of the station. */
  readonly station: Piece;
  /** Local generation of the station. */
  readonly generation: Piece;
  /** What each EVSE may take by itself, in the order in which they were given. */
  readonly evses: readonly Piece[];
}

/**
 * What a station as a whole may take (K08.FR.03; 1.6: 5.7): the EVSEs together, at most what the station may, and local
 * generation of the station on top. An EVSE on which nothing is limited may take whatever the station may.
 */
export function stationSchedule(
  profiles: readonly ChargingProfile[],
  station: ScheduleContext,
  evses: readonly ScheduleContext[],
  from: number,
  to: number,
): readonly StationPiece[] {
  const purposes = ['ChargingStationMaxProfile', 'ChargingStationExternalConstraints', 'LocalGeneration'];
  const isOfStation = ({ evseId, purpose }: ChargingProfile) => evseId === 0 && purposes.includes(purpose);
  const isGeneration = ({ purpose }: ChargingProfile) => purpose === 'LocalGeneration';
  const ofStation = profiles.filter(isOfStation);
  const ofEvses = profiles.filter((profile) => !isOfStation(profile));
  const context = { ...station, evseId: 0 };
  const rows = [
    compositeSchedule(
      ofStation.filter((profile) => !isGeneration(profile)),
      context,
      from,
      to,
    ),
    compositeSchedule(ofStation.filter(isGeneration), context, from, to),
    ...evses.map((evse) => compositeSchedule(ofEvses, { ...evse, unit: station.unit }, from, to)),
  ];
  return together(rows).map(([whole, generation, ...each]) => {
    const more = generation.generation?.value ?? 0;
    const limit = bound(whole.values.limit?.value, sum(each, 'limit', station.unit), Math.min);
    return {
      from: Math.max(...[whole, generation, ...each].map((piece) => piece.from)),
      to: Math.min(...[whole, generation, ...each].map((piece) => piece.to)),
      limit: limit && { ...limit, value: limit.value + more },
      dischargeLimit: bound(whole.values.dischargeLimit?.value, sum(each, 'dischargeLimit', station.unit), Math.max),
      station: whole,
      generation,
      evses: each,
    };
  });
}

type Row = readonly [Piece, Piece, ...Piece[]];

/** The pieces of several schedules that hold at the same time. */
function together(rows: readonly (readonly Piece[])[]): readonly Row[] {
  const found: Row[] = [];
  const places = rows.map(() => 0);
  for (;;) {
    const [first, second, ...others] = rows.flatMap((row, index) => row[places[index] ?? 0] ?? []);
    if (!first || !second || others.length + 2 < rows.length) return found;
    found.push([first, second, ...others]);
    const end = Math.min(...[first, second, ...others].map((piece) => piece.to));
    for (const [index, row] of rows.entries()) {
      const place = places[index] ?? 0;
      if (row[place]?.to === end) places[index] = place + 1;
    }
  }
}

/**
 * What the EVSEs together may take, or undefined where one of them is not limited. Where phases are told apart, power of
 * an EVSE is that of its phases; current is that of its strongest phase, as a total of the station is per phase.
 */
function sum(pieces: readonly Piece[], name: 'limit' | 'dischargeLimit', unit: RateUnit): number | undefined {
  let total = 0;
  for (const { values } of pieces) {
    const phases = namesOf(name).flatMap((each) => values[each]?.value ?? []);
    if (phases.length === 0) return undefined;
    total += phases.reduce((a, b) => (unit === 'W' ? a + b : Math.abs(b) > Math.abs(a) ? b : a));
  }
  return pieces.length === 0 ? undefined : total;
}

function bound(
  station: number | undefined,
  evses: number | undefined,
  lesser: (a: number, b: number) => number,
): StationBound | undefined {
  if (evses === undefined) return station === undefined ? undefined : { value: station, by: 'station' };
  if (station === undefined) return { value: evses, by: 'sum of EVSEs' };
  return lesser(station, evses) === station ? { value: station, by: 'station' } : { value: evses, by: 'sum of EVSEs' };
}
