import { compositeSchedule } from '../../../ocpp/schedule/composite.ts';
import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { ChargingView } from './charging-context.ts';
import { totalOf } from './composite-lines.ts';
import type { EvSchedule } from './ev-requests.ts';
import type { PowerPoint } from './power-line.ts';

/** What the EV intends to draw over a range, by the schedules that it sent, each until the next or the transaction's end. */
export function evPoints(view: ChargingView, range: Interval): readonly PowerPoint[] {
  const schedules = view.charging.ev.schedulesOn(view.evseId);
  return schedules.flatMap((schedule, index): readonly PowerPoint[] => {
    const next = schedules[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const end = view.known.transactions.at(view.evseId, schedule.at)?.endedAt ?? Number.POSITIVE_INFINITY;
    const from = Math.max(schedule.at, range.from);
    const to = Math.min(next, end, range.to);
    if (!(from < to)) return [];
    const points = evPointsOf(view, schedule, { from, to });
    const over = to < next && to < range.to ? [{ at: to, value: null, entry: 0 }] : [];
    return [...points, ...over];
  });
}

/** What the EV said for an instant. */
export function evAt(view: ChargingView, instant: number): PowerPoint | undefined {
  return evPoints(view, { from: instant, to: instant + 1 }).find(({ value }) => value !== null);
}

function evPointsOf(view: ChargingView, { profile, entry }: EvSchedule, { from, to }: Interval): readonly PowerPoint[] {
  const { unit, supply, known, evseId } = view;
  const context = {
    evseId,
    unit,
    current: supply.current,
    voltage: supply.voltage,
    transaction: { start: from },
    offsetAt: (instant: number) => known.offsetAt(instant),
  };
  return compositeSchedule([profile], context, from, to).map((piece) => {
    // A schedule of an EV that discharges has setpoints or discharge limits; else it has limits.
    const total =
      totalOf(piece, 'setpoint', unit) ?? totalOf(piece, 'limit', unit) ?? totalOf(piece, 'dischargeLimit', unit);
    const period = total && total.decided.decidedBy.periodIndex + 1;
    const note = period === undefined ? undefined : `schedule of the EV, period ${period}`;
    return { at: piece.from, value: total?.value ?? null, entry, note };
  });
}
