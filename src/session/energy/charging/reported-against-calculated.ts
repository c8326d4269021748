import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import { stackOf } from '../../../ocpp/schedule/stacks.ts';
import { installationOf, isHere, piecesOf } from './calculated.ts';
import { type ChargingView, contextOf } from './charging-context.ts';
import { type CompositeDifference, compositeDifference } from './composite-difference.ts';
import type { Installation } from './installation.ts';
import { profileName, profileWords } from './profile-words.ts';
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
/** What is named by its unit. */
const WITHOUT_NAME = ['limit', 'numberPhases'];

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
    const all = suspects.find(({ pieces: own }) => compare(own).length === 0);
    const some = all ?? suspects.find(({ pieces: own }) => agrees(compare(own), difference));
    return explained(difference, reported, all?.words ?? some?.partly, view, calculated, here);
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
  const { profile } = reported;
  // What is reported counts as it is written, in whatever mode.
  const literal = profile.schedules.map((schedule) => ({
    ...schedule,
    periods: schedule.periods.map((period) => ({ ...period, operationMode: 'CentralSetpoint' as const })),
  }));
  const pieces = compositeSchedule([{ ...profile, purpose, schedules: literal }], context, reported.from, reported.to);
  return pieces.map((piece) => {
    const index = piece.applied[0]?.periodIndex ?? -1;
    const operationMode = profile.schedules[0]?.periods[index]?.operationMode;
    return piece.settings && operationMode ? { ...piece, settings: { ...piece.settings, operationMode } } : piece;
  });
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
  /** Where it explains everything that differs, and where it explains one difference. */
  readonly words: Sentence;
  readonly partly: Sentence;
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
    const words = profileWords(each.profile, each.origin);
    return {
      pieces: calculate(rest),
      words: [...words, ' seems not to be applied'],
      partly: ['as it would be without ', ...words],
    };
  });
  const gone = view.charging.history
    .endedBefore(reported.askedAt, GONE_MAX)
    .filter((each) => isHere(each.profile, reported.evseId) && has(each))
    .map((each): Suspect => {
      const rest = here.filter(({ profile }) =>
        each.end?.why !== 'replaced' && each.end?.why !== 'updated' ? true : profile.id !== each.profile.id,
      );
      const end: SentencePart = linked(each.end?.why ?? 'gone', each.end?.entry ?? 0);
      const words: Sentence = [...profileWords(each.profile, each.origin), ', ', end, ','];
      return {
        pieces: calculate([...rest, each]),
        words: [...words, ' seems to be applied still'],
        partly: ['as it would be with ', ...words.slice(0, -1)],
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
  const words = (number: number | string | undefined, none: string) => {
    if (number === undefined) return none;
    if (typeof number === 'string') return number;
    return value === 'numberPhases' ? `${number} phases` : exactRate(number, unitOf(value, reported));
  };
  const what = WITHOUT_NAME.includes(value) ? '' : `${value} `;
  const theirs = words(difference.reported, 'none');
  const ours = words(difference.calculated, 'none');
  const label = `${what}reported ${theirs}, calculated ${ours}`;
  const piece = pieces.find((each) => each.from <= from && from < each.to);
  const isNumber = value !== 'numberPhases' && value !== 'operationMode';
  const decided = isNumber ? piece?.values[value] : value === 'numberPhases' ? piece?.numberPhases : piece?.settings;
  const by = decided && installationOf(here, decided.decidedBy.profile);
  const because: Sentence = suspect
    ? [': ', ...suspect]
    : by
      ? [`, by `, linked(profileName(by.profile, by.origin), by.entry)]
      : [];
  const converted = decided && isNumber && decided.decidedBy.schedule.unit !== reported.unit;
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
