import type { ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { OngoingTransaction } from '../../../../session/energy/profile-draft/facts.ts';

const LENGTH = { Daily: 86_400_000, Weekly: 7 * 86_400_000 } as const;

/** When a schedule of a draft starts, as far as that is known: the instant at which its drawing begins. */
export function anchorOf(
  draft: ProfileDraft,
  schedule: number,
  {
    at,
    offset,
    ongoing,
  }: { readonly at: number; readonly offset: number; readonly ongoing: readonly OngoingTransaction[] },
): number {
  if (draft.kind === 'Dynamic') return at;
  const { startSchedule, useLocalTime } = draft.schedules[schedule] ?? {};
  const written =
    startSchedule === undefined ? Number.NaN : instantOf(startSchedule, useLocalTime ? offset : undefined);
  if (draft.kind === 'Relative' || Number.isNaN(written)) {
    const transaction = ongoing.findLast(({ evseId, id }) =>
      draft.transactionId === undefined ? evseId === draft.evseId : id === draft.transactionId,
    );
    return transaction?.startedAt ?? at;
  }
  const length = draft.kind === 'Recurring' && draft.recurrency ? LENGTH[draft.recurrency] : undefined;
  return length && written < at ? written + Math.floor((at - written) / length) * length : written;
}

/** With an offset, the digits are what the clock on the wall shows (K01.FR.90). */
function instantOf(text: string, offset: number | undefined): number {
  if (offset === undefined) return Date.parse(/[zZ]$|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  return Date.parse(`${text.replace(/([zZ]|[+-]\d\d:?\d\d)$/, '')}Z`) - offset;
}

/** Seconds that are shown at once: a month. */
const LONGEST = 31 * 86_400;

/** Seconds that are shown of a schedule: all of it, with room behind the last start. */
export function spanOf(draft: ProfileDraft, schedule: number): number {
  const { duration, periods } = draft.schedules[schedule] ?? { periods: [] };
  const recurrence = draft.kind === 'Recurring' && draft.recurrency ? LENGTH[draft.recurrency] / 1000 : undefined;
  if (recurrence !== undefined) return recurrence;
  if (duration !== undefined) return Math.min(Math.max(duration * 1.08, 600), LONGEST);
  const last = periods.at(-1)?.startPeriod ?? 0;
  return Math.min(Math.max(4 * 3600, Math.ceil((last * 1.25) / 3600) * 3600), LONGEST);
}

/** Seconds before now at the left edge, where a schedule began long ago. */
const BEFORE = 3600;

/** Where the drawing begins, in seconds from the start: there, or around now where all of it was long ago. */
export function leftOf(
  { schedules }: ProfileDraft,
  schedule: number,
  { at, anchor, span }: { readonly at: number; readonly anchor: number; readonly span: number },
): number {
  const { duration, periods } = schedules[schedule] ?? { periods: [] };
  const now = (at - anchor) / 1000;
  const last = periods.at(-1)?.startPeriod ?? 0;
  if (now < span || now - BEFORE < last || now > (duration ?? Number.POSITIVE_INFINITY)) return 0;
  return Math.floor((now - BEFORE) / 3600) * 3600;
}
