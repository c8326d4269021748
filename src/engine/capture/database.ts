import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Failure, failure, type Outcome, success } from '../../session/outcome.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { FORMAT_VERSION } from './format.ts';
import { checkSchema, createSchema, migrate, schemaOf } from './schema.ts';

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

/** Opens the session file to read only. Of one of an earlier format a temporary copy is brought up to date and read. */
export function openForReading(path: string): Outcome<DatabaseSync> {
  if (!existsSync(path)) return failure('session-missing', 'There is no such file.');
  let version = FORMAT_VERSION;
  const opened = opening(
    path,
    (database) => {
      const checked = checkSchema(database);
      if (checked.ok) version = checked.value;
      return checked;
    },
    true,
  );
  if (!opened.ok) return opened;
  const database = version < FORMAT_VERSION ? upToDateCopy(opened.value, version) : opened;
  if (database.ok) database.value.exec('PRAGMA query_only = ON; PRAGMA cache_size = -32000;');
  return database;
}

function upToDateCopy(database: DatabaseSync, version: number): Outcome<DatabaseSync> {
  const folder = makeTemporaryFolder('copy');
  const copy = join(folder.path, 'copy.plugscope');
  try {
    database.prepare('VACUUM INTO ?').run(copy);
    return opening(copy, (opened) => {
      migrate(opened, version);
      return success(undefined);
    });
  } catch (error) {
    return { ok: false, error: sqliteFailure(error) };
  } finally {
    database.close();
    // What is open stays readable without a name. A system that forbids that keeps it until it is swept.
    folder.removeNow();
  }
}

/** Opens a file that need not be trusted, and closes it again where what is prepared fails. */
export function opening(
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
      return {
        code: 'session-unreadable',
        sentence: 'The session file could not be opened: check that its folder is there, and that you may use both.',
      };
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
