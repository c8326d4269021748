/** What stands in the place of a secret. */
export const MASK = '******';

/** A part of a text that is replaced. */
export interface Edit {
  /** In UTF-16 code units, as strings have them. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Edits in their order. Those that overlap become one, so that nothing is left of what any of them takes out. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const ordered: Edit[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = ordered.at(-1);
    if (last === undefined || edit.start >= last.end) ordered.push(edit);
    else if (edit.end > last.end) ordered[ordered.length - 1] = { ...last, end: edit.end, replacement: MASK };
  }
  return ordered;
}

/** A text with its edits, which are in order. All other characters stay as they were. */
export function edited(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let end = 0;
  for (const edit of edits) {
    pieces.push(text.slice(end, edit.start), edit.replacement);
    end = edit.end;
  }
  pieces.push(text.slice(end));
  return pieces.join('');
}
