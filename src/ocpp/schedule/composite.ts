import type { Interval, ScheduleContext } from './context.ts';
import type { Merged } from './merge.ts';
import type { ChargingProfile } from './profile.ts';
import { sameMerged, sameReferences } from './same.ts';
import type { PeriodReference } from './segments.ts';
import { rivalryOf } from './stacks.ts';
import { type Leads, Sweep } from './sweep.ts';

/** A stretch of time in which the composite schedule stays the same. */
export interface Piece extends Interval, Merged {
  /** The leading periods that were merged. */
  readonly applied: readonly PeriodReference[];
  /** Periods in force that do not count, each for one of the applied (`overruling`). */
  readonly overruled: readonly PeriodReference[];
}

/** A piece that may still become longer. */
type OpenPiece = Omit<Piece, 'to'> & { to: number };

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
  const sweep = new Sweep(profiles, context, { from, to });
  const conditions = new Moments(momentsOf(context, from));
  const pieces: OpenPiece[] = [];
  for (let moment = from; moment < to; ) {
    const conditionsChange = conditions.advance(moment);
    const changed = sweep.advance(moment);
    const end = Math.min(sweep.until, conditions.next, to);
    const last = pieces.at(-1);
    if (last && !changed && !conditionsChange) last.to = end;
    else {
      const leads = sweep.leads(moment, conditionsChange);
      const piece = pieceOf(leads, sweep.overruled(), { from: moment, to: end });
      // Another period makes another piece; other conditions may come to the same.
      if (last && conditionsChange && samePiece(last, piece)) last.to = end;
      else pieces.push(piece);
    }
    moment = end;
  }
  return pieces;
}

function pieceOf({ merged, applied }: Leads, overruled: readonly PeriodReference[], { from, to }: Interval): OpenPiece {
  const { values, numberPhases, phaseToUse, settings, minChargingRate, generation, phaseConflict } = merged;
  const result = { values, numberPhases, phaseToUse, settings, minChargingRate, generation, phaseConflict };
  return { from, to, ...result, applied, overruled };
}

/** Moments after `from` at which something other than the periods may change, in order. */
function momentsOf(context: ScheduleContext, from: number): readonly number[] {
  const { stateOfCharge = [], frequency = [], signal = [], priorityCharging = [] } = context;
  const moments = [
    ...[...stateOfCharge, ...frequency, ...signal].map(({ at }) => at),
    ...priorityCharging.flatMap((each) => [each.from, each.to]),
  ];
  return moments.filter((moment) => moment > from).sort((a, b) => a - b);
}

/** Goes through moments in order. */
class Moments {
  readonly #all: readonly number[];
  #place = 0;

  constructor(all: readonly number[]) {
    this.#all = all;
  }

  /** The next one that was not reached. */
  get next(): number {
    return this.#all[this.#place] ?? Number.POSITIVE_INFINITY;
  }

  /** Goes to a moment; whether that is one of them. */
  advance(moment: number): boolean {
    const before = this.#place;
    while (this.next <= moment) this.#place++;
    return this.#place !== before;
  }
}

/** Which of the applied periods a period in force had to give way to, and why (K01.FR.17, SC.01). */
export function overruling(
  piece: Piece,
  overruled: PeriodReference,
  context: ScheduleContext,
): { readonly by: PeriodReference; readonly reason: 'stackLevel' | 'purpose' } | undefined {
  const rivalry = rivalryOf(overruled.profile, context);
  const leader = piece.applied.find(({ profile }) => rivalryOf(profile, context) === rivalry);
  if (leader) return { by: leader, reason: 'stackLevel' };
  const [transaction] = piece.applied;
  return transaction && { by: transaction, reason: 'purpose' };
}

function samePiece(a: Piece, b: Piece): boolean {
  return sameReferences(a.applied, b.applied) && sameReferences(a.overruled, b.overruled) && sameMerged(a, b);
}
