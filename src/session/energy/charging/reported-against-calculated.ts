import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import { stackOf } from '../../../ocpp/schedule/stacks.ts';
import { installationOf, isHere, piecesOf } from './calculated.ts';
import { type ChargingView, contextOf } from './charging-context.ts';
import { type CompositeDifference, compositeDifference } from './composite-difference.ts';
import type { Installation } from './installation.ts';
import { profileWords, profileName } from './profile-words.ts';
import { exactRate } from './quantities.ts';
import type { ReportedComposite } from './reported-composite.ts';
import { linked, type Sentence, type SentencePart } from './sentence.ts';

/** A difference, with what it may come from. */
export interface ExplainedDifference extends CompositeDifference {
  readonly entry: number;
  readonly sentence: Sentence;
  /** Without times, as the label of a band. */
  readonly label: string;
}

/** A composite schedule as reported, beside what it should be by what was known when it was asked for. */
export interface ReportedAgainstCalculated {
  readonly reported: ReportedComposite;
  readonly pieces: readonly Piece[];
  readonly calculated: readonly Piece[];
  readonly differences: readonly ExplainedDifference[];
}

/** Profiles that were gone before, which are tried as an explanation. */
const GONE_MAX = 10;
/** Differences of one answer that are explained; of more the first. */
const DIFFERENCES_MAX = 20;

/** Compares an answer to GetCompositeSchedule with the set as it was when that was asked for. */
export function againstCalculated(view: ChargingView, reported: ReportedComposite): ReportedAgainstCalculated {
  const range: Interval = { from: reported.from, to: reported.to };
  const asked = { ...view, unit: reported.unit };
  const here = view.charging.history.at(reported.askedAt).filter(({ profile }) => isHere(profile, reported.evseId));
  const context = asKnownThen(contextOf(asked, here, { from: reported.askedAt, to: reported.askedAt + 1 }), reported);
  const pieces = reportedPieces(asked, reported);
  const calculate = (profiles: readonly Installation[]) => piecesOf(asked, profiles, context, range);
  const calculated = calculate(here);
  const compare = (own: readonly Piece[]) =>
    compositeDifference({ version: reported.version, reported: pieces, calculated: own });
  // What the EVSEs take together bounds a whole station as well (K08.FR.03), which is another calculation.
  const found = reported.evseId === 0 ? [] : compare(calculated).slice(0, DIFFERENCES_MAX);
  const suspects = found.length === 0 ? [] : suspectsOf(view, reported, here, context, calculate);
  const differences = found.map((difference): ExplainedDifference => {
    const suspect = suspects.find(({ pieces: own }) => agrees(compare(own), difference));
    return explained(difference, reported, suspect?.words, view, calculated, here);
  });
  return { reported, pieces, calculated, differences };
}

/** The periods of a composite schedule as reported, in the unit of the view. */
export function reportedPieces({ unit, supply, known }: ChargingView, reported: ReportedComposite): readonly Piece[] {
  const context: ScheduleContext = {
    evseId: reported.evseId,
    unit,
    current: supply.current,
    voltage: supply.voltage,
    offsetAt: (instant) => known.offsetAt(instant),
  };
  // A purpose that has a say on an EVSE and one that has it on the station.
  const purpose = reported.evseId === 0 ? 'ChargingStationMaxProfile' : 'TxDefaultProfile';
  return compositeSchedule([{ ...reported.profile, purpose }], context, reported.from, reported.to);
}

