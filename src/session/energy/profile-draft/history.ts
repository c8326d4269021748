import type { ProfileDraft } from './draft.ts';
import { type Edit, edited } from './edits.ts';

/** Drafts that are kept to go back to. */
const STEPS_MAX = 200;

/** A draft with what it was before, and what was taken back. */
export interface DraftHistory {
  readonly past: readonly ProfileDraft[];
  readonly present: ProfileDraft;
  readonly future: readonly ProfileDraft[];
}

/** A history that begins with a draft. */
export function historyOf(present: ProfileDraft): DraftHistory {
  return { past: [], present, future: [] };
}

/** After one or more edits, which are taken back as one. */
export function done(history: DraftHistory, ...edits: readonly Edit[]): DraftHistory {
  return replaced(history, edits.reduce(edited, history.present));
}

/** After a draft took the place of the present one. */
export function replaced(history: DraftHistory, next: ProfileDraft): DraftHistory {
  const { past, present } = history;
  return next === present ? history : { past: [...past, present].slice(-STEPS_MAX), present: next, future: [] };
}

/** Back to the draft before, where there is one. */
export function undone(history: DraftHistory): DraftHistory {
  const { past, present, future } = history;
  const before = past.at(-1);
  return before ? { past: past.slice(0, -1), present: before, future: [present, ...future] } : history;
}

/** What was taken back last, again. */
export function redone(history: DraftHistory): DraftHistory {
  const { past, present, future } = history;
  const [next, ...rest] = future;
  return next ? { past: [...past, present], present: next, future: rest } : history;
}
