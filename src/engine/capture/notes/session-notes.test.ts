import { chmodSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { BOOKMARKS_MAX, COMMENT_LENGTH_MAX, KEPT_MAX } from '../../../session/notes.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createSchema } from '../schema.ts';
import {
  everything,
  heartbeat,
  indexed,
  open,
  openedLink,
  record,
  recordText,
  temporarySession,
  unwrap,
} from '../testing/session-fixtures.ts';
import { changeNotes, readNotes } from './notes-file.ts';
import { createSessionNotes } from './session-notes.ts';

const WALL = Date.UTC(2026, 10, 21, 12);
const FILTERS = [
  { name: 'Starts', filter: 'payload.eventType == "Started"' },
  { name: "O'Brien; DROP TABLE note", filter: '"it\'s" and station == "CS-1"' },
];
const RULES = [{ name: 'Slow', filter: 'latency > 1s', colour: 'orange', on: true }] as const;

/** A session at rest with some messages. */
async function recorded(messages = 3): Promise<string> {
  const path = temporarySession();
  const recording = await record(path);
  const link = openedLink(recording);
  for (let number = 1; number <= messages; number++) await recordText(recording, link, heartbeat(number));
  await recording.close();
  return path;
}

/** Does something to a session file that Plugscope would not do. */
function meddle(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

describe('what is kept with a session', () => {
  it('is written while the session is being recorded, and disturbs neither recorder nor reader', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const reader = await open(path);
    const link = openedLink(recording);
    const notes = createSessionNotes(fakeClock(WALL));
    const of = { session: path, recording: true };
    await recordText(recording, link, heartbeat(0));
    await indexed(recording, 2);

    const traffic = (async () => {
      for (let number = 1; number < 3000; number++) await recordText(recording, link, heartbeat(number));
    })();
    unwrap(await notes.mark(of, 1, 'the boot'));
    unwrap(await notes.mark(of, 2, ''));
    unwrap(await notes.putFilters(of, FILTERS));
    unwrap(await notes.putColours(of, RULES));
    await traffic;
    await indexed(recording, 3001);

    const bookmarks = [
      { entry: 1, wall: WALL, comment: 'the boot' },
      { entry: 2, wall: WALL, comment: '' },
    ];
    const kept = { session: path, bookmarks, filters: FILTERS, colours: RULES, unreadable: 0 };
    expect(unwrap(await notes.read(of))).toEqual(kept);
    expect((await everything(reader)).length).toBe(3001);
    await recording.close();
    expect(unwrap(readNotes(path))).toEqual(kept);
    expect((await everything(await open(path))).length).toBe(3001);
  });

  it('goes into the file itself where nobody records, so that a copy of the file has it', async () => {
    const path = await recorded();
    // As a recording leaves it that ends while somebody reads.
    meddle(path, 'PRAGMA journal_mode = WAL');
    const reader = await open(path);
    const notes = createSessionNotes(fakeClock(WALL));
    unwrap(await notes.mark({ session: path, recording: false }, 2, 'here'));
    expect(readFileSync(path).includes('here')).toBe(true);
    await reader.close();
  });

  it('tells listeners of each change, in the order of the changes', async () => {
    const of = { session: await recorded(), recording: false };
    const notes = createSessionNotes(fakeClock(WALL));
    const heard: string[] = [];
    const stop = notes.onChange(({ bookmarks }) => heard.push(bookmarks.map(({ comment }) => comment).join()));
    await Promise.all([
      notes.mark(of, 2, 'a'),
      notes.mark(of, 3, 'b'),
      notes.mark(of, 2, 'c'),
      notes.mark(of, 3, null),
    ]);
    stop();
    await notes.mark(of, 3, 'd');
    expect(heard).toEqual(['a', 'a,b', 'c,b', 'c']);
  });

  it('refuses a mark on what is not there, and more marks than are shown', async () => {
    const of = { session: await recorded(), recording: false };
    const notes = createSessionNotes(fakeClock(WALL));
    expect(await notes.mark(of, 999, '')).toMatchObject({ ok: false, error: { code: 'no-entry' } });
    meddle(
      of.session,
      `WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n LIMIT ${BOOKMARKS_MAX})
       INSERT INTO note SELECT i, 0, '' FROM n`,
    );
    expect(await notes.mark(of, 2, '')).toMatchObject({ ok: false, error: { code: 'too-many-bookmarks' } });
    expect(unwrap(await notes.mark(of, 3, 'changed')).bookmarks[0]?.comment).toBe('changed');
  });

  it('says so where the file cannot be written, is gone or has an old format', async () => {
    const notes = createSessionNotes(fakeClock(WALL));
    const gone = { session: '/no/such/file.plugscope', recording: false };
    expect(await notes.read(gone)).toMatchObject({ ok: false, error: { code: 'session-missing' } });

    const old = temporarySession();
    const database = new DatabaseSync(old);
    createSchema(database, 1);
    database.close();
    expect(unwrap(await notes.read({ session: old, recording: false })).bookmarks).toEqual([]);
    expect(await notes.mark({ session: old, recording: false }, 1, '')).toMatchObject({
      ok: false,
      error: { code: 'session-older' },
    });
  });

  it('says so where the file is read-only', async () => {
    const path = await recorded();
    chmodSync(dirname(path), 0o777);
    chmodSync(path, 0o444);
    const change = { kind: 'mark', entry: 2, comment: '', wall: WALL } as const;
    const outcome = asNobody(() => changeNotes(path, change, false));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'session-read-only' } });
  });
});

