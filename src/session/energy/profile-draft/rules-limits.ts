import { modeOf, type ProfileDraft } from './draft.ts';
import type { DraftFinding, DraftRule, RuleContext } from './facts.ts';
import type { DraftLimits, Told } from './limits.ts';
import { finding } from './rules-profile.ts';

/** Rules about what the station said that it takes. Of what it did not say, nothing is found. */
export const LIMIT_RULES: readonly DraftRule[] = [
  enabled,
  stackLevel,
  unit,
  periods,
  room,
  phases,
  features,
  modes,
  id,
];

function enabled({ facts }: RuleContext): readonly DraftFinding[] {
  const { smartCharging } = facts.limits;
  if (smartCharging?.value !== false) return [];
  return [
    by(smartCharging, 'error', 'draft.disabled', ['K01.FR.29'], 'Smart charging is switched off at the station.'),
  ];
}

function stackLevel({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { stackLevelMax: most } = facts.limits;
  if (!most || draft.stackLevel <= most.value) return [];
  const sentence = `Stack level ${draft.stackLevel} is above ${most.value}, the highest that the station takes.`;
  const remedy = {
    words: `Use ${most.value}`,
    edits: [{ kind: 'profile', change: { stackLevel: most.value } }],
  } as const;
  return [by(most, 'error', 'draft.stack-level', version === '1.6' ? ['9.4.1'] : [most.name], sentence, { remedy })];
}

function unit({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { rateUnits } = facts.limits;
  if (!rateUnits) return [];
  return draft.schedules.flatMap((schedule, index) => {
    const [other] = rateUnits.value;
    if (rateUnits.value.includes(schedule.unit) || other === undefined) return [];
    const sentence = `The station takes schedules in ${rateUnits.value.join(' and ')}, not in ${schedule.unit}.`;
    const remedy = {
      words: `Convert to ${other}`,
      edits: [{ kind: 'unit', schedule: index, to: other, electrics: facts.electrics }],
    } as const;
    const requirements = version === '1.6' ? ['9.4.2'] : ['K01.FR.26'];
    return [by(rateUnits, 'error', 'draft.unit', requirements, sentence, { remedy, place: { schedule: index } })];
  });
}

function periods({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { periodsMax: most } = facts.limits;
  if (!most) return [];
  return draft.schedules.flatMap((schedule, index) => {
    if (schedule.periods.length <= most.value) return [];
    const sentence = `${schedule.periods.length} periods are more than the ${most.value} that the station takes.`;
    const requirements = version === '1.6' ? ['9.4.3'] : [most.name];
    return [by(most, 'error', 'draft.periods', requirements, sentence, { place: { schedule: index } })];
  });
}

function room({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { profilesMax: most } = facts.limits;
  const others = facts.installed.filter((each) => each.id !== draft.id && !isReplaced(each, draft, version));
  if (!most || others.length < most.value) return [];
  const sentence = `${others.length} profiles are installed, and the station holds ${most.value}.`;
  return [by(most, 'error', 'draft.room', version === '1.6' ? ['9.4.5'] : [most.name], sentence)];
}

function isReplaced(
  other: RuleContext['facts']['installed'][number],
  draft: ProfileDraft,
  version: RuleContext['version'],
): boolean {
  const same = other.purpose === draft.purpose && other.stackLevel === draft.stackLevel;
  return version === '1.6' && same && other.evseId === draft.evseId;
}

function phases({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { phases3to1, phaseSwitching } = facts.limits;
  const all = draft.schedules.flatMap((schedule) => schedule.periods);
  const found: DraftFinding[] = [];
  const numbers = new Set(all.map(({ numberPhases }) => numberPhases ?? 3));
  if (phases3to1?.value === false && numbers.has(1) && numbers.has(3)) {
    const sentence = 'The schedule changes between three phases and one, which the station cannot do while charging.';
    found.push(
      by(phases3to1, 'warning', 'draft.phases-change', version === '1.6' ? ['9.4.4'] : [phases3to1.name], sentence),
    );
  }
  if (version !== '1.6' && phaseSwitching?.value !== true && all.some(({ phaseToUse }) => phaseToUse !== undefined)) {
    const told = phaseSwitching ? 'it says that it does not' : 'no message says that it does';
    const sentence = `phaseToUse is only for an EVSE that chooses its phase, and ${told} (ACPhaseSwitchingSupported).`;
    const severity = phaseSwitching ? 'error' : 'warning';
    found.push(
      finding(severity, 'draft.phase-switching', ['K01.FR.20', 'K01.FR.48'], {
        sentence,
        entry: phaseSwitching?.entry,
      }),
    );
  }
  return found;
}

interface Feature {
  readonly limit: keyof DraftLimits;
  readonly requirement: string;
  readonly words: string;
  used(draft: ProfileDraft): boolean;
}

/** What a station of 2.1 takes only where it says so. */
const FEATURES: readonly Feature[] = [
  {
    limit: 'dynamicProfiles',
    requirement: 'K01.FR.121',
    words: 'dynamic profiles',
    used: ({ kind }) => kind === 'Dynamic',
  },
  {
    limit: 'localTime',
    requirement: 'K01.FR.123',
    words: 'useLocalTime',
    used: ({ schedules }) => schedules.some(({ useLocalTime }) => useLocalTime),
  },
  {
    limit: 'randomizedDelay',
    requirement: 'K01.FR.124',
    words: 'randomizedDelay',
    used: ({ schedules }) => schedules.some(({ randomizedDelay = 0 }) => randomizedDelay > 0),
  },
  {
    limit: 'limitAtSoC',
    requirement: 'K01.FR.125',
    words: 'limitAtSoC',
    used: ({ schedules }) => schedules.some(({ limitAtSoC }) => limitAtSoC !== undefined),
  },
  {
    limit: 'evseSleep',
    requirement: 'K01.FR.126',
    words: 'evseSleep',
    used: ({ schedules }) => schedules.some((schedule) => schedule.periods.some(({ evseSleep }) => evseSleep)),
  },
  {
    limit: 'offlineDuration',
    requirement: 'SmartChargingCtrlr.SupportsFeature[MaxOfflineDuration]',
    words: 'maxOfflineDuration',
    used: ({ maxOfflineDuration, invalidAfterOfflineDuration }) =>
      maxOfflineDuration !== undefined || invalidAfterOfflineDuration !== undefined,
  },
];

/** Absent is the same as false for these (K01.FR.121 to K01.FR.126), but messages may simply not have told it yet. */
function features({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  if (version !== '2.1') return [];
  const found = FEATURES.flatMap(({ limit, requirement, words, used }) => {
    const told = facts.limits[limit];
    if (!used(draft) || told?.value === true) return [];
    const sentence = told
      ? `The station says that it does not support ${words}.`
      : `No message says that the station supports ${words}; it refuses the profile where it does not.`;
    return [finding(told ? 'error' : 'warning', 'draft.unsupported', [requirement], { sentence, entry: told?.entry })];
  });
  const delayed = draft.schedules.some(({ randomizedDelay = 0 }) => randomizedDelay > 0);
  if (delayed && draft.purpose !== 'TxProfile' && draft.purpose !== 'TxDefaultProfile') {
    const sentence = `randomizedDelay is of TxProfiles and TxDefaultProfiles, not of a ${draft.purpose}.`;
    found.push(finding('error', 'draft.delay', ['K01.FR.95'], { sentence }));
  }
  const { additionalPurposes } = facts.limits;
  const additional = draft.purpose === 'PriorityCharging' || draft.purpose === 'LocalGeneration';
  if (additional && !additionalPurposes?.value.includes(draft.purpose)) {
    const sentence = additionalPurposes
      ? `The station does not list ${draft.purpose} among its purposes.`
      : `No message says that the station supports ${draft.purpose}; it refuses the profile where it does not.`;
    const severity = additionalPurposes ? 'error' : 'warning';
    found.push(finding(severity, 'draft.unsupported', ['K01.FR.120'], { sentence, entry: additionalPurposes?.entry }));
  }
  return found;
}

function modes({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  if (version !== '2.1') return [];
  const used = new Set(draft.schedules.flatMap((schedule) => schedule.periods.map(modeOf)));
  used.delete('ChargingOnly');
  if (used.size === 0) return [];
  const { v2xEnabled, operationModes } = facts.limits;
  const found: DraftFinding[] = [];
  if (v2xEnabled?.value === false) {
    found.push(by(v2xEnabled, 'error', 'draft.v2x-disabled', [v2xEnabled.name], 'V2X is switched off at the station.'));
  }
  for (const mode of used) {
    if (!operationModes || operationModes.value.includes(mode)) continue;
    const sentence = `The station does not list ${mode} among its operation modes.`;
    const requirements = mode === 'LocalLoadBalancing' ? ['Q09.FR.01'] : [operationModes.name];
    found.push(by(operationModes, 'error', 'draft.mode', requirements, sentence));
  }
  return found;
}

function id({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { maxExternalConstraintsId: most } = facts.limits;
  if (version !== '2.1' || !most || draft.id > most.value) return [];
  const next = most.value + 1;
  const sentence = `Ids up to ${most.value} are of external constraints, so ${draft.id} is refused.`;
  const remedy = { words: `Use ${next}`, edits: [{ kind: 'profile', change: { id: next } }] } as const;
  return [by(most, 'error', 'draft.id', ['K01.FR.80', 'K01.FR.81'], sentence, { remedy })];
}

/** A finding that rests on what a message told, which it names. */
function by(
  told: Told<unknown>,
  severity: DraftFinding['severity'],
  rule: string,
  requirements: readonly string[],
  sentence: string,
  more: Pick<DraftFinding, 'remedy' | 'place'> = {},
): DraftFinding {
  return finding(severity, rule, requirements, {
    sentence: `${sentence} ${told.name} is ${told.text}.`,
    entry: told.entry,
    ...more,
  });
}
