import type { Interval, ScheduleContext, StepSeries } from './context.ts';
import { conditionsAt } from './contribution.ts';
import { type Leading, type Merged, merge } from './merge.ts';
import { type OffsetSpan, offsetSpans } from './offset-spans.ts';
import type { ChargingProfile } from './profile.ts';
import { sameMerged } from './same.ts';
import { type PeriodReference, type Segment, segmentsOf } from './segments.ts';
import { precedence, type Stack, stackOf } from './stacks.ts';

/** A period that does not count as a whole, and for which one. */
export interface OverruledPeriod {
  readonly reference: PeriodReference;
  readonly by: PeriodReference;
  readonly reason: 'stackLevel' | 'purpose';
}

/** A stretch of time in which the composite schedule stays the same. */
export interface Piece extends Interval, Merged {
  /** The leading periods that were merged. */
  readonly applied: readonly PeriodReference[];
  readonly overruled: readonly OverruledPeriod[];
}

/** The periods of one profile, with the one that is executed at the moment of the sweep. */
interface Track {
  readonly stack: Stack;
  readonly segments: readonly Segment[];
  next: number;
  current: PeriodReference | undefined;
}

/**
 * The composite schedule of an EVSE for `[from, to)`: from every profile that is installed to what they come to, in
 * pieces without gaps. A piece without values is one in which nothing is limited.
 */
export function compositeSchedule(
  profiles: readonly ChargingProfile[],
  context: ScheduleContext,
  from: number,
  to: number,
): readonly Piece[] {
  if (!(from < to)) return [];
  const tracks = tracksOf(profiles, context, { from, to });
  const moments = momentsOf(tracks, context, { from, to });
  const pieces: Piece[] = [];
  for (const [index, moment] of moments.entries()) {
    const changed = advance(tracks, moment);
    const last = pieces.at(-1);
    const end = moments[index + 1] ?? to;
    // A moment without a change of periods is one of a series; it counts only where its value does.
    const piece =
      last && !changed && !context.stateOfCharge && !context.frequency && !context.signal && !context.priorityCharging
        ? last
        : pieceOf(tracks, context, moment, end);
    if (last && (piece === last || samePiece(last, piece))) pieces[pieces.length - 1] = { ...last, to: end };
    else pieces.push(piece);
  }
  return pieces;
}

function tracksOf(profiles: readonly ChargingProfile[], context: ScheduleContext, window: Interval): readonly Track[] {
  let found: readonly OffsetSpan[] | undefined;
  const spans = () => {
    found ??= offsetSpans(context.offsetAt, window.from, window.to);
    return found;
  };
  return [...profiles]
    .reverse()
    .sort(precedence)
    .flatMap((profile) => {
      const stack = stackOf(profile, context);
      if (!stack) return [];
      const segments = segmentsOf(profile, context, window, spans);
      return segments.length === 0 ? [] : [{ stack, segments, next: 0, current: undefined }];
    });
}

/** Every moment at which something may change, in order, beginning with the window. */
function momentsOf(tracks: readonly Track[], context: ScheduleContext, { from, to }: Interval): readonly number[] {
  const moments = new Set([from]);
  const note = (moment: number) => {
    if (moment > from && moment < to) moments.add(moment);
  };
  for (const { segments } of tracks) {
    for (const segment of segments) {
      note(segment.from);
      note(segment.to);
    }
  }
  const series: readonly (StepSeries | undefined)[] = [context.stateOfCharge, context.frequency, context.signal];
  for (const steps of series) for (const step of steps ?? []) note(step.at);
  for (const each of context.priorityCharging ?? []) {
    note(each.from);
    note(each.to);
  }
  return [...Float64Array.from(moments).sort()];
}

/** Moves every track to a moment; whether any of them changed its period. */
function advance(tracks: readonly Track[], moment: number): boolean {
  let changed = false;
  for (const track of tracks) {
    let segment = track.segments[track.next];
    while (segment && segment.to <= moment) segment = track.segments[++track.next];
    const current = segment && segment.from <= moment ? segment.reference : undefined;
    if (current !== track.current) changed = true;
    track.current = current;
  }
  return changed;
}

function pieceOf(tracks: readonly Track[], context: ScheduleContext, from: number, to: number): Piece {
  const leaders = new Map<Stack, PeriodReference>();
  const overruled: OverruledPeriod[] = [];
  const priority = context.priorityCharging?.some((each) => each.from <= from && from < each.to) ?? false;
  for (const { stack, current } of tracks) {
    if (!current || (stack === 'PriorityCharging' && !priority)) continue;
    const leader = leaders.get(stack);
    if (leader) overruled.push({ reference: current, by: leader, reason: 'stackLevel' });
    else leaders.set(stack, current);
  }
  // SC.01: one of them counts. A TxProfile overrules the default one, priority charging both (K21.FR.04).
  const [transaction, ...others] = (['PriorityCharging', 'TxProfile', 'TxDefaultProfile'] as const)
    .map((stack) => leaders.get(stack))
    .filter((each) => each !== undefined);
  if (transaction) {
    for (const reference of others) overruled.push({ reference, by: transaction, reason: 'purpose' });
  }
  const leading: Leading = {
    transaction,
    external: (['ExternalConstraintsOfEvse', 'ExternalConstraintsOfStation'] as const)
      .map((stack) => leaders.get(stack))
      .filter((each) => each !== undefined),
    maximum: leaders.get('ChargingStationMaxProfile'),
    generation: leaders.get('LocalGeneration'),
  };
  const applied = [leading.transaction, ...leading.external, leading.maximum, leading.generation];
  return {
    from,
    to,
    ...merge(leading, context, conditionsAt(context, from)),
    applied: applied.filter((each) => each !== undefined),
    overruled,
  };
}

function samePiece(a: Piece, b: Piece): boolean {
  return (
    a.applied.length === b.applied.length &&
    a.applied.every((reference, index) => reference === b.applied[index]) &&
    a.overruled.length === b.overruled.length &&
    a.overruled.every(({ reference, by }, i) => reference === b.overruled[i]?.reference && by === b.overruled[i]?.by) &&
    sameMerged(a, b)
  );
}
