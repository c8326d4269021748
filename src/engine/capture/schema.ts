import { DatabaseSync } from 'node:sqlite';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { APPLICATION_ID, FORMAT_VERSION } from './format.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * The tables of a session file of format version 1; `MIGRATIONS` lead on from there, for new files too. What the timeline shows and filters stands in narrow rows, apart
 * from the frames' bytes: a million of them are scanned in some 50 ms, so they need no index per column, which would
 * cost every insert. Numbers stand for names in the order of `codes.ts`.
 */
const TABLES_1 = [
  // One row: how far the journal is in here, and sums that would take a scan.
  `CREATE TABLE state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    segment INTEGER NOT NULL, byte_offset INTEGER NOT NULL,
    last_entry INTEGER NOT NULL, last_link INTEGER NOT NULL,
    entries INTEGER NOT NULL, messages INTEGER NOT NULL, errors INTEGER NOT NULL, warnings INTEGER NOT NULL,
    unrecorded INTEGER NOT NULL, stop_code TEXT, stop_sentence TEXT
  ) STRICT`,
  // Each process that recorded into this session; the monotonic clock starts anew with each.
  `CREATE TABLE recording (
    id INTEGER PRIMARY KEY, wall REAL NOT NULL, mono REAL NOT NULL, first_entry INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE station (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT`,
  `CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT`,
  `CREATE TABLE link (
    id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, station INTEGER NOT NULL, version TEXT,
    opened_wall REAL NOT NULL, opened_mono REAL NOT NULL, closed_wall REAL, closed_mono REAL,
    ended INTEGER NOT NULL, opening TEXT NOT NULL, negotiation TEXT, closing TEXT,
    pings INTEGER NOT NULL, pongs INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX link_conversation ON link (conversation)`,
  `CREATE TABLE entry (
    entry INTEGER PRIMARY KEY, kind INTEGER NOT NULL, wall REAL NOT NULL, mono REAL NOT NULL,
    link INTEGER NOT NULL, station INTEGER NOT NULL, direction INTEGER NOT NULL, type INTEGER, action INTEGER,
    message_id TEXT, summary TEXT NOT NULL, call INTEGER, answer INTEGER, latency REAL,
    severity INTEGER NOT NULL, findings INTEGER NOT NULL, size INTEGER NOT NULL
  ) STRICT`,
  `CREATE INDEX entry_with_findings ON entry (entry) WHERE findings > 0`,
  // TEXT where the bytes are UTF-8 without NUL, so that LIKE works on them; else BLOB.
  `CREATE TABLE frame (
    entry INTEGER PRIMARY KEY, content INTEGER NOT NULL, origin INTEGER NOT NULL, data ANY NOT NULL
  ) STRICT`,
  `CREATE TABLE finding (
    id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, severity INTEGER NOT NULL, rule TEXT NOT NULL,
    requirements TEXT NOT NULL, pointer TEXT, text_offset INTEGER, sentence TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX finding_entry ON finding (entry)`,
  `CREATE TABLE control (
    id INTEGER PRIMARY KEY, link INTEGER NOT NULL, wall REAL NOT NULL, mono REAL NOT NULL,
    direction INTEGER NOT NULL, pong INTEGER NOT NULL, data BLOB NOT NULL
  ) STRICT`,
] as const;

/** Makes an empty database a session of a format version, the present one where none is named. */
export function createSchema(database: DatabaseSync, version = FORMAT_VERSION): void {
  database.exec('BEGIN');
  for (const statement of TABLES_1) database.exec(statement);
  database.exec(`INSERT INTO state VALUES (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL)`);
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
  for (let from = 1; from < version; from++) for (const statement of MIGRATIONS[from] ?? []) database.exec(statement);
  database.exec(`PRAGMA user_version = ${version}`);
  database.exec('COMMIT');
}

/** Brings a session of an earlier format version up to date. */
export function migrate(database: DatabaseSync, from: number): void {
  for (let version = from; version < FORMAT_VERSION; version++) {
    database.exec('BEGIN IMMEDIATE');
    for (const statement of MIGRATIONS[version] ?? []) database.exec(statement);
    database.exec(`PRAGMA user_version = ${version + 1}`);
    database.exec('COMMIT');
  }
}

/**
 * Says whether a database is a session that this program can read, and yields its format version. A file from a
 * stranger with anything beside the tables of its version (a trigger or a view would run code of theirs) is refused.
 */
export function checkSchema(database: DatabaseSync): Outcome<number> {
  if (pragma(database, 'application_id') !== APPLICATION_ID) {
    return failure('not-a-session', 'This file is not a Plugscope session.');
  }
  const version = pragma(database, 'user_version');
  if (version > FORMAT_VERSION) {
    return failure(
      'session-newer',
      `This session was written by a newer Plugscope (format ${version}; this one reads up to ${FORMAT_VERSION}).`,
    );
  }
  if (version < 1 || JSON.stringify(schemaOf(database)) !== JSON.stringify(schemaOfVersion(version))) {
    return failure('session-foreign', 'This file has tables that no Plugscope session has; it is not opened.');
  }
  if (database.prepare('SELECT 1 FROM state').all().length !== 1) {
    return failure('session-damaged', 'The session file is damaged.');
  }
  return success(version);
}

/** Every object of a database as its SQL, in a fixed order. */
export function schemaOf(database: DatabaseSync): readonly unknown[] {
  const statement = database.prepare(
    'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT 100',
  );
  return statement.all().map((row) => [row.type, row.name, row.tbl_name, row.sql]);
}

function schemaOfVersion(version: number): readonly unknown[] {
  const database = new DatabaseSync(':memory:');
  createSchema(database, version);
  const schema = schemaOf(database);
  database.close();
  return schema;
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
