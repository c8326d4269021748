import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import { stackOf } from '../../../ocpp/schedule/stacks.ts';
import { installationOf, isHere, piecesOf } from './calculated.ts';
import { type ChargingView, contextOf } from './charging-context.ts';
import { type CompositeDifference, compositeDifference } from './composite-difference.ts';
import { withEvSchedule } from './ev-schedule.ts';
import type { Installation } from './installation.ts';
import { profileName } from './profile-words.ts';
import { delaysIn } from './randomized-delays.ts';
import type { ReportedComposite } from './reported-composite.ts';
import { linked, type Sentence } from './sentence.ts';

/** What decides a value in words, and what is to be said after that. */
export interface Because {
  readonly by: Sentence;
  readonly also: Sentence;
}

/** What a station may have done instead of what it should. */
export interface Suspect {
  readonly pieces: readonly Piece[];
  /** Where it explains everything that differs, and where it explains one difference. */
  readonly words: Sentence;
  readonly partly: Sentence;
}

/** How a composite schedule that a station reports is calculated, by what was known when it was asked for. */
export interface Expected {
  /** What was installed. */
  readonly installed: readonly Installation[];
  readonly pieces: (profiles: readonly Installation[]) => readonly Piece[];
  readonly hasSay: (profile: ChargingProfile) => boolean;
  readonly differences: (reported: readonly Piece[], calculated: readonly Piece[]) => readonly CompositeDifference[];
  /** What else a station may have taken the question for. */
  readonly misunderstandings: () => readonly Suspect[];
  readonly because: (difference: CompositeDifference) => Because;
}

/**
 * The composite schedule of an EVSE. Delays by chance are those that fit what is reported best (K01.FR.93), and a station
 * may take the schedule of the EV into account or not (SC.04 says that it shall, K15.FR.14 that it should).
 */
export function expectedOfEvse(
  view: ChargingView,
  reported: ReportedComposite,
  reportedPieces: readonly Piece[],
): Expected {
  const range: Interval = { from: reported.from, to: reported.to };
  const { version, evseId, askedAt } = reported;
  const installed = view.charging.history.at(askedAt).filter(({ profile }) => isHere(profile, evseId));
  const undelayed = asKnownThen(contextOf(view, installed, { from: askedAt, to: askedAt + 1 }), reported);
  const calculate = (profiles: readonly Installation[], context: ScheduleContext) =>
    compositeSchedule(
      profiles.map(({ profile }) => profile),
      context,
      reported.from,
      reported.to,
    );
  const differences = (theirs: readonly Piece[], ours: readonly Piece[]) =>
    compositeDifference({ version, reported: theirs, calculated: ours });
  const delays = delaysIn(
    new Map(undelayed.transaction ? [[evseId, calculate(installed, undelayed)]] : []),
    reportedPieces,
    (delaysOn) => differences(reportedPieces, calculate(installed, { ...undelayed, delayOf: delaysOn(evseId) })),
  );
  const context = { ...undelayed, delayOf: delays(evseId) };
  const calculated = calculate(installed, context);
  return {
    installed,
    pieces: (profiles) => (profiles === installed ? calculated : calculate(profiles, context)),
    hasSay: (profile) => stackOf(profile, context) !== undefined,
    differences: (theirs, ours) => {
      const found = differences(theirs, ours);
      if (found.length === 0) return found;
      const alike = [withEvSchedule(view, context, askedAt, ours)];
      // Where nothing is delivered, what is relative to that may wait for it, or begin with the question (K08.FR.06).
      if (ours === calculated) alike.push(piecesOf(view, installed, context, range));
      return alike.some((pieces) => differences(theirs, pieces).length === 0) ? [] : found;
    },
    misunderstandings: () => [],
    because: (difference) => becauseOf(difference, installed, calculated, view),
  };
}

/** What nobody could know when it was asked for is left out: the state of things goes on as it was. */
export function asKnownThen(context: ScheduleContext, { askedAt, evseId }: ReportedComposite): ScheduleContext {
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

function becauseOf(
  { value, from }: CompositeDifference,
  here: readonly Installation[],
  calculated: readonly Piece[],
  { unit, supply }: ChargingView,
): Because {
  const piece = calculated.find((each) => each.from <= from && from < each.to);
  const others = { numberPhases: piece?.numberPhases, phaseToUse: piece?.phaseToUse, operationMode: piece?.settings };
  const isNumber = !(value in others);
  const decided = value in others ? others[value as keyof typeof others] : piece?.values[value as never];
  const by = decided && installationOf(here, decided.decidedBy.profile);
  const converted = decided && isNumber && decided.decidedBy.schedule.unit !== unit;
  return {
    by: by ? [', by ', linked(profileName(by.profile, by.origin), by.entry)] : [],
    also: converted ? [` It was converted at ${supply.voltage} V.`] : [],
  };
}
