import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { ChargingProfile, RateUnit } from '../../../ocpp/schedule/profile.ts';
import { type StationPiece, stationSchedule, totalPiece, totalValue } from '../../../ocpp/schedule/station.ts';
import { actingOn, installationOf } from './calculated.ts';
import { type ChargingView, chargingView, contextOf } from './charging-context.ts';
import { type CompositeDifference, compositeDifference } from './composite-difference.ts';
import { withEvSchedule } from './ev-schedule.ts';
import { asKnownThen, type Because, type Expected, type Suspect } from './expected.ts';
import type { Installation } from './installation.ts';
import { profileName } from './profile-words.ts';
import { exactRate } from './quantities.ts';
import { type DelaysOn, delaysIn } from './randomized-delays.ts';
import type { ReportedComposite } from './reported-composite.ts';
import { linked, type Sentence } from './sentence.ts';

/** EVSEs that are told one by one; of more only how many. */
const TOLD_MAX = 6;
/** W or A by which a sum may be off. */
const ROUNDING = 1;
/** No EVSE has this number: only what is installed on EVSE 0 acts there. */
const NO_EVSE = -1;

/**
 * The composite schedule of the station as a whole (K08.FR.03; 1.6: 5.7, errata 3.30): what it may take from the grid, at
 * most what its EVSEs may take together, each as if it had a transaction (K08.FR.06). Setpoints are the EVSEs' own.
 */
export function expectedOfStation(
  view: ChargingView,
  reported: ReportedComposite,
  reportedPieces: readonly Piece[],
): Expected {
  const { version, askedAt, from, to, unit } = reported;
  const installed = view.charging.history.at(askedAt);
  const numbers = new Set([...view.evses, ...installed.map(({ profile }) => profile.evseId)]);
  const evses = [...numbers].filter((evseId) => evseId !== 0).sort((a, b) => a - b);
  const contextAt = (evseId: number): ScheduleContext => {
    const own = chargingView(view.charging, view.known, view.conditions, { evseId, unit, from, to });
    return asKnownThen(contextOf(own, installed, { from: askedAt, to: askedAt + 1 }), { ...reported, evseId });
  };
  const station = contextAt(0);
  const undelayed = evses.map(contextAt);
  const waiting: typeof compositeSchedule = (profiles, context, ...range) =>
    compositeSchedule(actingOn(view.known, context.evseId, profiles, from), context, ...range);
  const taken: typeof compositeSchedule = (profiles, context, ...range) =>
    withEvSchedule(view, context, askedAt, compositeSchedule(profiles, context, ...range));
  const partsOf = (
    profiles: readonly ChargingProfile[],
    contexts: readonly ScheduleContext[],
    ofEvse = compositeSchedule,
  ) => stationSchedule(profiles, station, contexts, from, to, { ofEvse });
  const totals = reportedPieces.map((piece) => totalsOf(piece, unit));
  const differences = (calculated: readonly Piece[]) =>
    compositeDifference({ version, reported: totals, calculated }).filter(isOfTotal);
  const profiles = installed.map(({ profile }) => profile);
  const delayed = (delays: DelaysOn) => undelayed.map((context) => ({ ...context, delayOf: delays(context.evseId) }));
  const ongoing = undelayed.filter(({ transaction }) => transaction);
  const delays = delaysIn(
    new Map(ongoing.map((context) => [context.evseId, compositeSchedule(profiles, context, from, to)])),
    totals,
    (delaysOn) => differences(partsOf(profiles, delayed(delaysOn)).map(totalPiece)),
  );
  const contexts = delayed(delays);
  const parts = partsOf(profiles, contexts);
  const calculated = parts.map(totalPiece);
  const partAt = (instant: number) => parts.find((each) => each.from <= instant && instant < each.to);
  return {
    installed,
    pieces: (some) =>
      some === installed
        ? calculated
        : partsOf(
            some.map(({ profile }) => profile),
            contexts,
          ).map(totalPiece),
    hasSay: () => true,
    differences: (_, ours) => {
      const found = differences(ours).filter((each) => !isOwnAffair(each, partAt(each.from), unit));
      if (found.length === 0 || ours !== calculated) return found;
      // What an EV said that it takes, and what is relative to a delivery that has not begun (K08.FR.06).
      const alike = [taken, waiting].map((ofEvse) => partsOf(profiles, contexts, ofEvse).map(totalPiece));
      return alike.some((pieces) => differences(pieces).length === 0) ? [] : found;
    },
    misunderstandings: () =>
      misunderstandings(profiles, station, { from, to, unit }, () =>
        partsOf(
          profiles,
          contexts.filter(({ transaction }) => transaction),
        ).map(totalPiece),
      ),
    because: (difference) => becauseOf(partAt(difference.from), installed, evses, unit),
  };
}

