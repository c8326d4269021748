import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { RateUnit, ValueName } from '../../../ocpp/schedule/profile.ts';
import type { ChargingView } from './charging-context.ts';
import type { CompositeDifference } from './composite-difference.ts';
import { type Because, expectedOfEvse } from './expected.ts';
import { expectedOfStation } from './expected-station.ts';
import { exactRate } from './quantities.ts';
import type { ReportedComposite } from './reported-composite.ts';
import { linked, type Sentence } from './sentence.ts';
import { suspectsOf } from './suspects.ts';

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

/** Differences of one answer that are explained; of more the first. */
const DIFFERENCES_MAX = 20;
/** What is named by its unit. */
const WITHOUT_NAME = ['limit', 'numberPhases'];

/** Compares an answer to GetCompositeSchedule with the set as it was when that was asked for. */
export function againstCalculated(view: ChargingView, reported: ReportedComposite): ReportedAgainstCalculated {
  const asked = { ...view, unit: reported.unit };
  const pieces = reportedPieces(asked, reported);
  const expected = (reported.evseId === 0 ? expectedOfStation : expectedOfEvse)(asked, reported, pieces);
  const calculated = expected.pieces(expected.installed);
  const compare = (own: readonly Piece[]) => expected.differences(pieces, own);
  const found = compare(calculated).slice(0, DIFFERENCES_MAX);
  const suspects = found.length === 0 ? [] : [...expected.misunderstandings(), ...suspectsOf(view, reported, expected)];
  const differences = found.map((difference): ExplainedDifference => {
    const all = suspects.find((suspect) => compare(suspect.pieces).length === 0);
    const some = all ?? suspects.find(({ pieces: own }) => agrees(own, compare(own), difference));
    const because = all?.words ?? some?.partly;
    return explained(difference, reported, because && [': ', ...because], expected.because(difference));
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

/** Whether a difference is gone among others, since what is calculated says what is reported, not nothing. */
function agrees(
  calculated: readonly Piece[],
  differences: readonly CompositeDifference[],
  { value, from, to }: CompositeDifference,
): boolean {
  const says = ({ values, numberPhases, phaseToUse, settings }: Piece) => {
    const others = { numberPhases, phaseToUse, operationMode: settings };
    return (value in others ? others[value as keyof typeof others] : values[value as ValueName]) !== undefined;
  };
  return (
    calculated.every((piece) => piece.to <= from || piece.from >= to || says(piece)) &&
    differences.every((other) => other.value !== value || other.to <= from || other.from >= to)
  );
}

/** A difference in words: because of a suspect, or else by what decides. */
function explained(
  difference: CompositeDifference,
  reported: ReportedComposite,
  suspect: Sentence | undefined,
  { by, also }: Because,
): ExplainedDifference {
  const { value, from, to } = difference;
  const words = (number: number | string | undefined, none: string) => {
    if (number === undefined) return none;
    if (typeof number === 'string') return number;
    if (value === 'phaseToUse') return `L${number}`;
    return value === 'numberPhases' ? `${number} phases` : exactRate(number, unitOf(value, reported));
  };
  const what = WITHOUT_NAME.includes(value) ? '' : `${value} `;
  const theirs = words(difference.reported, 'none');
  const ours = words(difference.calculated, 'none');
  const sentence: Sentence = [
    linked(`${what}reported ${theirs}`, reported.entry),
    `, calculated ${ours} from `,
    { at: from },
    ' to ',
    { at: to },
    ...(suspect ?? by),
    '.',
    ...also,
    ...(suspect ? [] : ownLimit(difference)),
  ];
  return { ...difference, entry: reported.entry, sentence, label: `${what}reported ${theirs}, calculated ${ours}` };
}

/** A station may know a limit of its own, such as of its hardware or a cable. */
function ownLimit({ value, reported, calculated }: CompositeDifference): Sentence {
  const lower = typeof reported === 'number' && typeof calculated === 'number' && reported < calculated;
  return value === 'limit' && lower ? [' A limit of the station itself may be lower (K08; 1.6: 5.7).'] : [];
}

/** In chargingRateUnit, reactive power or current as well. */
function unitOf(value: string, { unit }: ReportedComposite): RateUnit | 'var' {
  return value.startsWith('setpointReactive') && unit === 'W' ? 'var' : unit;
}
