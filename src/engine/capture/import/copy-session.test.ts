import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { createSessionNotes } from '../notes/session-notes.ts';
import type { EntryBytes } from '../session-reader.ts';
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
import { type CopyRequest, copySession } from './copy-session.ts';

const GOING_ON = { cancelled: () => false, progress: () => {} };

function request(sources: readonly string[], more: Partial<CopyRequest> = {}): CopyRequest {
  const target = join(dirname(sources[0] ?? ''), `${randomUUID()}.plugscope`);
  return { sources, target, range: {}, byTime: false, mask: null, ...more };
}

async function entriesOf(path: string): Promise<readonly EntryBytes[]> {
  return everything(await open(path));
}

/** A closed session with a call, its answer and another call, of one station. */
async function recorded(station = 'CS-1'): Promise<string> {
  const path = temporarySession();
  const recording = await record(path);
  const link = openedLink(recording, station);
  await recordText(recording, link, heartbeat(1));
  await new Promise<void>((resolve) => {
    recording.frame(link, 'to-station', 'received', Buffer.from('[3,"hb-1",{"currentTime":"x"}]'), false, resolve);
  });
  await recordText(recording, link, heartbeat(2));
  await recording.close();
  return path;
}

describe('a copy of a session', () => {
  it('holds the same, notes too', async () => {
    const path = await recorded();
    const notes = createSessionNotes(systemClock());
    unwrap(await notes.mark({ session: path, recording: false }, 3, 'look here'));
    const wanted = request([path]);
    expect(await copySession(wanted, GOING_ON)).toEqual({ ok: true, value: { entries: 4, links: 1, masked: 0 } });
    expect(await entriesOf(wanted.target)).toEqual(await entriesOf(path));
    const [copy, original] = [await open(wanted.target), await open(path)];
    const { bytes: _, ...counts } = await copy.counts();
    expect(await original.counts()).toMatchObject(counts);
    expect(await copy.entry(3)).toEqual(await original.entry(3));
    expect(unwrap(await notes.read({ session: wanted.target, recording: false }))).toMatchObject({
      bookmarks: [{ entry: 3, comment: 'look here' }],
    });
  });

  it('can be made while the session is being recorded', async () => {
    const path = temporarySession();
    const recording = await record(path);
    await recordText(recording, openedLink(recording), heartbeat(1));
    await indexed(recording, 2);
    const wanted = request([path]);
    unwrap(await copySession(wanted, GOING_ON));
    expect((await entriesOf(wanted.target)).map(({ text }) => text)).toEqual([undefined, heartbeat(1)]);
  });

  it('of a range has new numbers, and pairs only within it', async () => {
    const path = await recorded();
    const wanted = request([path], { range: { fromEntry: 3 } });
    unwrap(await copySession(wanted, GOING_ON));
    const entries = await entriesOf(wanted.target);
    expect(entries.map(({ row }) => [row.entry, row.type, row.call, row.link])).toEqual([
      [1, 'CALLRESULT', null, 1],
      [2, 'CALL', null, 1],
    ]);
    expect(await (await open(wanted.target)).link(1)).toMatchObject({ station: 'CS-1', version: '2.1' });
  });

  it('of several puts them in the order of time, each with its links', async () => {
    const paths = [await recorded('CS-1'), await recorded('CS-2')];
    const wanted = request(paths.toReversed(), { byTime: true });
    expect(unwrap(await copySession(wanted, GOING_ON))).toMatchObject({ entries: 8, links: 2 });
    const entries = await entriesOf(wanted.target);
    expect(entries.map(({ row }) => row.station)).toEqual([...Array(4).fill('CS-1'), ...Array(4).fill('CS-2')]);
    expect(entries.map(({ row }) => row.entry)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(entries.filter(({ row }) => row.call !== null).map(({ row }) => [row.call, row.entry])).toEqual([
      [2, 3],
      [6, 7],
    ]);
  });

  it('has no trace of what was masked, in headers, frames, summaries and findings', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const link = recording.openLink({
      peer: 'station',
      opener: 'peer',
      station: 'CS-1',
      url: '/CS-1',
      requestHeaders: [['Authorization', 'Basic S3CRET']],
      offered: ['ocpp1.6'],
    });
    recording.negotiated(link, {
      status: 101,
      chosen: 'ocpp1.6',
      version: '1.6',
      responseHeaders: [['Set-Cookie', 'S3CRET']],
    });
    await recordText(
      recording,
      link,
      `[2,"a","ChangeConfiguration",{"key":"AuthorizationKey","value":"${'S3CRET'.repeat(100)}"}]`,
    );
    // A peer that answers in binary, or not in UTF-8, does not get its secrets into the copy either.
    const odd = '[3,"b",{"configurationKey":[{"key":"AuthorizationKey","value":"S3CRET","readonly":"\xff"}]}]';
    for (const binary of [true, false]) {
      await new Promise<void>((resolve) => {
        recording.frame(link, 'to-csms', 'received', Buffer.from(odd, 'latin1'), binary, resolve);
      });
    }
    await recordText(
      recording,
      link,
      `[2,"c","ChangeConfiguration",{"key":"AuthorizationKey","value":"${'S3CRET'.repeat(100)}`,
    );
    await recording.close();
    const wanted = request([path], { mask: { idTokens: false } });
    expect(unwrap(await copySession(wanted, GOING_ON))).toMatchObject({ masked: 4 });
    expect(readFileSync(path).includes('S3CRET')).toBe(true);
    expect(readFileSync(wanted.target).includes('S3CRET')).toBe(false);
    const entries = await entriesOf(wanted.target);
    expect(entries[1]?.text).toContain('"value":"******"');
    const kept = Buffer.from(odd.replace('S3CRET', '******'), 'latin1');
    expect(entries.slice(2, 4).map(({ data, binary }) => [Buffer.from(data), binary])).toEqual([
      [kept, true],
      [kept, false],
    ]);
  });

  it('has no name before it is whole, and replaces no file that got its name meanwhile', async () => {
    const path = await recorded();
    const wanted = request([path]);
    const beside = `${wanted.target}.part`;
    writeFileSync(beside, 'mine');
    const meanwhile = (): boolean => {
      if (!existsSync(wanted.target)) writeFileSync(wanted.target, 'mine');
      return false;
    };
    expect(await copySession(wanted, { cancelled: meanwhile, progress: () => {} })).toMatchObject({ ok: false });
    for (const file of [wanted.target, beside]) expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith(basename(wanted.target)))).toHaveLength(2);
  });

  it('takes no memory for entries that a damaged file only pretends to have', async () => {
    const path = await recorded();
    const database = new DatabaseSync(path);
    database.exec('UPDATE entry SET entry = 400000000 WHERE entry = 4');
    database.close();
    const copied = await copySession(request([path]), GOING_ON);
    expect(!copied.ok && copied.error.sentence).toContain('damaged');
  });

  it('leaves nothing behind where it is cancelled, and nothing is written over', async () => {
    const path = await recorded();
    const wanted = request([path]);
    const cancelled = await copySession(wanted, { cancelled: () => true, progress: () => {} });
    expect(cancelled).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(existsSync(wanted.target)).toBe(false);
    expect(await copySession({ ...request([path]), target: path }, GOING_ON)).toMatchObject({
      error: { code: 'target-exists' },
    });
    expect(await copySession(request([path], { range: { fromEntry: 99 } }), GOING_ON)).toMatchObject({
      error: { code: 'nothing-to-copy' },
    });
  });
});
