import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';
import {
  BOOKMARKS_MAX,
  type Bookmark,
  COMMENT_LENGTH_MAX,
  type ColouringRule,
  KEPT_MAX,
  type NamedFilter,
  type Notes,
} from '../../../session/notes.ts';
import { colouringRuleSchema, namedFilterSchema } from '../../../session/notes-schema.ts';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import { opening, sqliteFailure } from '../database.ts';
import { FORMAT_VERSION } from '../format.ts';
import { checkSchema } from '../schema.ts';

/** A change of what is kept with a session. */
export type NotesChange =
  /** Without a comment the mark goes. `wall` is now. */
  | { readonly kind: 'mark'; readonly entry: number; readonly comment: string | null; readonly wall: number }
  | { readonly kind: 'filters'; readonly filters: readonly NamedFilter[] }
  | { readonly kind: 'colours'; readonly colours: readonly ColouringRule[] };

/** The longest value that is read: a name and a filter, with what JSON makes of them. */
const VALUE_LENGTH_MAX = 40_000;
/** Rows of a stranger's file that are counted at most. */
const COUNTED_MAX = 10_000;

/** Reads what is kept with a session. The file is not written to. A session of an earlier format has nothing. */
export function readNotes(session: string): Outcome<Notes> {
  return withFile(session, true, (database, version) =>
    success(version < FORMAT_VERSION ? nothing(session) : notesIn(database, session)),
  );
}

/**
 * Makes a change, on a connection that lives as long as that takes, beside whoever records into the session. Of a
 * session that nobody records into the write-ahead log goes into the file at once, so that the file is whole by itself.
 */
export function changeNotes(session: string, change: NotesChange, recording: boolean): Outcome<Notes> {
  return withFile(session, false, (database, version) => {
    if (version < FORMAT_VERSION) {
      return failure('session-older', `Nothing can be noted in a session of the old format ${version}.`);
    }
    // When to write the log back while recording is the indexer's decision.
    database.exec('PRAGMA wal_autocheckpoint = 0');
    database.exec('BEGIN IMMEDIATE');
    const done = apply(database, change);
    database.exec(done.ok ? 'COMMIT' : 'ROLLBACK');
    if (!done.ok) return done;
    if (!recording) database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    return success(notesIn(database, session));
  });
}

function apply(database: DatabaseSync, change: NotesChange): Outcome<null> {
  switch (change.kind) {
    case 'mark':
      return mark(database, change.entry, change.comment, change.wall);
    case 'filters':
      return put(database, 'filter', change.filters);
    case 'colours':
      return put(database, 'colour', change.colours);
  }
}

function mark(database: DatabaseSync, entry: number, comment: string | null, wall: number): Outcome<null> {
  if (comment === null) {
    database.prepare('DELETE FROM note WHERE entry = ?').run(entry);
    return success(null);
  }
  if (database.prepare('SELECT 1 FROM entry WHERE entry = ?').get(entry) === undefined) {
    return failure('no-entry', `The session has no message ${entry}.`);
  }
  const others = database.prepare('SELECT count(*) AS count FROM note WHERE entry <> ?').get(entry)?.count;
  if (Number(others) >= BOOKMARKS_MAX) {
    return failure('too-many-bookmarks', `A session has at most ${BOOKMARKS_MAX} bookmarks.`);
  }
  database
    .prepare(
      'INSERT INTO note VALUES (?, ?, ?) ON CONFLICT (entry) DO UPDATE SET wall = excluded.wall, comment = excluded.comment',
    )
    .run(entry, wall, comment.toWellFormed());
  return success(null);
}

function put(database: DatabaseSync, kind: 'filter' | 'colour', items: readonly object[]): Outcome<null> {
  database.prepare('DELETE FROM kept WHERE kind = ?').run(kind);
  const insert = database.prepare('INSERT INTO kept VALUES (?, ?, ?)');
  for (const [position, item] of items.entries()) insert.run(kind, position, JSON.stringify(item));
  return success(null);
}

function notesIn(database: DatabaseSync, session: string): Notes {
  const filters = kept(database, 'filter', namedFilterSchema);
  const colours = kept(database, 'colour', colouringRuleSchema);
  const stored = database.prepare('SELECT count(*) AS count FROM (SELECT 1 FROM kept LIMIT ?)').get(COUNTED_MAX)?.count;
  const unreadable = Number(stored) - filters.length - colours.length;
  return { session, bookmarks: bookmarksIn(database), filters, colours, unreadable };
}

function bookmarksIn(database: DatabaseSync): readonly Bookmark[] {
  const rows = database
    .prepare(
      'SELECT entry, wall, substr(comment, 1, ?) AS comment FROM note WHERE entry BETWEEN 1 AND ? ORDER BY entry LIMIT ?',
    )
    .all(COMMENT_LENGTH_MAX, Number.MAX_SAFE_INTEGER, BOOKMARKS_MAX);
  return rows.map(({ entry, wall, comment }) => ({
    entry: Number(entry),
    wall: Number(wall),
    comment: String(comment),
  }));
}

/** What of a kind can be read: whatever the file says, it is parsed. */
function kept<T>(database: DatabaseSync, kind: string, schema: z.ZodType<T>): readonly T[] {
  const rows = database
    .prepare('SELECT value FROM kept WHERE kind = ? AND length(value) <= ? ORDER BY position LIMIT ?')
    .all(kind, VALUE_LENGTH_MAX, KEPT_MAX);
  return rows.flatMap(({ value }) => {
    const parsed = schema.safeParse(jsonIn(String(value)));
    return parsed.success ? [parsed.data] : [];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nothing(session: string): Notes {
  return { session, bookmarks: [], filters: [], colours: [], unreadable: 0 };
}

/** Opens a session file for as long as a task takes, with its format version; whatever goes wrong is a failure. */
function withFile<T>(
  session: string,
  readOnly: boolean,
  task: (database: DatabaseSync, version: number) => Outcome<T>,
): Outcome<T> {
  if (!existsSync(session)) return failure('session-missing', 'The session file is not there any more.');
  let version = 0;
  const opened = opening(
    session,
    (database) => {
      const checked = checkSchema(database);
      if (checked.ok) version = checked.value;
      return checked;
    },
    readOnly,
  );
  if (!opened.ok) return opened;
  const database = opened.value;
  try {
    return task(database, version);
  } catch (error) {
    return { ok: false, error: sqliteFailure(error) };
  } finally {
    // What was begun and not committed is undone.
    database.close();
  }
}
