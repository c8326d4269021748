import type { ScheduleContext } from '../../../ocpp/schedule/context.ts';
import { stationSchedule } from '../../../ocpp/schedule/station.ts';
import { calculableFrom } from '../charging/calculable.ts';
import { MeasuredAtEvse } from '../charging/measured.ts';
import { supplyOf } from '../charging/supply.ts';
import type { StationEnergy } from '../station-energy.ts';

/** A value that holds from a time on; null is no limit. */
export interface AllowedStep {
  readonly at: number;
  readonly value: number | null;
}

/** Changes of profiles and transactions for which the schedule of a station is calculated anew. */
const CHANGES_MAX = 400;

/**
 * What a station may take in W while EVSEs of it have a transaction, by its profiles; nothing else of it takes power.
 * Undefined where too much changed to say.
 */
export function allowedPower(
  { known, topics, evses }: StationEnergy,
  from: number,
  to: number,
): readonly AllowedStep[] | undefined {
  const { history, priority } = topics.charging;
  const transactions = known.transactions.all.filter(
    ({ startedAt, endedAt }) => startedAt < to && (endedAt ?? to) > from,
  );
  const installed = history.between(from, to);
  if (calculableFrom(installed, { from, to }) > from) return undefined;
  const moments = [
    ...installed.flatMap((each) => [each.from, each.to]),
    ...transactions.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt ?? to]),
  ].filter((moment) => moment > from && moment < to);
  const edges = [from, ...new Set(moments.sort((a, b) => a - b)), to];
  if (edges.length > CHANGES_MAX) return undefined;
  const steps: AllowedStep[] = [];
  const add = (at: number, value: number | null): void => {
    if (steps.at(-1)?.value !== value) steps.push({ at, value });
  };
  const metered = topics.metering.series();
  const contexts = new Map<number, ScheduleContext>();
  const contextOf = (evseId: number): ScheduleContext => {
    const before = contexts.get(evseId);
    if (before) return before;
    const measured = new MeasuredAtEvse(metered, evseId);
    const { current, voltage } = supplyOf(evseId, topics.charging, known, measured, { from, to });
    const context: ScheduleContext = {
      evseId,
      unit: 'W',
      current,
      voltage,
      offsetAt: (instant) => known.offsetAt(instant),
      offline: known.offline,
      priorityCharging: priority.on(evseId, known),
    };
    contexts.set(evseId, context);
    return context;
  };
  for (let index = 0; index + 1 < edges.length; index++) {
    const [begin = from, end = to] = [edges[index], edges[index + 1]];
    const charging = evses.ascending.flatMap((evseId) => {
      const transaction = transactions.findLast(
        (each) => each.evseId === evseId && each.startedAt <= begin && (each.endedAt ?? to) > begin,
      );
      return transaction
        ? [{ ...contextOf(evseId), transaction: { id: transaction.id, start: transaction.startedAt } }]
        : [];
    });
    if (charging.length === 0) {
      add(begin, 0);
      continue;
    }
    const profiles = history.at(begin).map(({ profile }) => profile);
    for (const piece of stationSchedule(profiles, contextOf(0), charging, begin, end)) {
      const value = piece.limit?.value;
      add(piece.from, value !== undefined && Number.isFinite(value) ? value : null);
    }
  }
  return steps;
}

/** The sum of what several may take; null as long as one of them is not limited. */
export function sumOfSteps(all: readonly (readonly AllowedStep[])[]): readonly AllowedStep[] {
  const moments = [...new Set(all.flatMap((steps) => steps.map(({ at }) => at)))].sort((a, b) => a - b);
  const places = all.map(() => 0);
  const sum: AllowedStep[] = [];
  for (const at of moments) {
    let total: number | null = 0;
    for (const [index, steps] of all.entries()) {
      while ((steps[(places[index] ?? 0) + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) {
        places[index] = (places[index] ?? 0) + 1;
      }
      const value = steps[places[index] ?? 0]?.value ?? null;
      total = total === null || value === null ? null : total + value;
    }
    if (sum.at(-1)?.value !== total || sum.length === 0) sum.push({ at, value: total });
  }
  return sum;
}
