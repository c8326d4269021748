import { closeSync, existsSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type Failure, failure, type Outcome, success } from '../../session/outcome.ts';
import { FORMAT_VERSION } from './format.ts';
import { MIGRATIONS } from './migrations.ts';
import { checkSchema, createSchema, schemaOf } from './schema.ts';

/** How long a connection waits for another one's lock, in milliseconds. */
const BUSY_MS = 5000;

/** The file is data of a stranger: nothing in it may run, and no cell may point outside its page. */
const UNTRUSTED = 'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;';

/** Opens the session file to index into it; makes it where it is not there, and brings an old one up to date. */
export function openForIndexing(path: string): Outcome<DatabaseSync> {
  makePrivate(path);
  return opening(path, (database) => {
    // Also where a process was killed before it had made the tables.
    if (schemaOf(database).length === 0) {
      database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;');
      createSchema(database);
    }
    const version = checkSchema(database);
    if (!version.ok) return version;
    migrate(database, version.value);
    // Only checkpoints wait for the disk, and when to make one is the indexer's decision.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;
      PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;`);
    return success(undefined);
  });
}

/** Passwords in upgrade headers are in the file: no one but its owner is to read it. SQLite's own files follow suit. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch {
    // It is there already, or cannot be made, of which SQLite says why.
  }
}

/** Opens the session file to read only. */
export function openForReading(path: string): Outcome<DatabaseSync> {
  if (!existsSync(path)) return failure('session-missing', 'There is no such file.');
  return opening(
    path,
    (database) => {
      const version = checkSchema(database);
      if (!version.ok) return version;
      if (version.value < FORMAT_VERSION) {
        return failure(
          'session-older',
          `This session has the old format ${version.value}; record into it to convert it.`,
        );
      }
      database.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32000;');
      return success(undefined);
    },
    true,
  );
}

function opening(
  path: string,
  prepare: (database: DatabaseSync) => Outcome<unknown>,
  readOnly = false,
): Outcome<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, {
      readOnly,
      timeout: BUSY_MS,
      allowExtension: false,
      enableDoubleQuotedStringLiterals: false,
      defensive: true,
    });
    database.exec(UNTRUSTED);
    const prepared = prepare(database);
    if (prepared.ok) return success(database);
    database.close();
    return prepared;
  } catch (error) {
    if (database?.isOpen) database.close();
    return { ok: false, error: sqliteFailure(error) };
  }
}

function migrate(database: DatabaseSync, from: number): void {
  for (let version = from; version < FORMAT_VERSION; version++) {
    database.exec('BEGIN IMMEDIATE');
    for (const statement of MIGRATIONS[version]?.steps() ?? []) database.exec(statement);
    database.exec(`PRAGMA user_version = ${version + 1}`);
    database.exec('COMMIT');
  }
}

/** Result codes of SQLite that a user can do something about. */
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;
const CORRUPT = 11;
const READ_ONLY = 8;

/** An error of SQLite as a failure with a sentence. */
export function sqliteFailure(error: unknown): Failure {
  const primary = Number((error as { errcode?: unknown } | null)?.errcode ?? 0) & 0xff;
  const message = error instanceof Error ? error.message : String(error);
  switch (primary) {
    case FULL:
      return { code: 'disk-full', sentence: 'The session file could not be written: the disk is full.' };
    case CANNOT_OPEN:
      return { code: 'session-unreadable', sentence: 'The session file could not be opened.' };
    case READ_ONLY:
      return { code: 'session-read-only', sentence: 'The session file is read-only.' };
    case NOT_A_DATABASE:
      return { code: 'not-a-session', sentence: 'This file is not a Plugscope session.' };
    case CORRUPT:
      return { code: 'session-damaged', sentence: 'The session file is damaged.' };
    default:
      return { code: 'session-failed', sentence: `The session file reports an error: ${message}.` };
  }
}
