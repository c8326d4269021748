import { offsetSpans } from '../schedule/offset-spans.ts';
import type { Sample } from './course.ts';
import { type Conditions, priceList, RANGES, type RangeQuantity, RUNNING_DIMENSIONS, type Tariff } from './tariff.ts';
import { type Timeline, toMicro } from './timeline.ts';

/** Where conditions may change: an instant, with the energy used until then. */
export interface Boundary {
  readonly at: number;
  readonly energy: number;
}

/** What boundaries are asked for. */
export interface BoundaryRequest {
  readonly tariffs: readonly Tariff[];
  /** When a tariff takes the place of another. */
  readonly changes: readonly number[];
  readonly timeline: Timeline;
  offsetAt(instant: number): number;
  readonly idleDuration: 'period' | 'all together';
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * Every instant of a transaction at which a condition of one of the tariffs may begin or cease to be met, in order,
 * with its start and its end. Where energy passes a limit between two meter values, the boundary has exactly the
 * energy of the limit, at the millisecond that lies on the line between them.
 */
export function boundariesOf(request: BoundaryRequest): readonly Boundary[] {
  const { timeline } = request;
  const { from, to, power, current } = timeline.course;
  const conditions = request.tariffs.flatMap(conditionsOf);
  const bounds = limitsOf(conditions);
  const instants = new Set([from, to, ...request.changes]);
  for (const instant of wallClockInstants(conditions, request, from, to)) instants.add(instant);
  for (const limit of bounds.time) instants.add(from + limit * 1000);
  for (const limit of bounds.chargingTime) addWhenReached(instants, timeline, timeline.chargingTimeAt, limit);
  if (request.idleDuration === 'period') {
    for (const stretch of timeline.idleStretches) {
      for (const limit of bounds.idleTime) {
        if (stretch.from + limit * 1000 < stretch.to) instants.add(stretch.from + limit * 1000);
      }
    }
  } else for (const limit of bounds.idleTime) addWhenReached(instants, timeline, timeline.idleTimeAt, limit);
  const ofState = bounds.idleTime.length + bounds.power.length + bounds.current.length > 0;
  if (ofState) {
    for (const stretch of timeline.idleStretches) {
      instants.add(stretch.from);
      instants.add(stretch.to);
    }
  }
  if (bounds.power.length > 0) {
    if (power.length > 0) addPassed(instants, power, bounds.power);
    else for (const { at } of timeline.register) instants.add(at);
  }
  if (bounds.current.length > 0) addPassed(instants, current, bounds.current);
  const boundaries: Boundary[] = [...instants]
    .filter((at) => at >= from && at <= to)
    .map((at) => ({ at, energy: timeline.energyAt(at) }));
  boundaries.push(...crossings(timeline, bounds.energy));
  return inOrder(boundaries);
}

/** Every set of conditions in a tariff that prices what goes on. */
function conditionsOf(tariff: Tariff): readonly Conditions[] {
  return RUNNING_DIMENSIONS.flatMap((dimension) => priceList(tariff, dimension)?.prices ?? []).flatMap(
    ({ conditions }) => conditions ?? [],
  );
}

function limitsOf(conditions: readonly Conditions[]): { readonly [quantity in RangeQuantity]: readonly number[] } {
  const limits = { energy: [], current: [], power: [], time: [], chargingTime: [], idleTime: [] } as {
    [quantity in RangeQuantity]: number[];
  };
  for (const { min, max, quantity } of RANGES) {
    for (const condition of conditions) {
      for (const limit of [condition[min], condition[max]]) {
        if (limit !== undefined && !limits[quantity].includes(limit)) limits[quantity].push(limit);
      }
      // A range without its minimum begins at zero.
      if (condition[max] !== undefined && condition[min] === undefined && !limits[quantity].includes(0)) {
        limits[quantity].push(0);
      }
    }
  }
  return limits;
}

function* wallClockInstants(
  conditions: readonly Conditions[],
  { offsetAt }: BoundaryRequest,
  from: number,
  to: number,
): Generator<number> {
  const minutes = new Set<number>();
  for (const { startTimeOfDay, endTimeOfDay, dayOfWeek, validFromDate, validToDate } of conditions) {
    if (dayOfWeek || (validFromDate ?? validToDate) !== undefined) minutes.add(0);
    if (startTimeOfDay !== undefined || endTimeOfDay !== undefined) {
      minutes.add(startTimeOfDay ?? 0).add(endTimeOfDay ?? 0);
    }
  }
  if (minutes.size === 0) return;
  for (const span of offsetSpans(offsetAt, from, to)) {
    yield span.from;
    for (let day = Math.floor((span.from + span.offset) / DAY); day * DAY - span.offset < span.to; day += 1) {
      for (const minute of minutes) {
        const at = day * DAY + minute * MINUTE - span.offset;
        if (at > span.from && at < span.to) yield at;
      }
    }
  }
}

/** Adds the first instant at which a duration that only grows reaches a limit in seconds. */
function addWhenReached(
  instants: Set<number>,
  { course: { from, to } }: Timeline,
  durationAt: (instant: number) => number,
  limit: number,
): void {
  if (durationAt(to) < limit * 1000) return;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (durationAt(middle) >= limit * 1000) high = middle;
    else low = middle + 1;
  }
  instants.add(low);
}

/** Adds where values pass a limit: others decide nothing, and there may be very many of them. */
function addPassed(instants: Set<number>, samples: readonly Sample[], limits: readonly number[]): void {
  let before = '';
  for (const { at, value } of samples) {
    const sides = limits.map((limit) => Math.sign(value - limit)).join();
    if (sides !== before) instants.add(at);
    before = sides;
  }
}

function* crossings(timeline: Timeline, limits: readonly number[]): Generator<Boundary> {
  const { register, course } = timeline;
  if (limits.length === 0) return;
  for (let index = 1; index < register.length; index += 1) {
    const [left, right] = [
      Math.max(register[index - 1]?.at ?? 0, course.from),
      Math.min(register[index]?.at ?? 0, course.to),
    ];
    if (right <= left) continue;
    const [start, end] = [timeline.energyAt(left), timeline.energyAt(right)];
    for (const limit of limits) {
      if ((start - limit) * (end - limit) >= 0) continue;
      if (timeline.held) yield { at: right, energy: end };
      else yield { at: Math.round(left + ((right - left) * (limit - start)) / (end - start)), energy: toMicro(limit) };
    }
  }
}

/** By time; within one millisecond along the way that the energy takes. */
function inOrder(boundaries: readonly Boundary[]): readonly Boundary[] {
  const sorted = boundaries.toSorted((one, other) => one.at - other.at);
  const result: Boundary[] = [];
  for (let index = 0; index < sorted.length; ) {
    const at = sorted[index]?.at;
    let end = index + 1;
    while (sorted[end]?.at === at && end < sorted.length) end += 1;
    const group = sorted.slice(index, end);
    const before = result.at(-1)?.energy ?? 0;
    const falls = group.some(({ energy }) => energy < before);
    group.sort((one, other) => (falls ? other.energy - one.energy : one.energy - other.energy));
    for (const boundary of group) {
      const last = result.at(-1);
      if (last?.at !== boundary.at || last.energy !== boundary.energy) result.push(boundary);
    }
    index = end;
  }
  return result;
}
