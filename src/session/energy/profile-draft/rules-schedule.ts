import { QUANTITIES, VALUE_NAMES } from '../../../ocpp/schedule/profile.ts';
import { modeOf, type PeriodDraft, type ScheduleDraft } from './draft.ts';
import type { DraftFinding, DraftRule, RuleContext } from './facts.ts';
import { allowanceOf, quantityOf } from './modes.ts';
import { lacking } from './payload.ts';
import { finding } from './rules-profile.ts';

/** Rules about schedules and their periods. */
export const SCHEDULE_RULES: readonly DraftRule[] = [
  leftOut,
  oneSchedule,
  dynamic,
  perSchedule(order),
  perSchedule(duration),
  perPeriod(phases),
  perPeriod(quantities),
  perPeriod(setpoint),
  perPeriod(curves),
];

function leftOut({ draft, version }: RuleContext): readonly DraftFinding[] {
  return lacking(draft, version).map((name) =>
    finding('warning', 'draft.left-out', [], { sentence: `OCPP ${version} has no ${name}: it is not in the message.` }),
  );
}

function oneSchedule({ draft, version }: RuleContext): readonly DraftFinding[] {
  if (version === '1.6' || draft.schedules.length < 2) return [];
  if (draft.purpose === 'TxProfile') {
    const sentence = 'Several schedules to choose from are for transactions of ISO 15118 only.';
    return [finding('info', 'draft.schedules', ['K01.FR.34'], { sentence })];
  }
  const sentence = `A ${draft.purpose} has one schedule; up to three are for a TxProfile of ISO 15118.`;
  return [finding('error', 'draft.schedules', ['K01.FR.34'], { sentence })];
}

function dynamic({ draft, version }: RuleContext): readonly DraftFinding[] {
  if (version !== '2.1') return [];
  const found: DraftFinding[] = [];
  if (draft.kind === 'Dynamic') {
    const [schedule, ...others] = draft.schedules;
    if (others.length > 0 || schedule?.periods.length !== 1) {
      const sentence = 'A dynamic profile has one schedule with one period; updates change its values.';
      found.push(finding('error', 'draft.dynamic-periods', ['K28.FR.01'], { sentence }));
    }
  } else if (draft.dynUpdateInterval !== undefined || draft.dynUpdateTime !== undefined) {
    found.push(
      finding('error', 'draft.dynamic-fields', ['K01.FR.122', 'K28.FR.04'], {
        sentence: 'dynUpdateInterval and dynUpdateTime are of a dynamic profile only.',
        remedy: {
          words: 'Take them away',
          edits: [{ kind: 'profile', change: { dynUpdateInterval: undefined, dynUpdateTime: undefined } }],
        },
      }),
    );
  }
  return found;
}

function perSchedule(
  rule: (schedule: ScheduleDraft, context: RuleContext) => readonly Omit<DraftFinding, 'place'>[],
): DraftRule {
  return (context) =>
    context.draft.schedules.flatMap((schedule, index) =>
      rule(schedule, context).map((found) => ({ ...found, place: { schedule: index } })),
    );
}

function order({ periods }: ScheduleDraft, { version }: RuleContext): readonly DraftFinding[] {
  const is16 = version === '1.6';
  if (periods[0]?.startPeriod !== 0) {
    const sentence = 'The first period starts at 0.';
    return [finding('error', 'draft.first-period', is16 ? ['errata 3.45'] : ['K01.FR.31'], { sentence })];
  }
  if (periods.every((period, index) => index === 0 || period.startPeriod > (periods[index - 1]?.startPeriod ?? 0))) {
    return [];
  }
  const sentence = 'The periods do not follow each other in time.';
  return [finding('error', 'draft.order', is16 ? ['7.13'] : ['K01.FR.35'], { sentence })];
}

const LENGTH = { Daily: 86_400, Weekly: 7 * 86_400 } as const;

function duration({ duration: end, periods }: ScheduleDraft, { draft, version }: RuleContext): readonly DraftFinding[] {
  const length = draft.recurrency && LENGTH[draft.recurrency];
  const last = Math.min(end ?? Number.POSITIVE_INFINITY, length ?? Number.POSITIVE_INFINITY);
  const late = periods.filter(({ startPeriod }) => startPeriod >= last).length;
  const found: DraftFinding[] = [];
  if (late > 0) {
    const of = end !== undefined && end <= last ? 'duration' : 'recurrence';
    const sentence = `${late === 1 ? 'One period starts' : `${late} periods start`} after the ${of} ends, and ${late === 1 ? 'is' : 'are'} never in force.`;
    found.push(finding('warning', 'draft.never-reached', version === '1.6' ? ['7.13'] : ['K01.FR.11'], { sentence }));
  }
  if (end !== undefined && length !== undefined && end > length) {
    const sentence = `The duration is longer than the recurrence, ${draft.recurrency === 'Daily' ? 'a day' : 'a week'}.`;
    found.push(finding('warning', 'draft.duration', version === '1.6' ? ['7.13'] : ['K01.FR.13'], { sentence }));
  }
  return found;
}

interface Place {
  readonly schedule: number;
  readonly period: number;
}

