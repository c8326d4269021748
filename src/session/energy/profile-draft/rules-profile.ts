import { instantText, type ProfileDraft } from './draft.ts';
import type { DraftFinding, DraftRule, InstalledSummary, RuleContext } from './facts.ts';

/** Rules about a profile as a whole: its purpose, its transaction, its kind and when it is valid. */
export const PROFILE_RULES: readonly DraftRule[] = [transaction, evse, purpose, kind, validity, rivals, sameId];

function transaction({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const { evseId, transactionId } = draft;
  const is16 = version === '1.6';
  if (draft.purpose !== 'TxProfile') {
    if (transactionId === undefined) return [];
    return [
      finding('warning', 'draft.transaction-unused', is16 ? ['7.8'] : ['ChargingProfileType'], {
        sentence: `transactionId is of a TxProfile only, and the purpose is ${draft.purpose}.`,
        remedy: set('Take it away', { transactionId: undefined }),
      }),
    ];
  }
  // Another rule says of EVSE 0 that it is the wrong one.
  if (evseId === 0) return [];
  const ongoing = facts.ongoing.filter((each) => each.evseId === evseId);
  const there = ongoing.at(-1);
  const use = there && set(`Use transaction ${there.id}`, { transactionId: there.id });
  if (!there) {
    const elsewhere = facts.ongoing.at(-1);
    return [
      finding('error', 'draft.no-transaction', is16 ? ['3.13.1', '5.16.4'] : ['K01.FR.09'], {
        sentence: `A TxProfile needs a transaction, and none goes on at ${is16 ? 'connector' : 'EVSE'} ${evseId}: the station would refuse it.`,
        remedy: elsewhere
          ? set(`Use transaction ${elsewhere.id} at ${elsewhere.evseId}`, {
              evseId: elsewhere.evseId,
              transactionId: elsewhere.id,
            })
          : set('Make it a TxDefaultProfile', { purpose: 'TxDefaultProfile', transactionId: undefined }),
      }),
    ];
  }
  if (transactionId === undefined) {
    return is16
      ? []
      : [
          finding('error', 'draft.transaction-missing', ['K01.FR.03'], {
            sentence: 'A TxProfile says with transactionId which transaction it is for.',
            remedy: use,
          }),
        ];
  }
  if (ongoing.some(({ id }) => id === transactionId)) return [];
  return [
    finding('error', 'draft.transaction-unknown', is16 ? ['5.16.3'] : ['K01.FR.33'], {
      sentence: `Transaction ${transactionId} does not go on at ${is16 ? 'connector' : 'EVSE'} ${evseId}.`,
      remedy: use,
    }),
  ];
}

function evse({ draft, version }: RuleContext): readonly DraftFinding[] {
  const { evseId, purpose: of } = draft;
  const is16 = version === '1.6';
  const place = is16 ? 'connector' : 'EVSE';
  if (of === 'TxProfile' && evseId === 0) {
    return [
      finding('error', 'draft.tx-of-station', is16 ? ['3.13.1'] : ['K01.FR.16'], {
        sentence: `A TxProfile is for one ${place}, never for ${place} 0.`,
        remedy: set(`Set it at ${place} 1`, { evseId: 1 }),
      }),
    ];
  }
  if (of === 'ChargingStationMaxProfile' && evseId !== 0) {
    return [
      finding('error', 'draft.max-of-evse', is16 ? ['3.13.1'] : ['K04.FR.03'], {
        sentence: `The maximum of a station is set at ${place} 0 only.`,
        remedy: set(`Set it at ${place} 0`, { evseId: 0 }),
      }),
    ];
  }
  return [];
}

function purpose({ draft, version }: RuleContext): readonly DraftFinding[] {
  const found: DraftFinding[] = [];
  if (draft.purpose === 'ChargingStationExternalConstraints') {
    found.push(
      finding('error', 'draft.external-constraints', ['K01.FR.22'], {
        sentence: 'A CSMS does not send ChargingStationExternalConstraints: they come from systems beside it.',
      }),
    );
  }
  if (draft.purpose === 'LocalGeneration' && version === '2.1') {
    found.push(
      finding('info', 'draft.local-generation', ['K27.FR.01'], {
        sentence: 'Local generation is added to the limit of the others; most stations learn it from outside.',
      }),
    );
  }
  if (draft.purpose !== 'PriorityCharging') return found;
  for (const [index, schedule] of draft.schedules.entries()) {
    if (schedule.duration !== undefined) {
      found.push(
        finding('error', 'draft.priority-duration', ['K01.FR.70'], {
          sentence: 'Priority charging has no duration: it lasts until it is ended.',
          place: { schedule: index },
          remedy: {
            words: 'Take the duration away',
            edits: [{ kind: 'schedule', schedule: index, change: { duration: undefined } }],
          },
        }),
      );
    }
    if (schedule.periods.some(({ operationMode = 'ChargingOnly' }) => operationMode !== 'ChargingOnly')) {
      found.push(
        finding('error', 'draft.priority-mode', ['K01.FR.71'], {
          sentence: 'Priority charging only charges: every period has mode ChargingOnly.',
          place: { schedule: index },
        }),
      );
    }
  }
  return found;
}

function kind({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const found: DraftFinding[] = [];
  const is16 = version === '1.6';
  if (draft.purpose === 'ChargingStationMaxProfile' && draft.kind === 'Relative') {
    found.push(
      finding('error', 'draft.max-relative', is16 ? ['7.9'] : ['K01.FR.38'], {
        sentence: 'The maximum of a station is not relative: it has no transaction to start with.',
        remedy: { words: 'Make it absolute', edits: [{ kind: 'kind', to: 'Absolute', start: facts.at }] },
      }),
    );
  }
  if (draft.kind === 'Recurring' && draft.recurrency === undefined) {
    found.push(
      finding('error', 'draft.recurrency-missing', is16 ? ['7.8'] : ['ChargingProfileType'], {
        sentence: 'A recurring profile says with recurrencyKind how often it recurs.',
        remedy: set('Daily', { recurrency: 'Daily' }),
      }),
    );
  }
  if (draft.kind !== 'Recurring' && draft.recurrency !== undefined) {
    found.push(
      finding('warning', 'draft.recurrency-unused', is16 ? ['7.8'] : ['ChargingProfileType'], {
        sentence: 'recurrencyKind is of a recurring profile only.',
        remedy: set('Take it away', { recurrency: undefined }),
      }),
    );
  }
  for (const [index, schedule] of draft.schedules.entries()) {
    const start = (words: string, startSchedule: string | undefined) => ({
      words,
      edits: [{ kind: 'schedule' as const, schedule: index, change: { startSchedule } }],
    });
    const anchored = draft.kind === 'Absolute' || draft.kind === 'Recurring';
    if (anchored && schedule.startSchedule === undefined) {
      found.push(
        finding(is16 ? 'warning' : 'error', 'draft.start-missing', is16 ? ['7.13'] : ['K01.FR.40'], {
          sentence: is16
            ? 'Without startSchedule the schedule starts with charging, as a relative one does.'
            : `A schedule of kind ${draft.kind} has a startSchedule.`,
          place: { schedule: index },
          remedy: start('Start now', instantText(Math.floor(facts.at / 60_000) * 60_000)),
        }),
      );
    }
    if (draft.kind === 'Relative' && schedule.startSchedule !== undefined) {
      found.push(
        finding(is16 ? 'warning' : 'error', 'draft.start-of-relative', is16 ? ['7.9'] : ['K01.FR.41'], {
          sentence: 'A relative schedule has no startSchedule: it starts with its transaction.',
          place: { schedule: index },
          remedy: start('Take it away', undefined),
        }),
      );
    }
  }
  return found;
}

function validity({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  const from = draft.validFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(draft.validFrom);
  const to = draft.validTo === undefined ? Number.POSITIVE_INFINITY : Date.parse(draft.validTo);
  const requirements = version === '1.6' ? ['7.8'] : ['K01.FR.36', 'K01.FR.37'];
  if (to <= from) {
    const sentence = 'validTo is not after validFrom, so the profile is never valid.';
    return [finding('error', 'draft.never-valid', requirements, { sentence })];
  }
  if (to <= facts.at) {
    const sentence = 'validTo is in the past, so the profile is valid no more.';
    return [finding('warning', 'draft.valid-no-more', requirements, { sentence })];
  }
  return [];
}

/** Profiles of the same level, of which only one may be valid at a time. */
function rivals({ draft, version, facts }: RuleContext): readonly DraftFinding[] {
  return facts.installed
    .filter((each) => each.id !== draft.id && each.purpose === draft.purpose && each.stackLevel === draft.stackLevel)
    .flatMap((each) => rival(draft, version, each, facts.installed));
}

function rival(
  draft: ProfileDraft,
  version: RuleContext['version'],
  other: InstalledSummary,
  installed: readonly InstalledSummary[],
): readonly DraftFinding[] {
  const same = other.evseId === draft.evseId;
  const words = `profile ${other.id} at ${version === '1.6' ? 'connector' : 'EVSE'} ${other.evseId}`;
  const entry = typeof other.source === 'number' ? other.source : undefined;
  if (version === '1.6') {
    if (!same) return [];
    const sentence = `It takes the place of ${words}, which has the same purpose and stack level.`;
    return [finding('info', 'draft.replaces', ['3.13.2'], { sentence, entry })];
  }
  const free = freeLevel(draft, installed);
  const remedy = set(`Use stack level ${free}`, { stackLevel: free });
  if (draft.purpose === 'TxProfile') {
    if (!same || other.transactionId !== draft.transactionId) return [];
    const sentence = `The transaction has ${words} with stack level ${draft.stackLevel} already.`;
    return [finding('error', 'draft.same-level', ['K01.FR.39'], { sentence, entry, remedy })];
  }
  if (same && overlaps(draft, other)) {
    const sentence = `${capital(words)} has the same purpose and stack level ${draft.stackLevel}, and is valid at the same time.`;
    return [finding('error', 'draft.same-level', ['K01.FR.06'], { sentence, entry, remedy })];
  }
  if (draft.purpose === 'TxDefaultProfile' && !same && (draft.evseId === 0 || other.evseId === 0)) {
    const requirement = draft.evseId === 0 ? 'K01.FR.52' : 'K01.FR.53';
    const sentence = `The station refuses it: ${words} is a default with stack level ${draft.stackLevel} as well.`;
    return [finding('error', 'draft.same-level', [requirement], { sentence, entry, remedy })];
  }
  return [];
}

function overlaps(draft: ProfileDraft, other: InstalledSummary): boolean {
  const from = draft.validFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(draft.validFrom);
  const to = draft.validTo === undefined ? Number.POSITIVE_INFINITY : Date.parse(draft.validTo);
  return from < (other.validTo ?? Number.POSITIVE_INFINITY) && (other.validFrom ?? Number.NEGATIVE_INFINITY) < to;
}

function freeLevel(draft: ProfileDraft, installed: readonly InstalledSummary[]): number {
  const taken = installed.filter(({ purpose: of, id }) => of === draft.purpose && id !== draft.id);
  let level = draft.stackLevel + 1;
  while (taken.some(({ stackLevel }) => stackLevel === level)) level++;
  return level;
}

function sameId({ draft, facts }: RuleContext): readonly DraftFinding[] {
  const other = facts.installed.find(({ id }) => id === draft.id);
  if (!other) return [];
  const entry = typeof other.source === 'number' ? other.source : undefined;
  if (other.purpose === 'ChargingStationExternalConstraints') {
    const sentence = `Profile ${draft.id} is an external constraint, which cannot be replaced.`;
    return [finding('error', 'draft.id-of-external', ['K01.FR.05'], { sentence, entry })];
  }
  const where = other.evseId === draft.evseId ? '' : `, which is at ${other.evseId}`;
  const sentence = `It takes the place of the installed profile ${draft.id}${where}.`;
  return [finding('info', 'draft.replaces', ['K01.FR.05'], { sentence, entry })];
}

/** A finding of a draft. */
export function finding(
  severity: DraftFinding['severity'],
  rule: string,
  requirements: readonly string[],
  what: Pick<DraftFinding, 'sentence' | 'place' | 'entry' | 'remedy'>,
): DraftFinding {
  return { severity, rule, requirements, ...what };
}

function set(
  words: string,
  change: Extract<NonNullable<DraftFinding['remedy']>['edits'][number], { readonly kind: 'profile' }>['change'],
): NonNullable<DraftFinding['remedy']> {
  return { words, edits: [{ kind: 'profile', change }] };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
