import { compositeSchedule } from '../../../ocpp/schedule/composite.ts';
import { stackOf } from '../../../ocpp/schedule/stacks.ts';
import { type CalculatedPiece, piecesOf } from './calculated.ts';
import type { ChargingView } from './charging-context.ts';
import type { Installation } from './installation.ts';
import { capital, profileKind, profileName } from './profile-words.ts';
import { linked, type Sentence } from './sentence.ts';

const TOLD_MAX = 8;
const WEEK = 7 * 86_400_000;

/** Profiles that are installed but not in force at an instant, and why. */
export function outOfForce(view: ChargingView, piece: CalculatedPiece, at: number): readonly Sentence[] {
  const inForce = [...piece.applied, ...piece.overruled, ...(piece.phaseConflict ?? [])];
  const others = piece.profiles.filter(
    ({ profile }) => !inForce.some((each) => each.profile.id === profile.id && each.profile.source === profile.source),
  );
  const sentences = others.slice(0, TOLD_MAX).map((each): Sentence => {
    const { profile, origin } = each;
    const name = linked(capital(profileName(profile, origin)), each.entry);
    return [name, ` (${profileKind(profile, origin)}) is installed, but `, ...reasonOf(view, piece, each, at), '.'];
  });
  return others.length > TOLD_MAX
    ? [...sentences, [`${others.length - TOLD_MAX} more are installed, but not in force.`]]
    : sentences;
}

function reasonOf(view: ChargingView, piece: CalculatedPiece, each: Installation, at: number): Sentence {
  const { profile } = each;
  const { context } = piece;
  if (stackOf(profile, context) === undefined) {
    if (profile.purpose !== 'TxProfile') return ['has no say here'];
    if (!context.transaction) return ['there is no transaction'];
    return [`is of another transaction (${profile.transactionId ?? 'none'})`];
  }
  if (profile.validFrom !== undefined && at < profile.validFrom)
    return ['is valid from ', { at: profile.validFrom }, ' on'];
  if (profile.validTo !== undefined && at >= profile.validTo) return ['was valid until ', { at: profile.validTo }];
  if (profile.purpose === 'PriorityCharging' && !view.priority.some(({ from, to }) => from <= at && at < to)) {
    return ['priority charging is not in use'];
  }
  const offline = compositeSchedule([profile], { ...context, offline: [] }, at, at + 1);
  if (offline[0]?.applied.length) return ['not valid after so long offline (maxOfflineDuration)'];
  const inUse = { ...context, priorityCharging: [{ from: at, to: at + WEEK }] };
  const next = piecesOf(view, [each], inUse, { from: at, to: at + WEEK }).find(({ applied }) => applied.length > 0);
  return next
    ? ['its schedule has a period again from ', { at: next.from }, ' on']
    : ['its schedule has no period at this time'];
}
