import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { ChargingView } from './charging-context.ts';

/**
 * A composite schedule with what the EV said that it will take where that is less (SC.04, K15.FR.14); as it is where the
 * transaction has no schedule of its EV.
 */
export function withEvSchedule(
  { charging, known }: Pick<ChargingView, 'charging' | 'known'>,
  context: ScheduleContext,
  askedAt: number,
  pieces: readonly Piece[],
): readonly Piece[] {
  const { evseId } = context;
  const transaction = known.transactions.at(evseId, askedAt);
  const said = charging.ev.schedulesOn(evseId).findLast(({ at }) => at <= askedAt);
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!transaction || !said || !first || !last || said.at < transaction.startedAt) return pieces;
  const least = compositeSchedule([said.profile], { ...context, scheduleIndex: 0 }, first.from, last.to);
  return pieces.flatMap((piece) =>
    least
      .filter((each) => each.from < piece.to && each.to > piece.from)
      .map((each) =>
        lesser({ ...piece, from: Math.max(piece.from, each.from), to: Math.min(piece.to, each.to) }, each),
      ),
  );
}

/** Only `limit` and its phases are relevant in the schedule of an EV (2.18). */
function lesser(piece: Piece, { values }: Piece): Piece {
  const taken = (name: 'limit' | 'limit_L2' | 'limit_L3') => {
    const [own, evs] = [piece.values[name], values[name]];
    return evs && (!own || evs.value < own.value) ? { [name]: evs } : {};
  };
  return { ...piece, values: { ...piece.values, ...taken('limit'), ...taken('limit_L2'), ...taken('limit_L3') } };
}
