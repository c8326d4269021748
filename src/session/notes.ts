import { z } from 'zod';
import { FILTER_LENGTH_MAX } from './filter/parse.ts';

/** What a person may write about a message. */
export const COMMENT_LENGTH_MAX = 2000;
/** Bookmarks of one session that are shown at most. */
export const BOOKMARKS_MAX = 10_000;
/** Named filters, and colouring rules, that a session keeps at most. */
export const KEPT_MAX = 200;

const NAME_LENGTH_MAX = 100;

/** The colours of colouring rules, in the order in which they are offered; the renderer's tokens say how they look. */
export const ROW_COLOURS = ['blue', 'orange', 'green', 'pink', 'yellow', 'cyan', 'violet', 'grey'] as const;
export type RowColour = (typeof ROW_COLOURS)[number];

/** A message that somebody marked. */
export interface Bookmark {
  readonly entry: number;
  /** When it was marked or its comment changed, in milliseconds since 1970 UTC. */
  readonly wall: number;
  /** May be empty. */
  readonly comment: string;
}

const name = z.string().trim().min(1).max(NAME_LENGTH_MAX);
const filter = z.string().max(FILTER_LENGTH_MAX);

/** A filter that was given a name. */
export const namedFilterSchema = z.object({ name, filter });
export type NamedFilter = z.infer<typeof namedFilterSchema>;

/** Rows that pass the filter have the colour, where the rule is on and none before it in the list applies. */
export const colouringRuleSchema = z.object({ name, filter, colour: z.enum(ROW_COLOURS), on: z.boolean() });
export type ColouringRule = z.infer<typeof colouringRuleSchema>;

/** What people keep with a session, in its file. */
export interface Notes {
  /** Path of the session file that they are of. */
  readonly session: string;
  /** In the order of their entries, the first `BOOKMARKS_MAX` of them. */
  readonly bookmarks: readonly Bookmark[];
  /** In the order of the user. */
  readonly filters: readonly NamedFilter[];
  /** In the order in which they apply. */
  readonly colours: readonly ColouringRule[];
  /** Filters and rules in the file that this program cannot read; they go when the list is changed. */
  readonly unreadable: number;
}
