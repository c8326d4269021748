import type { JsonValue } from '../../../ocpp/json.ts';
import { compositeSchedule, type Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval, ScheduleContext } from '../../../ocpp/schedule/context.ts';
import { install } from '../../../ocpp/schedule/installed.ts';
import { offsetSpans } from '../../../ocpp/schedule/offset-spans.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import type { PeriodReference } from '../../../ocpp/schedule/segments.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { Failure } from '../../outcome.ts';
import type { DraftFacts } from './facts.ts';

/** What the schedules of a station are calculated from. */
export interface DraftStation {
  readonly version: OcppVersion;
  readonly installed: readonly ChargingProfile[];
  /** Of the EVSE that is looked at, in the unit of the draft. */
  readonly context: ScheduleContext;
  readonly facts: Omit<DraftFacts, 'installed'>;
}

/** What would come of a profile. */
export interface DraftQuestion extends Interval {
  /** For which EVSE (connector) the profile is. */
  readonly evseId: number;
  /** `csChargingProfiles` or `chargingProfile`; null asks only for what is there. */
  readonly profile: JsonValue;
}

/** A composite schedule as steps: each value holds from its time until the next; null is no limit. */
export interface CompositeSteps {
  readonly at: readonly number[];
  readonly limit: readonly (number | null)[];
  readonly dischargeLimit: readonly (number | null)[];
  readonly setpoint: readonly (number | null)[];
  /** What decided, in words: profile, stack level and purpose. */
  readonly decidedBy: readonly string[];
  /** Entry of the message that decided; 0 for the draft and where nothing decides. */
  readonly entry: readonly number[];
}

/** The composite schedule now and with the draft. */
export interface DraftPicture extends Interval {
  readonly facts: DraftFacts;
  readonly before: CompositeSteps;
  /** Null where the draft cannot be calculated with. */
  readonly after: CompositeSteps | null;
  readonly problem: Failure | null;
  /** What was taken for granted to calculate it, in sentences. */
  readonly assumed: readonly string[];
  /** Local time of the station minus UTC, from each time on, in milliseconds. */
  readonly offsets: readonly { readonly from: number; readonly offset: number }[];
  /** There are more steps than are shown. */
  readonly cut: boolean;
}

/** Steps that a picture has at most. */
const STEPS_MAX = 2000;

/** What the composite schedule is and what it would become with a draft, for an EVSE between two times. */
export function draftPicture(station: DraftStation, question: DraftQuestion): DraftPicture {
  const { version, installed, facts } = station;
  const { from, to, evseId } = question;
  const parsed =
    question.profile === null
      ? undefined
      : parseProfile(question.profile, { version, source: DRAFT, evseId, receivedAt: facts.at });
  const draft = parsed?.ok ? parsed.value : undefined;
  const { context, assumed } = assumptions(station, draft, { from, to });
  const before = compositeSchedule(installed, station.context, from, to);
  const after = draft && compositeSchedule(install(installed, draft), context, from, to);
  return {
    from,
    to,
    facts: { ...facts, installed: installed.map(({ schedules: _, ...summary }) => summary) },
    before: stepsOf(before),
    after: after ? stepsOf(after) : null,
    problem: parsed && !parsed.ok ? parsed.error : null,
    assumed,
    offsets: offsetSpans(station.context.offsetAt, from, to).map((span) => ({ from: span.from, offset: span.offset })),
    cut: before.length > STEPS_MAX || (after?.length ?? 0) > STEPS_MAX,
  };
}

/** What the draft is known by, where others are known by their entry. */
const DRAFT = 'draft';

/** Where the draft would not count now, what it would do once it does. */
function assumptions({ context }: DraftStation, draft: ChargingProfile | undefined, window: Interval) {
  const assumed: string[] = [];
  let next = context;
  if (draft?.purpose === 'PriorityCharging' && !context.priorityCharging?.some((each) => each.to > window.from)) {
    next = { ...next, priorityCharging: [window] };
    assumed.push('As if priority charging were in use.');
  }
  if ((draft?.purpose === 'TxProfile' || draft?.kind === 'Relative') && !context.transaction && context.evseId !== 0) {
    next = { ...next, transaction: { start: window.from } };
    assumed.push('As if a transaction began at the left edge: none goes on.');
  }
  return { context: next, assumed };
}

function stepsOf(pieces: readonly Piece[]): CompositeSteps {
  const shown = pieces.slice(0, STEPS_MAX);
  const deciding = shown.map(decider);
  return {
    at: shown.map(({ from }) => from),
    limit: shown.map(({ values }) => numberOf(values.limit?.value)),
    dischargeLimit: shown.map(({ values }) => numberOf(values.dischargeLimit?.value)),
    setpoint: shown.map(({ values }) => numberOf(values.setpoint?.value)),
    decidedBy: shown.map((piece, index) => words(piece, deciding[index])),
    entry: deciding.map((reference) => (typeof reference?.profile.source === 'number' ? reference.profile.source : 0)),
  };
}

/** Numbers of a payload may be so large that their conversion is infinite, which JSON cannot say. */
function numberOf(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function decider({ values, settings }: Piece): PeriodReference | undefined {
  return (values.limit ?? values.dischargeLimit ?? values.setpoint)?.decidedBy ?? settings?.decidedBy;
}

function words({ phaseConflict }: Piece, reference: PeriodReference | undefined): string {
  if (phaseConflict) return 'periods ask for different phases';
  if (!reference) return 'nothing limits';
  const { profile } = reference;
  const name = profile.source === DRAFT ? 'this draft' : `profile ${profile.id}`;
  return `${name} (${profile.purpose}, level ${profile.stackLevel})`;
}