/** Does something without the rights of the administrator, to whom no file is read-only. */
function asNobody<T>(task: () => T): T {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || !seteuid) return task();
  seteuid(65_534);
  try {
    return task();
  } finally {
    seteuid(0);
  }
}

describe('a file from a stranger', () => {
  it('is not written to by reading its notes', async () => {
    const path = await recorded();
    meddle(path, 'PRAGMA journal_mode = DELETE');
    const before = readFileSync(path);
    unwrap(readNotes(path));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('shows what can be read of its notes, cut to what is shown, and says how much cannot', async () => {
    const path = await recorded();
    const insert = (kind: string, position: number, value: string): void =>
      meddle(path, `INSERT INTO kept VALUES ('${kind}', ${position}, '${value}')`);
    insert('filter', 1, 'no json');
    insert('filter', 2, '{"name":"","filter":"x"}');
    insert('filter', 3, '{"name":"Fine","filter":"station == \\"CS\\"","more":1}');
    insert('colour', 4, '{"name":"Hostile","filter":"x","colour":"url(javascript:1)","on":true}');
    insert('colour', 5, `{"name":"${'x'.repeat(50_000)}","filter":"x","colour":"blue","on":true}`);
    insert('else', 6, '{}');
    meddle(
      path,
      `INSERT INTO note VALUES (-5, 0, ''), (0, 0, ''), (9223372036854775807, 0, ''), (7, 1e999, '${'y'.repeat(9000)}')`,
    );
    const notes = unwrap(readNotes(path));
    expect(notes.filters).toEqual([{ name: 'Fine', filter: 'station == "CS"' }]);
    expect(notes).toMatchObject({ colours: [], unreadable: 5 });
    expect(notes.bookmarks).toEqual([
      { entry: 7, wall: Number.POSITIVE_INFINITY, comment: 'y'.repeat(COMMENT_LENGTH_MAX) },
    ]);
  });

  it('is read in bounds, however much it keeps', async () => {
    const path = await recorded();
    meddle(
      path,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000)
       INSERT INTO kept SELECT 'filter', i, '{"name":"a","filter":"b"}' FROM n`,
    );
    meddle(
      path,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000)
       INSERT INTO note SELECT i, 0, 'c' FROM n`,
    );
    const notes = unwrap(readNotes(path));
    expect(notes.filters.length).toBe(KEPT_MAX);
    expect(notes.bookmarks.length).toBe(BOOKMARKS_MAX);
  });

  it('with a trigger on the notes is refused before anything is written', async () => {
    const path = await recorded();
    meddle(path, "CREATE TRIGGER sneak AFTER INSERT ON note BEGIN UPDATE entry SET summary = 'changed'; END");
    const outcome = await createSessionNotes(fakeClock(WALL)).mark({ session: path, recording: false }, 2, 'x');
    expect(outcome).toMatchObject({ ok: false, error: { code: 'session-foreign' } });
    const database = new DatabaseSync(path, { readOnly: true });
    expect(database.prepare('SELECT count(*) AS count FROM note').get()?.count).toBe(0);
    database.close();
  });
});
