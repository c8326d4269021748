import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SEGMENT_MAGIC, segmentPath } from './format.ts';
import { JournalBatch } from './journal-batch.ts';
import { HEADER_BYTES, RECORD } from './journal-record.ts';
import { createSchema } from './schema.ts';
import { openSession } from './session-reader.ts';
import {
  heartbeat,
  NEGOTIATED,
  open,
  openedLink,
  opening,
  record,
  recordText,
  temporarySession,
  texts,
  trafficOf,
  unwrap,
  V2_TRAFFIC,
} from './testing/session-fixtures.ts';

const CHILD = fileURLToPath(new URL('./testing/recording-child.ts', import.meta.url));

/** The first bytes of a segment of the first format. */
const FIRST_MAGIC: Uint8Array = Buffer.from('PLUGJNL1');

/** Starts a process that records and forwards to us; kills it in the midst, and yields all that we received. */
async function recordAndKill(session: string, afterBytes: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [CHILD, session], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const received: Buffer[] = [];
  let bytes = 0;
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint += data.toString();
  });
  child.stdout.on('data', (data: Buffer) => {
    received.push(data);
    bytes += data.byteLength;
    if (bytes >= afterBytes) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(signal, complaint).toBe('SIGKILL');
  // What follows the last line break is a line that was cut: of it no one knows what it says.
  return Buffer.concat(received).toString('utf8').split('\n').slice(0, -1);
}

/** A session with a journal of so many frames that no one has indexed. */
function leftJournal(session: string, frames: readonly string[], magic = SEGMENT_MAGIC): string {
  const batch = new JournalBatch();
  const at = { wall: 1, mono: 1 };
  batch.append(RECORD.start, 0, 0, 0, at, new Uint8Array(0));
  batch.append(RECORD.linkOpened, 0, 0, 1, at, Buffer.from(JSON.stringify(opening())));
  batch.append(RECORD.negotiated, 0, 1, 1, at, Buffer.from(JSON.stringify(NEGOTIATED)));
  for (const [index, text] of frames.entries()) batch.append(RECORD.frame, 0, index + 2, 1, at, Buffer.from(text));
  const path = segmentPath(session, 1);
  writeFileSync(path, Buffer.concat([magic, ...batch.take()]));
  return path;
}

describe('a recording that is killed', () => {
  it('holds every frame that the far side received, ten times in a row', { timeout: 120_000 }, async () => {
    const session = temporarySession();
    const forwarded: string[] = [];
    for (let round = 0; round < 10; round++) {
      forwarded.push(...(await recordAndKill(session, 20_000 + ((round * 7919) % 10) * 60_000)));
      const reader = unwrap(await openSession(session));
      const recorded = new Set(await texts(reader));
      const lost = forwarded.filter((text) => !recorded.has(text));
      await reader.close();
      expect(lost).toEqual([]);
      expect(recorded.size).toBeGreaterThanOrEqual(forwarded.length);
    }
    expect(forwarded.length).toBeGreaterThan(1000);
    const left = readdirSync(dirname(session)).filter((name) => name !== basename(session));
    expect(left).toEqual([]);
  });

  it('loses at most the frame that was being written, wherever the journal is cut', { timeout: 60_000 }, async () => {
    const frames = Array.from({ length: 20 }, (_, index) => heartbeat(index));
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (share) => {
        const session = temporarySession();
        const path = leftJournal(session, frames);
        const size = readFileSync(path).byteLength;
        const kept = Math.floor(share * size);
        truncateSync(path, kept);
        let end = size;
        const whole =
          frames.length -
          frames.toReversed().findIndex((text) => {
            const before = end;
            end -= HEADER_BYTES + Buffer.byteLength(text);
            return before <= kept;
          });
        const reader = unwrap(await openSession(session));
        const found = await texts(reader);
        await reader.close();
        expect(found).toEqual(frames.slice(0, end > kept ? 0 : whole));
        expect(existsSync(path)).toBe(false);
      }),
      { numRuns: 8 },
    );
  });

  it('says how much was cut off, and goes on behind it', async () => {
    const session = temporarySession();
    appendFileSync(leftJournal(session, [heartbeat(1)]), Buffer.from([1, 2, 3]));
    const recording = await record(session);
    expect(recording.cuts).toEqual([{ segment: 1, bytes: 3, kind: 'torn' }]);
    await recordText(recording, openedLink(recording), heartbeat(2));
    await recording.close();
    expect(await texts(await open(session))).toEqual([heartbeat(1), heartbeat(2)]);
  });

  it('pairs an answer in the journal with its call in the file', async () => {
    const session = temporarySession();
    const first = await record(session);
    const link = openedLink(first);
    await recordText(first, link, heartbeat(1));
    await first.close();
    // As if the process had been killed when only the call was in the file.
    const batch = new JournalBatch();
    const answer = Buffer.from('[3,"hb-1",{"currentTime":"2026-11-20T10:00:00Z"}]');
    batch.append(RECORD.frame, 1, 3, link, { wall: 5, mono: 1e9 }, answer);
    writeFileSync(segmentPath(session, 99), Buffer.concat([SEGMENT_MAGIC, ...batch.take()]));
    const reader = await open(session);
    expect((await reader.entry(2))?.row.answer).toBe(3);
    expect((await reader.entry(3))?.row).toMatchObject({ call: 2, action: 'Heartbeat' });
  });

  it('reads in a journal that a process of format 2 left', async () => {
    const session = temporarySession();
    copyFileSync(new URL('../../../fixtures/sessions/v2-journal', import.meta.url), segmentPath(session, 1));
    const reader = await open(session);
    expect(reader.cuts).toEqual([]);
    expect(await reader.counts()).toMatchObject({ entries: 13, messages: 8, errors: 2 });
    expect((await reader.entry(5))?.row).toMatchObject({ fate: 'edited', answer: 7 });
    // Summed up frame by frame as from the rows of the file.
    expect(await trafficOf(reader)).toEqual(V2_TRAFFIC);
  });

  it('reads in a journal of format 1, also into a file of format 1', async () => {
    const alone = temporarySession();
    leftJournal(alone, [heartbeat(1), heartbeat(2)], FIRST_MAGIC);
    expect(await texts(await open(alone))).toEqual([heartbeat(1), heartbeat(2)]);
    const path = temporarySession();
    leftJournal(path, [heartbeat(1)], FIRST_MAGIC);
    const database = new DatabaseSync(path);
    createSchema(database, 1);
    database.close();
    const reader = await open(path);
    expect(reader.incomplete).toBeUndefined();
    expect(await texts(reader)).toEqual([heartbeat(1)]);
    expect(existsSync(segmentPath(path, 1))).toBe(false);
  });

  it('reads in a journal of which nothing can be understood without harm', async () => {
    const session = temporarySession();
    leftJournal(session, [heartbeat(1)]);
    writeFileSync(segmentPath(session, 2), 'this is no journal at all');
    const batch = new JournalBatch();
    const at = { wall: 1, mono: 1 };
    batch.append(RECORD.linkOpened, 0, 0, 2, at, Buffer.from('{"peer":"__proto__"'));
    batch.append(RECORD.negotiated, 0, 3, 2, at, Buffer.from('[]'));
    batch.append(RECORD.frame, 0, 4, 77, at, Buffer.from(heartbeat(2)));
    batch.append(99 as 7, 0, 0, 0, at, Buffer.from('of a later version'));
    writeFileSync(segmentPath(session, 3), Buffer.concat([SEGMENT_MAGIC, ...batch.take()]));
    const reader = await open(session);
    expect(reader.cuts).toEqual([{ segment: 2, bytes: 25, kind: 'magic' }]);
    expect(await texts(reader)).toEqual([heartbeat(1), heartbeat(2)]);
  });
});
