import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import type { Known } from '../known.ts';
import { calculableFrom } from './calculable.ts';
import { type ChargingView, contextOf, readyAt } from './charging-context.ts';
import type { Installation } from './installation.ts';

/** A stretch of time in which what is installed stays the same, and no transaction begins or ends. */
export interface Stretch extends Interval {
  readonly profiles: readonly Installation[];
}

/** Stretches of a range that are looked at; a range with more changes is looked at from its end. */
export const STRETCHES_MAX = 20_000;

/** The stretches of a range, without gaps; of one that is too long, those of its end. */
export function stretchesOf(view: ChargingView, range: Interval): readonly Stretch[] {
  const { charging, known, evseId } = view;
  const { to } = range;
  const inRange = charging.history.between(range.from, to).filter(({ profile }) => isHere(profile, evseId));
  const from = calculableFrom(inRange, range);
  const installed = inRange.filter((each) => each.to > from);
  const moments = new Set([from]);
  const note = (moment: number | null | undefined) => {
    if (moment !== null && moment !== undefined && moment > from && moment < to) moments.add(moment);
  };
  for (const each of installed) {
    note(each.from);
    note(each.to);
  }
  for (const transaction of known.transactions.all) {
    if (transaction.evseId !== evseId) continue;
    if (transaction.startedAt >= to || (transaction.endedAt ?? to) < from) continue;
    note(transaction.startedAt);
    note(readyAt(transaction, Number.POSITIVE_INFINITY));
    note(transaction.endedAt);
  }
  // Which of several schedules the EV follows.
  for (const { at } of charging.ev.schedulesOn(evseId)) note(at);
  const sorted = Float64Array.from(moments).sort().slice(-STRETCHES_MAX);
  const stretches: Stretch[] = [];
  let next = 0;
  let here: readonly Installation[] = [];
  for (const [index, moment] of sorted.entries()) {
    const end = sorted[index + 1] ?? to;
    const begun = next;
    while ((installed[next]?.from ?? Number.POSITIVE_INFINITY) <= moment) next++;
    here = [...here, ...installed.slice(begun, next)].filter((each) => each.to > moment);
    stretches.push({ from: moment, to: end, profiles: here });
  }
  return stretches;
}

/** Whether a profile can have a say on an EVSE. */
export function isHere({ evseId }: ChargingProfile, on: number): boolean {
  return evseId === 0 || evseId === on;
}

/** A piece of the composite schedule, with what was installed by then. */
export interface CalculatedPiece extends Piece {
  readonly profiles: readonly Installation[];
  readonly context: ScheduleContext;
}

/**
 * The composite schedule as it came to be over a range: at every instant that of the profiles that were installed by
 * then, so that none acts before it came. `which` leaves out profiles, as for one stack by itself.
 */
export function calculated(
  view: ChargingView,
  range: Interval,
  which: (profile: ChargingProfile) => boolean = () => true,
): readonly CalculatedPiece[] {
  return stretchesOf(view, range).flatMap(({ from, to, profiles }) => {
    const chosen = profiles.filter(({ profile }) => which(profile));
    const context = contextOf(view, profiles, { from, to });
    return piecesOf(view, chosen, context, { from, to }).map((piece) => ({ ...piece, profiles, context }));
  });
}

/** The pieces of one stretch. */
export function piecesOf(
  view: ChargingView,
  profiles: readonly Installation[],
  context: ScheduleContext,
  { from, to }: Interval,
): readonly Piece[] {
  const acting = actingOn(
    view.known,
    view.evseId,
    profiles.map(({ profile }) => profile),
    from,
  );
  return compositeSchedule(acting, context, from, to);
}

/** Profiles as they act on an EVSE at an instant, at which its transaction may not have begun to deliver. */
export function actingOn(
  { transactions }: Known,
  evseId: number,
  profiles: readonly ChargingProfile[],
  instant: number,
): readonly ChargingProfile[] {
  const transaction = transactions.at(evseId, instant);
  const delivers = transaction !== undefined && readyAt(transaction, instant) !== undefined;
  return delivers ? profiles : profiles.map(notBegun);
}

/** The installation that a profile of a piece is of. */
export function installationOf(profiles: readonly Installation[], profile: ChargingProfile): Installation | undefined {
  return (
    profiles.find((each) => each.profile === profile) ??
    // One that starts with a transaction stands in a piece as another object before that has begun.
    profiles.find((each) => each.profile.id === profile.id && each.profile.source === profile.source)
  );
}

/**
 * A profile that starts with the transaction, as long as that has not begun to deliver: "as if there is a transaction
 * ongoing" (K08.FR.06) that begins at every instant anew, so that its first period holds.
 */
function notBegun(profile: ChargingProfile): ChargingProfile {
  if (profile.kind === 'Dynamic' || profile.schedules.every(({ start }) => start !== undefined)) return profile;
  const schedules = profile.schedules.map((schedule) => {
    if (schedule.start !== undefined) return schedule;
    const periods = schedule.periods.filter(({ startPeriod }) => startPeriod <= 0);
    return { ...schedule, periods, duration: schedule.duration === 0 ? 0 : undefined };
  });
  return { ...profile, schedules };
}