/** Limits with all phases together; nothing else is of the station as a whole. */
function totalsOf(piece: Piece, unit: RateUnit): Piece {
  const total = (name: 'limit' | 'dischargeLimit') => {
    const [decided, value] = [piece.values[name], totalValue(piece, name, unit)];
    return decided && value !== undefined ? { [name]: { ...decided, value } } : {};
  };
  return { ...piece, values: { ...total('limit'), ...total('dischargeLimit') } };
}

function isOfTotal({ value, reported, calculated }: CompositeDifference): boolean {
  return value === 'limit' || (value === 'dischargeLimit' && reported !== undefined && calculated !== undefined);
}

/** Where an EVSE is not limited, only the station knows what it can take, which is less than all that is allowed. */
function isOwnAffair(
  { value, reported, calculated }: CompositeDifference,
  part: StationPiece | undefined,
  unit: RateUnit,
): boolean {
  if (value !== 'limit' || typeof reported !== 'number' || typeof calculated !== 'number' || !part) return false;
  const limits = part.evses.map((each) => totalValue(each, 'limit', unit));
  if (limits.length > 0 && limits.every((limit) => limit !== undefined)) return false;
  const known = limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0);
  return reported < calculated && reported >= Math.min(known, calculated) - ROUNDING;
}

/** What else a composite schedule of EVSE 0 could be taken for. */
function misunderstandings(
  profiles: readonly ChargingProfile[],
  station: ScheduleContext,
  { from, to, unit }: Interval & { readonly unit: RateUnit },
  ofOngoing: () => readonly Piece[],
): readonly Suspect[] {
  const suspect = (pieces: readonly Piece[], words: string): Suspect => ({ pieces, words: [words], partly: [words] });
  const asEvse = (evseId: number) =>
    compositeSchedule(profiles, { ...station, evseId }, from, to).map((piece) => totalsOf(piece, unit));
  const all = [
    suspect(asEvse(0), 'that is what the station itself may take; its EVSEs seem not to be added up (K08.FR.03)'),
    suspect(
      ofOngoing(),
      'only EVSEs with a transaction seem to be added up; the others count as if they had one (K08.FR.06)',
    ),
    suspect(
      asEvse(NO_EVSE),
      'the TxDefaultProfile of EVSE 0 seems to count once for the whole station; it counts for each EVSE (K01.FR.14)',
    ),
  ];
  // What limits nothing would be reported in any way.
  return all.filter(({ pieces }) => pieces.every(({ values }) => values.limit));
}

/** `, the sum of its EVSEs` with `EVSE 1 9000 W by profile 1, …`, or `, what the station may take by profile 3`. */
function becauseOf(
  part: StationPiece | undefined,
  installed: readonly Installation[],
  numbers: readonly number[],
  unit: RateUnit,
): Because {
  if (!part) return { by: [], also: [] };
  const nameOf = ({ values }: Piece): Sentence => {
    const decided = values.limit ?? values.limit_L2 ?? values.limit_L3;
    const by = decided && installationOf(installed, decided.decidedBy.profile);
    return by ? [' by ', linked(profileName(by.profile, by.origin), by.entry)] : [];
  };
  const each = part.evses.slice(0, TOLD_MAX).flatMap((own, index): Sentence => {
    const limit = totalValue(own, 'limit', unit);
    const words = limit === undefined ? 'not limited' : exactRate(limit, unit);
    return [`${index === 0 ? '' : ', '}EVSE ${numbers[index]} ${words}`, ...nameOf(own)];
  });
  const more = part.evses.length > TOLD_MAX ? [`, and ${part.evses.length - TOLD_MAX} more`] : [];
  const told: Sentence = part.evses.length === 0 ? [' No EVSE is known.'] : [' ', ...each, ...more, '.'];
  const by: Sentence =
    part.limit?.by === 'station'
      ? [', what the station may take', ...nameOf(part.station)]
      : [', the sum of its EVSEs'];
  return { by, also: told };
}
