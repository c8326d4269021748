import { boundariesOf } from './boundaries.ts';
import { type Accounting, periodOf } from './charges.ts';
import { collectPeriods } from './collect-periods.ts';
import type { Course } from './course.ts';
import type { AssignedTariff, Evaluation } from './evaluation.ts';
import { frozenAt, limitCost } from './limits.ts';
import { type Clock, momentAt } from './moment.ts';
import { currencyDigits } from './money.ts';
import { notesOf } from './notes.ts';
import { onceCharges } from './once.ts';
import { AS_SPECIFIED, type Reading } from './reading.ts';
import { runningSums } from './running.ts';
import { timelineOf } from './timeline.ts';

/** A transaction and the tariffs that were associated with it. */
export interface CostRequest {
  readonly course: Course;
  /** At least one, ascending. One that was associated at the start has the start of the transaction, or before. */
  readonly tariffs: readonly AssignedTariff[];
  /** Local time minus UTC in milliseconds. */
  offsetAt(instant: number): number;
}

/**
 * What a transaction costs by OCPP 2.1, block I, exactly. Amounts are rounded nowhere: the specification rounds
 * nowhere, and who shows or compares them rounds at the very end.
 */
export function evaluate(request: CostRequest, reading: Reading = AS_SPECIFIED): Evaluation {
  const { course } = request;
  const tariffs = readChanges(request.tariffs, course, reading);
  const currency = tariffs[0]?.tariff.currency ?? '';
  const timeline = timelineOf(course, reading);
  const offsetAt = reading.clock === 'utc' ? () => 0 : (instant: number) => request.offsetAt(instant);
  const clock: Clock = { timeline, offsetAt, reading };
  const accounting: Accounting = { timeline, reading, digits: currencyDigits(currency) };
  const boundaries = boundariesOf({
    tariffs: tariffs.map(({ tariff }) => tariff),
    changes: tariffs.map(({ from }) => from),
    timeline,
    offsetAt,
    idleDuration: reading.idleDuration,
  });
  const start = boundaries[0] ?? { at: course.from, energy: 0 };
  const spans = collectPeriods(boundaries, tariffs, clock);
  const once = onceCharges({
    ...accounting,
    tariffs,
    from: course.from,
    reservedAt: course.reservedAt,
    moment: momentAt(clock, start),
  });
  const running = runningSums(spans, once, accounting);
  const frozen = reading.maximum === 'applied' ? frozenAt(spans, running, timeline) : null;
  return {
    currency,
    ...limitCost(frozen, running.all, course.ended ? tariffs.at(-1)?.tariff.minCost : undefined, reading),
    periods: spans.map((span) => periodOf(span, accounting)),
    once,
    calculated: running.all.total,
    calculatedDimensions: running.all.dimensions,
    usage: {
      energy: timeline.energyAt(course.to),
      chargingTime: timeline.chargingTimeAt(course.to),
      idleTime: timeline.idleTimeAt(course.to),
      ...(course.reservedAt === undefined ? {} : { reservationTime: course.from - course.reservedAt }),
    },
    notes: notesOf(spans, once, tariffs, timeline),
    energyAt: timeline.energyAt,
    runningAt: (instant) =>
      frozen && frozen.at <= instant
        ? frozen.sums
        : running.sumsAt({ at: instant, energy: timeline.energyAt(instant) }),
  };
}

/** The tariffs as a reading takes their changes, within the transaction. */
function readChanges(
  tariffs: readonly AssignedTariff[],
  course: Course,
  { change }: Reading,
): readonly AssignedTariff[] {
  const [first, last] = [tariffs[0], tariffs.at(-1)];
  if (change === 'ignored' && first) return [first];
  if (change === 'from the start' && last) return [{ ...last, from: course.from }];
  return tariffs.filter(({ from }) => from < course.to || from <= course.from);
}
