import { compositeSchedule, type Piece } from './composite.ts';
import type { Interval, ScheduleContext } from './context.ts';
import { namesOf } from './numbers.ts';
import type { ChargingProfile, Quantity, RateUnit } from './profile.ts';

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
 * @param more how the schedule of one EVSE is calculated, and what it may take where nothing is limited, if that is known
 */
export function stationSchedule(
  profiles: readonly ChargingProfile[],
  station: ScheduleContext,
  evses: readonly ScheduleContext[],
  from: number,
  to: number,
  { ofEvse = compositeSchedule, most }: { readonly ofEvse?: typeof compositeSchedule; readonly most?: number } = {},
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
    ...evses.map((evse) => ofEvse(ofEvses, { ...evse, unit: station.unit }, from, to)),
  ];
  return together(rows).map(([whole, generation, ...each]) => {
    const more = generation.generation?.value ?? 0;
    const limit = bound(whole.values.limit?.value, sum(each, 'limit', station.unit, most), Math.min);
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

/**
 * The total as a piece of a schedule, without setpoints, which are of the EVSEs. Where these together are the limit, the
 * period that decides on the first of them stands for all.
 */
export function totalPiece({ from, to, limit, dischargeLimit, station, evses }: StationPiece): Piece {
  const decided = (name: 'limit' | 'dischargeLimit', bound: StationBound | undefined) => {
    const [own] = (bound?.by === 'station' ? [station] : evses).flatMap((piece) =>
      namesOf(name).flatMap((each) => piece.values[each] ?? []),
    );
    return bound && own ? { [name]: { value: bound.value, decidedBy: own.decidedBy, overruled: [] } } : {};
  };
  return { ...station, from, to, values: { ...decided('limit', limit), ...decided('dischargeLimit', dischargeLimit) } };
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

/** What the EVSEs together may take, or undefined where one of them is not limited, as far as is known. */
function sum(
  pieces: readonly Piece[],
  name: 'limit' | 'dischargeLimit',
  unit: RateUnit,
  most?: number,
): number | undefined {
  let total = 0;
  for (const piece of pieces) {
    // Q10: an EV that is to be idle takes and gives nothing.
    const value = piece.settings?.operationMode === 'Idle' ? 0 : (totalValue(piece, name, unit) ?? most);
    if (value === undefined) return undefined;
    total += value;
  }
  return pieces.length === 0 ? undefined : total;
}

/**
 * A quantity of a piece with all phases together: where they are told apart, power is their sum, and current that of the
 * strongest one, as current of a whole is per phase. Undefined where the piece has none.
 */
export function totalValue({ values }: Pick<Piece, 'values'>, quantity: Quantity, unit: RateUnit): number | undefined {
  const phases = namesOf(quantity).flatMap((name) => values[name]?.value ?? []);
  if (phases.length === 0) return undefined;
  return phases.reduce((a, b) => (unit === 'W' ? a + b : Math.abs(b) > Math.abs(a) ? b : a));
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
