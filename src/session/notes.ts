/** What a person may write about a message. */
export const COMMENT_LENGTH_MAX = 2000;
/** Bookmarks of one session that are shown at most. */
export const BOOKMARKS_MAX = 10_000;
/** The longest name of a filter or a rule. */
export const NAME_LENGTH_MAX = 100;
/** Named filters, and colouring rules, that a session keeps at most. */
export const KEPT_MAX = 200;

/** The colours of colouring rules, in the order in which they are offered; the renderer's tokens say how they look. */
export const ROW_COLOURS = ['orange', 'green', 'pink', 'cyan', 'violet', 'yellow', 'blue', 'grey'] as const;
export type RowColour = (typeof ROW_COLOURS)[number];

/** A message that somebody marked. */
export interface Bookmark {
  readonly entry: number;
  /** When it was marked or its comment changed, in milliseconds since 1970 UTC. */
  readonly wall: number;
  /** May be empty. */
  readonly comment: string;
}

/** A filter that was given a name. */
export interface NamedFilter {
  readonly name: string;
  readonly filter: string;
}

/** Rows that pass the filter have the colour, where the rule is on and none before it in the list applies. */
export interface ColouringRule {
  readonly name: string;
  readonly filter: string;
  readonly colour: RowColour;
  readonly on: boolean;
}

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