/** What nobody could know when it was asked for is left out: the state of things goes on as it was. */
function asKnownThen(context: ScheduleContext, { askedAt, evseId }: ReportedComposite): ScheduleContext {
  const sofar = (interval: Interval): readonly Interval[] => {
    if (interval.from > askedAt) return [];
    return [{ from: interval.from, to: interval.to > askedAt ? Number.POSITIVE_INFINITY : interval.to }];
  };
  const series = (steps: ScheduleContext['signal']) => steps?.filter(({ at }) => at <= askedAt);
  return {
    ...context,
    evseId,
    offline: context.offline?.filter(({ to }) => to <= askedAt),
    ...(context.priorityCharging ? { priorityCharging: context.priorityCharging.flatMap(sofar) } : {}),
    ...(context.stateOfCharge ? { stateOfCharge: series(context.stateOfCharge) } : {}),
    ...(context.frequency ? { frequency: series(context.frequency) } : {}),
    ...(context.signal ? { signal: series(context.signal) } : {}),
  };
}

interface Suspect {
  readonly pieces: readonly Piece[];
  readonly words: Sentence;
}

/** What would come out if a station did not apply one profile, or still applied one that is gone. */
function suspectsOf(
  view: ChargingView,
  reported: ReportedComposite,
  here: readonly Installation[],
  context: ScheduleContext,
  calculate: (profiles: readonly Installation[]) => readonly Piece[],
): readonly Suspect[] {
  const has = ({ profile }: Installation) => stackOf(profile, context) !== undefined;
  const ignored = here.filter(has).map((each): Suspect => {
    const rest = here.filter((other) => other !== each);
    return { pieces: calculate(rest), words: [...profileWords(each.profile, each.origin), ' seems not to be applied'] };
  });
  const gone = view.charging.history
    .endedBefore(reported.askedAt, GONE_MAX)
    .filter((each) => isHere(each.profile, reported.evseId) && has(each))
    .map((each): Suspect => {
      const rest = here.filter(({ profile }) => each.end?.why !== 'replaced' && each.end?.why !== 'updated' ? true : profile.id !== each.profile.id);
      const end: SentencePart = linked(each.end?.why ?? 'gone', each.end?.entry ?? 0);
      return {
        pieces: calculate([...rest, each]),
        words: [...profileWords(each.profile, each.origin), ', ', end, ', seems to be applied still'],
      };
    });
  return [...ignored, ...gone];
}

/** Whether a difference is gone among others. */
function agrees(differences: readonly CompositeDifference[], { value, from, to }: CompositeDifference): boolean {
  return differences.every((other) => other.value !== value || other.to <= from || other.from >= to);
}

function explained(
  difference: CompositeDifference,
  reported: ReportedComposite,
  suspect: Sentence | undefined,
  view: ChargingView,
  pieces: readonly Piece[],
  here: readonly Installation[],
): ExplainedDifference {
  const { value, from, to } = difference;
  const words = (number: number | undefined, none: string) => {
    if (number === undefined) return none;
    return value === 'numberPhases' ? `${number} phases` : exactRate(number, unitOf(value, reported));
  };
  const what = value === 'limit' || value === 'numberPhases' ? '' : `${value} `;
  const theirs = words(difference.reported, 'none');
  const ours = words(difference.calculated, 'none');
  const label = `${what}reported ${theirs}, calculated ${ours}`;
  const piece = pieces.find((each) => each.from <= from && from < each.to);
  const decided = value === 'numberPhases' ? piece?.numberPhases : piece?.values[value];
  const by = decided && installationOf(here, decided.decidedBy.profile);
  const because: Sentence = suspect
    ? [': ', ...suspect]
    : by
      ? [`, by `, linked(profileName(by.profile, by.origin), by.entry)]
      : [];
  const converted = decided && value !== 'numberPhases' && decided.decidedBy.schedule.unit !== reported.unit;
  const volts = converted ? ` It was converted at ${view.supply.voltage} V.` : '';
  const sentence: Sentence = [
    linked(`${what}reported ${theirs}`, reported.entry),
    `, calculated ${ours} from `,
    { at: from },
    ' to ',
    { at: to },
    ...because,
    `.${volts}`,
  ];
  return { ...difference, entry: reported.entry, sentence, label };
}

function unitOf(value: string, { unit }: ReportedComposite): 'A' | 'W' {
  return value.startsWith('setpointReactive') ? 'W' : unit;
}
