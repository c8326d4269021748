import type { Interval, ScheduleContext, StepSeries } from './context.ts';
import { conditionsAt } from './contribution.ts';
import { type Merged, merge } from './merge.ts';
import { type OffsetSpan, offsetSpans } from './offset-spans.ts';
import type { ChargingProfile } from './profile.ts';
import { sameMerged } from './same.ts';
import { type PeriodReference, type Segment, segmentsOf } from './segments.ts';
import { precedence, type Stack, stackOf } from './stacks.ts';

/** A stretch of time in which the composite schedule stays the same. */
export interface Piece extends Interval, Merged {
  /** The leading periods that were merged. */
  readonly applied: readonly PeriodReference[];
  /** Periods in force that do not count, each for one of the applied (`overruling`). */
  readonly overruled: readonly PeriodReference[];
}

/** A piece that may still become longer. */
type OpenPiece = Omit<Piece, 'to'> & { to: number };

/** The periods of one profile, with the one that is executed at the moment of the sweep. */
interface Track {
  readonly stack: Stack;
  readonly segments: readonly Segment[];
  next: number;
  /** Up to when nothing changes. */
  until: number;
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
  const pieces: OpenPiece[] = [];
  for (const [index, moment] of moments.entries()) {
    const changed = advance(tracks, moment);
    const last = pieces.at(-1);
    const end = moments[index + 1] ?? to;
    // A moment without a change of periods is one of a series or of priority charging.
    const settled = last && !changed && !hasSeries(context) && !context.priorityCharging;
    const piece = settled ? last : pieceOf(tracks, context, { from: moment, to: end }, last);
    if (last && (piece === last || samePiece(last, piece))) last.to = end;
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
      return segments.length === 0
        ? []
        : [{ stack, segments, next: 0, until: Number.NEGATIVE_INFINITY, current: undefined }];
    });
}

/** Every moment at which something may change, in order, beginning with the window. */
function momentsOf(tracks: readonly Track[], context: ScheduleContext, { from, to }: Interval): readonly number[] {
  const moments = [from];
  const note = (moment: number) => {
    if (moment > from && moment < to) moments.push(moment);
  };
  for (const { segments } of tracks) {
    let end = from;
    for (const segment of segments) {
      if (segment.from !== end) note(end);
      note(segment.from);
      end = segment.to;
    }
    note(end);
  }
  const series: readonly (StepSeries | undefined)[] = [context.stateOfCharge, context.frequency, context.signal];
  for (const steps of series) for (const step of steps ?? []) note(step.at);
  for (const each of context.priorityCharging ?? []) {
    note(each.from);
    note(each.to);
  }
  const sorted = Float64Array.from(moments).sort();
  return Array.from(sorted.filter((moment, index) => moment !== sorted[index - 1]));
}

/** Moves every track to a moment; whether any of them changed its period. */
function advance(tracks: readonly Track[], moment: number): boolean {
  let changed = false;
  for (const track of tracks) {
    if (moment < track.until) continue;
    let segment = track.segments[track.next];
    while (segment && segment.to <= moment) segment = track.segments[++track.next];
    const begun = segment && segment.from <= moment;
    track.until = (begun ? segment?.to : segment?.from) ?? Number.POSITIVE_INFINITY;
    const current = begun ? segment?.reference : undefined;
    if (current !== track.current) changed = true;
    track.current = current;
  }
  return changed;
}

function pieceOf(
  tracks: readonly Track[],
  context: ScheduleContext,
  { from, to }: Interval,
  last: Piece | undefined,
): OpenPiece {
  const leaders: { [Name in Stack]?: PeriodReference } = {};
  const overruled: PeriodReference[] = [];
  const priority = context.priorityCharging?.some((each) => each.from <= from && from < each.to) ?? false;
  for (const { stack, current } of tracks) {
    if (!current || (stack === 'PriorityCharging' && !priority)) continue;
    if (leaders[stack]) overruled.push(current);
    else leaders[stack] = current;
  }
  // SC.01: one of them counts. A TxProfile overrules the default one, priority charging both (K21.FR.04).
  const transaction = leaders.PriorityCharging ?? leaders.TxProfile ?? leaders.TxDefaultProfile;
  if (leaders.TxProfile && leaders.TxProfile !== transaction) overruled.push(leaders.TxProfile);
  if (leaders.TxDefaultProfile && leaders.TxDefaultProfile !== transaction) overruled.push(leaders.TxDefaultProfile);
  const external = present([leaders.ExternalConstraintsOfEvse, leaders.ExternalConstraintsOfStation]);
  const { ChargingStationMaxProfile: maximum, LocalGeneration: generation } = leaders;
  const applied = present([transaction, ...external, maximum, generation]);
  // The same periods under conditions that cannot change come to the same.
  const merged =
    last && !hasSeries(context) && sameReferences(applied, last.applied)
      ? last
      : merge({ transaction, external, maximum, generation }, context, conditionsAt(context, from));
  const { values, numberPhases, phaseToUse, settings, minChargingRate, generation: more, phaseConflict } = merged;
  const result = { values, numberPhases, phaseToUse, settings, minChargingRate, generation: more, phaseConflict };
  return { from, to, ...result, applied, overruled };
}

function present(references: readonly (PeriodReference | undefined)[]): readonly PeriodReference[] {
  return references.filter((each) => each !== undefined);
}

/** Which of the applied periods a period in force had to give way to, and why (K01.FR.17, SC.01). */
export function overruling(
  piece: Piece,
  overruled: PeriodReference,
  context: ScheduleContext,
): { readonly by: PeriodReference; readonly reason: 'stackLevel' | 'purpose' } | undefined {
  const stack = stackOf(overruled.profile, context);
  const leader = piece.applied.find(({ profile }) => stackOf(profile, context) === stack);
  if (leader) return { by: leader, reason: 'stackLevel' };
  const [transaction] = piece.applied;
  return transaction && { by: transaction, reason: 'purpose' };
}

function hasSeries({ stateOfCharge, frequency, signal }: ScheduleContext): boolean {
  return stateOfCharge !== undefined || frequency !== undefined || signal !== undefined;
}

function sameReferences(a: readonly PeriodReference[], b: readonly PeriodReference[]): boolean {
  return a.length === b.length && a.every((reference, index) => reference === b[index]);
}

function samePiece(a: Piece, b: Piece): boolean {
  return sameReferences(a.applied, b.applied) && sameReferences(a.overruled, b.overruled) && sameMerged(a, b);
}