function perPeriod(
  rule: (period: PeriodDraft, context: RuleContext, place: Place) => readonly DraftFinding[],
): DraftRule {
  return (context) =>
    context.draft.schedules.flatMap(({ periods }, schedule) =>
      periods.flatMap((period, index) =>
        rule(period, context, { schedule, period: index }).map((found) => ({
          ...found,
          sentence: periods.length > 1 ? `Period ${index + 1}: ${found.sentence}` : found.sentence,
          place: { schedule, period: index },
        })),
      ),
    );
}

function phases({ numberPhases, phaseToUse }: PeriodDraft, { version, facts }: RuleContext, place: Place) {
  const found: DraftFinding[] = [];
  const index = place.period;
  const { schedule } = place;
  const without = {
    words: 'Take it away',
    edits: [{ kind: 'period', schedule, index, change: { phaseToUse: undefined } }],
  } as const;
  if (version !== '1.6' && phaseToUse !== undefined && numberPhases !== 1) {
    found.push(
      finding('error', 'draft.phase-to-use', ['K01.FR.19'], {
        sentence: 'phaseToUse is set only where numberPhases is 1.',
        remedy: without,
      }),
    );
  }
  if (version === '2.1' && facts.electrics.current === 'DC' && (numberPhases ?? phaseToUse) !== undefined) {
    const { dcInputPhaseControl } = facts.limits;
    if (dcInputPhaseControl?.value !== true) {
      found.push(
        finding('warning', 'draft.phases-of-dc', ['K01.FR.44'], {
          sentence: 'The EVSE charges with DC, which has no phases to choose.',
          entry: dcInputPhaseControl?.entry,
          remedy: {
            words: 'Take the phases away',
            edits: [{ kind: 'period', schedule, index, change: { numberPhases: undefined, phaseToUse: undefined } }],
          },
        }),
      );
    }
  }
  return found;
}

/** Which rule forbids the values of a mode, beside the table of block Q. */
const FORBIDDEN: { readonly [mode: string]: readonly string[] } = {
  LocalFrequency: ['Q08.FR.01', 'Q08.FR.04'],
  Idle: ['Q10.FR.02'],
};

function quantities(period: PeriodDraft, { version }: RuleContext, { schedule, period: index }: Place) {
  const mode = modeOf(period);
  const found: DraftFinding[] = [];
  if (version === '2.1') {
    for (const name of VALUE_NAMES) {
      const allowance = allowanceOf(mode, quantityOf(name), version);
      if (period.values[name] === undefined || allowance === 'required' || allowance === 'optional') continue;
      const requirements = ['block Q, "Limits and setpoints per operation mode"', ...(FORBIDDEN[mode] ?? [])];
      const sentence =
        allowance === 'external'
          ? `In mode ${mode}, ${name} is set by the external system.`
          : `A period of mode ${mode} has no ${name}.`;
      const remedy = {
        words: 'Take it away',
        edits: [{ kind: 'value', schedule, index, name, value: undefined }],
      } as const;
      found.push(finding('error', 'draft.mode-value', requirements, { sentence, remedy }));
    }
  }
  for (const quantity of QUANTITIES) {
    if (allowanceOf(mode, quantity, version) !== 'required' || period.values[quantity] !== undefined) continue;
    const sentence = `${version === '2.1' ? `A period of mode ${mode}` : 'A period'} needs a ${quantity}.`;
    const requirements =
      version === '2.1' ? ['block Q, "Limits and setpoints per operation mode"'] : ['ChargingSchedulePeriod'];
    found.push(finding('error', 'draft.mode-lacks', requirements, { sentence }));
  }
  return found;
}

function setpoint({ values }: PeriodDraft, { version }: RuleContext): readonly DraftFinding[] {
  const { setpoint: at, limit, dischargeLimit } = values;
  if (version !== '2.1' || at === undefined) return [];
  const above = limit !== undefined && at > limit;
  const below = dischargeLimit !== undefined && at < dischargeLimit;
  if (!above && !below) return [];
  const sentence = above
    ? `The setpoint of ${at} is above the limit of ${limit}.`
    : `The setpoint of ${at} is below the dischargeLimit of ${dischargeLimit}.`;
  return [finding('error', 'draft.setpoint-outside', ['V2X.05'], { sentence })];
}

function curves(period: PeriodDraft, { draft, version }: RuleContext, place: Place): readonly DraftFinding[] {
  if (version !== '2.1' || modeOf(period) !== 'LocalFrequency') return [];
  const found: DraftFinding[] = [];
  if (period.v2xBaseline === undefined || (period.v2xFreqWattCurve?.length ?? 0) < 2) {
    const sentence = 'Mode LocalFrequency needs a v2xBaseline and a v2xFreqWattCurve of two points at least.';
    found.push(finding('error', 'draft.curve', ['Q08.FR.03'], { sentence }));
  }
  if (draft.schedules[place.schedule]?.unit !== 'W') {
    const sentence = 'Mode LocalFrequency needs a schedule in W, as its curve is.';
    found.push(finding('error', 'draft.curve-unit', ['Q08.FR.05'], { sentence }));
  }
  return found;
}
