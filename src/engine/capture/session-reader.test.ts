import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ViewState } from '../../bridge/contract.ts';
import { eventually } from '../testing/eventually.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { until } from '../testing/until.ts';
import { FORMAT_VERSION } from './format.ts';
import { openSession, type SessionReader } from './session-reader.ts';
import {
  everything,
  heartbeat,
  indexed,
  open,
  openedLink,
  record,
  recordText,
  temporarySession,
  texts,
  trafficOf,
  unwrap,
  V2_TRAFFIC,
} from './testing/session-fixtures.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../../../fixtures/sessions/${name}`, import.meta.url));
const V1 = fixture('v1.plugscope');
const V2 = fixture('v2.plugscope');

/** A session of one frame, at rest. */
async function smallSession(): Promise<string> {
  const path = temporarySession();
  const recording = await record(path);
  await recordText(recording, openedLink(recording), heartbeat(1));
  await recording.close();
  return path;
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

async function refusalOf(path: string): Promise<string> {
  const opened = await openSession(path);
  if (opened.ok) await opened.value.close();
  return opened.ok ? 'opened' : opened.error.code;
}

/** Keeps what a reader tells of its views. */
function watch(reader: SessionReader): ReadonlyMap<number, ViewState> {
  const states = new Map<number, ViewState>();
  reader.onViewGrown((state) => states.set(state.view, state));
  return states;
}

describe('openSession', () => {
  it.each([
    ['a file of another kind', 'not-a-session', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
    ['another program’s database', 'not-a-session', (path: string) => change(path, 'PRAGMA application_id = 7')],
    ['a newer session', 'session-newer', (path: string) => change(path, `PRAGMA user_version = ${FORMAT_VERSION + 1}`)],
    [
      'a session with a trigger',
      'session-foreign',
      (path: string) => change(path, 'CREATE TRIGGER t AFTER UPDATE ON state BEGIN DELETE FROM entry; END'),
    ],
    ['a session without its state', 'session-damaged', (path: string) => change(path, 'DELETE FROM state')],
    [
      'a session whose table is a view',
      'session-foreign',
      (path: string) => change(path, 'DROP TABLE control; CREATE VIEW control AS SELECT 1'),
    ],
  ])('refuses %s', async (_, code, spoil) => {
    const path = await smallSession();
    spoil(path);
    expect(await refusalOf(path)).toBe(code);
  });

  it('refuses what is not there', async () => {
    expect(await refusalOf('/nowhere/at/all.plugscope')).toBe('session-missing');
  });

  it('says which format a newer session has', async () => {
    const path = await smallSession();
    change(path, 'PRAGMA user_version = 99');
    const opened = await openSession(path);
    expect(!opened.ok && opened.error.sentence).toMatch(/newer Plugscope.*99/);
  });

  it('says what is damaged in the midst of a file instead of dying of it', async () => {
    const path = temporarySession();
    copyFileSync(V1, path);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xaa, 30_000));
    const opened = await openSession(path);
    if (!opened.ok) {
      expect(opened.error.code).toBe('session-damaged');
      return;
    }
    await expect(everything(opened.value)).rejects.toMatchObject({ name: 'SessionReadError', code: 'session-damaged' });
    await opened.value.close();
  });

  it('reads a file of format 1, and it can be recorded into', async () => {
    const path = temporarySession();
    copyFileSync(V1, path);
    const reader = await open(path);
    expect(await reader.counts()).toMatchObject({ entries: 80, messages: 60, errors: 0 });
    expect((await reader.entry(21))?.row).toMatchObject({ action: 'BootNotification', station: 'CS-0001', answer: 22 });
    await reader.close();
    const recording = await record(path);
    await recordText(recording, openedLink(recording), heartbeat(1));
    await recording.close();
    expect((await texts(await open(path))).slice(60)).toEqual([heartbeat(1)]);
  });

  it('reads a file of format 2, and it can be recorded into', async () => {
    const path = temporarySession();
    copyFileSync(V2, path);
    const reader = await open(path);
    expect(await reader.counts()).toMatchObject({ entries: 13, messages: 8, errors: 2 });
    expect((await reader.entry(5))?.successors?.map(({ row }) => row.entry)).toEqual([6]);
    expect((await reader.entry(8))?.fateBy).toBe('rule "No heartbeats"');
    expect(await trafficOf(reader)).toEqual(V2_TRAFFIC);
    await reader.close();
    const recording = await record(path);
    const link = openedLink(recording);
    recording.remark(link, {
      severity: 'warning',
      rule: 'link.slow-reader',
      requirements: [],
      sentence: 'It reads slowly.',
    });
    await recording.close();
    const [remark] = (await everything(await open(path))).slice(-1);
    expect(remark?.row).toMatchObject({
      kind: 'remark',
      link,
      severity: 'warning',
      summary: 'CS-1 · It reads slowly.',
    });
  });

  it('leaves the file as it is', async () => {
    const path = await smallSession();
    const before = readFileSync(path);
    const reader = await open(path);
    await everything(reader);
    await reader.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses questions once it is closed', async () => {
    const reader = await open(await smallSession());
    const asked = expect(reader.counts()).rejects.toMatchObject({ code: 'session-closed' });
    await reader.close();
    await asked;
    await expect(reader.facets()).rejects.toMatchObject({ code: 'session-closed' });
  });
});

