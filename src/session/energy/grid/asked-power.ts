import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext, StepSeries } from '../../../ocpp/schedule/context.ts';
import { calculableFrom } from '../charging/calculable.ts';
import type { InstalledHistory } from '../charging/installed-history.ts';
import type { Known } from '../known.ts';

/** What a calculation of asked power needs of a station. */
export interface AskedPowerSources {
  readonly known: Pick<Known, 'transactions' | 'offline' | 'offsetAt'>;
  readonly history: Pick<InstalledHistory, 'between'>;
  readonly priority: readonly Interval[];
  readonly frequency: StepSeries;
  readonly signal: StepSeries;
}

/** Stretches with their own set of profiles; of a station whose profiles change more often, the latest ones. */
const STRETCHES_MAX = 2000;

/**
 * The composite schedule of an EVSE in W over a range, with measured frequency and accepted signals: each stretch by the
 * profiles that were installed then.
 */
export function askedPower(sources: AskedPowerSources, evseId: number, since: number, to: number): readonly Piece[] {
  const { known, history, priority, frequency, signal } = sources;
  const installed = history
    .between(since, to)
    .filter(({ profile }) => profile.evseId === evseId || profile.evseId === 0);
  const from = calculableFrom(installed, { from: since, to });
  const transactions = known.transactions.all.filter(
    (each) => each.evseId === evseId && each.startedAt < to && (each.endedAt ?? to) >= from,
  );
  const moments = new Set([from]);
  for (const each of [...installed.flatMap((one) => [one.from, one.to])])
    if (each > from && each < to) moments.add(each);
  for (const { startedAt, endedAt } of transactions) {
    for (const each of [startedAt, endedAt ?? to]) if (each > from && each < to) moments.add(each);
  }
  const sorted = [...moments].sort((a, b) => a - b).slice(-STRETCHES_MAX);
  return sorted.flatMap((start, index) => {
    const end = sorted[index + 1] ?? to;
    const transaction = transactions.find((each) => each.startedAt <= start && (each.endedAt ?? to) > start);
    // Nothing is asked of an EVSE at which no EV charges.
    if (!transaction) return [];
    const profiles = installed.filter((one) => one.from <= start && one.to > start).map((one) => one.profile);
    const context: ScheduleContext = {
      evseId,
      unit: 'W',
      current: 'AC',
      voltage: 230,
      transaction: { id: transaction.id, start: transaction.startedAt },
      offsetAt: (instant) => known.offsetAt(instant),
      offline: known.offline,
      priorityCharging: priority,
      frequency,
      signal,
    };
    return compositeSchedule(profiles, context, start, end);
  });
}
