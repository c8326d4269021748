import { z } from 'zod';
import { FILTER_LENGTH_MAX } from '../../session/filter/parse.ts';
import { COMMENT_LENGTH_MAX, KEPT_MAX, type Notes } from '../../session/notes.ts';
import { colouringRuleSchema, namedFilterSchema } from '../../session/notes-schema.ts';
import type { Outcome } from '../../session/outcome.ts';
import { method } from '../method.ts';

/**
 * What people keep with a session: bookmarks, named filters, colouring rules. They are in the file of the session that
 * the client is shown, live or opened; a file is written to only by these. Each change answers with all that is kept.
 */
export const NOTES_METHODS = {
  'notes.get': method<Outcome<Notes>>()(z.tuple([])),
  /** Marks an entry, with a comment that may be empty, or takes the mark away where it is null. */
  'notes.mark': method<Outcome<Notes>>()(
    z.tuple([z.number().int().min(1), z.string().max(COMMENT_LENGTH_MAX).nullable()]),
  ),
  /** Replaces the named filters. */
  'notes.putFilters': method<Outcome<Notes>>()(z.tuple([z.array(namedFilterSchema).max(KEPT_MAX)])),
  /** Replaces the colouring rules. */
  'notes.putColours': method<Outcome<Notes>>()(z.tuple([z.array(colouringRuleSchema).max(KEPT_MAX)])),
  /** Which of some entries pass a filter, for colouring rules that the row alone does not decide. */
  'notes.passing': method<readonly number[]>()(
    z.tuple([z.string().max(FILTER_LENGTH_MAX), z.array(z.number().int().min(1)).max(1000)]),
  ),
} as const;

export interface NotesEvents {
  /** What is kept with the session on screen has changed. */
  notesChanged(notes: Notes): void;
}