describe('a reader of a live session', () => {
  it('sees rows come into its views, of their filter', async () => {
    const recording = await record(temporarySession());
    const first = openedLink(recording, 'CS-1');
    const second = openedLink(recording, 'CS-2');
    await recordText(recording, first, heartbeat(0));
    await indexed(recording, 3);
    const reader = await open(recording.path);
    const states = watch(reader);
    const all = unwrap(await reader.openView(''));
    expect(all).toMatchObject({ count: 3, scanned: 3, entries: 3 });
    const filtered = unwrap(await reader.openView('station == "CS-2" and type == call'));
    expect(filtered.count).toBe(0);
    for (let number = 1; number <= 20; number++)
      await recordText(recording, number % 2 ? first : second, heartbeat(number));
    await until(() => states.get(all.view)?.count === 23 && states.get(filtered.view)?.count === 10);
    expect((await reader.rows(filtered.view, 8, 10)).map(({ messageId }) => messageId)).toEqual(['hb-18', 'hb-20']);
    expect((await reader.rows(all.view, 21, 10)).map(({ entry }) => entry)).toEqual([22, 23]);
    expect(await reader.indexOf(filtered.view, 22)).toBe(8);
    await reader.closeView(all.view);
    expect(await reader.rows(all.view, 0, 10)).toEqual([]);
  });

  it('puts an entry whose finding comes late into its place', async () => {
    const clock = fakeClock();
    const recording = await record(temporarySession(), { clock });
    const link = openedLink(recording);
    await recordText(recording, link, heartbeat(1));
    await recordText(recording, link, 'not json');
    await indexed(recording, 3);
    const reader = await open(recording.path);
    const states = watch(reader);
    const { view, count } = unwrap(await reader.openView('finding'));
    expect(count).toBe(1);
    clock.advance(31_000);
    await until(() => states.get(view)?.count === 2);
    expect((await reader.rows(view, 0, 5)).map(({ entry }) => entry)).toEqual([2, 3]);
    expect(await reader.nextFinding(view, 0, 'forward')).toBe(1);
    expect(await reader.nextFinding(view, 1, 'forward')).toBeNull();
  });

  it('takes an entry out of a view, or into it, when its answer or its fate comes late', async () => {
    const recording = await record(temporarySession());
    const link = openedLink(recording);
    await recordText(recording, link, '[2,"a","Authorize",{"idTag":"x"}]');
    await recordText(recording, link, heartbeat(1));
    await indexed(recording, 3);
    const reader = await open(recording.path);
    const opened = async (filter: string): Promise<number> => unwrap(await reader.openView(filter)).view;
    const entries = async (view: number): Promise<readonly number[]> =>
      (await reader.rows(view, 0, 9)).map(({ entry }) => entry);
    const unanswered = await opened('type == call and not answered');
    const refused = await opened('response.idTagInfo.status == "Invalid"');
    const dropped = await opened('dropped');
    expect([await entries(unanswered), await entries(refused), await entries(dropped)]).toEqual([[2, 3], [], []]);
    const answer = Buffer.from('[3,"a",{"idTagInfo":{"status":"Invalid"}}]');
    recording.frame(link, 'to-station', 'received', answer, false, () => {});
    recording.fate(3, 'dropped', 'a test');
    await eventually(async () => {
      expect([await entries(unanswered), await entries(refused), await entries(dropped)]).toEqual([[3], [2, 4], [3]]);
    });
  });

  it('refuses a filter that is wrong, in a sentence', async () => {
    const reader = await open(await smallSession());
    expect(await reader.openView('actoin == x')).toEqual({
      ok: false,
      error: { code: 'filter-invalid', sentence: 'There is no field actoin; did you mean action?' },
    });
    expect(unwrap(await reader.openView('action == Heartbeat')).count).toBe(1);
  });

  it('reads a consistent session all the while it is written', async () => {
    const recording = await record(temporarySession(), { segmentBytes: 50_000 });
    const link = openedLink(recording);
    await indexed(recording, 1);
    const reader = await open(recording.path);
    const total = 3000;
    const writing = (async () => {
      for (let number = 0; number < total; number++) await recordText(recording, link, heartbeat(number));
    })();
    let seen = 0;
    while (seen < total) {
      const found = await texts(reader);
      expect(found).toEqual(Array.from({ length: found.length }, (_, number) => heartbeat(number)));
      expect(found.length).toBeGreaterThanOrEqual(seen);
      seen = found.length;
    }
    await writing;
  });

  it('is not disturbed when the recording ends', async () => {
    const recording = await record(temporarySession());
    const link = openedLink(recording);
    await recordText(recording, link, heartbeat(1));
    await indexed(recording, 2);
    const reader = await open(recording.path);
    const { view } = unwrap(await reader.openView(''));
    await recordText(recording, link, heartbeat(2));
    await recording.close();
    expect(await texts(reader)).toEqual([heartbeat(1), heartbeat(2)]);
    expect(await reader.indexOf(view, 2)).toBe(1);
  });
});
