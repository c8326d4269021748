import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createConversation } from '../../session/conversation.ts';
import { SEGMENT_MAGIC, segmentPath } from './format.ts';
import { type IndexMessage, recoverAlone, recoverAndFollow } from './index-loop.ts';
import type { StartFold } from './indexer.ts';
import { JournalBatch } from './journal-batch.ts';
import { RECORD } from './journal-record.ts';
import { Progress } from './progress.ts';
import { heartbeat, open, opening, temporarySession, texts } from './testing/session-fixtures.ts';

const fold: StartFold = (version, station, resume) =>
  createConversation({ version, station, resume, validator: { validate: () => [] } });

/** Writes a first segment and yields where it ends. */
function writeJournal(session: string): { readonly segment: number; readonly offset: number } {
  const batch = new JournalBatch();
  const at = { wall: 1, mono: 1 };
  batch.append(RECORD.linkOpened, 0, 0, 1, at, Buffer.from(JSON.stringify(opening())));
  batch.append(RECORD.frame, 0, 1, 1, at, Buffer.from(heartbeat(1)));
  const bytes = Buffer.concat([SEGMENT_MAGIC, ...batch.take()]);
  writeFileSync(segmentPath(session, 1), bytes);
  return { segment: 1, offset: bytes.byteLength };
}

describe('recoverAndFollow', () => {
  it('says what hinders the index, starts again from the file, and misses nothing', async () => {
    const session = temporarySession();
    const progress = new Progress();
    const messages: IndexMessage[] = [];
    let attempts = 0;
    const failsOnce: StartFold = (...args) => {
      attempts += 1;
      if (attempts > 1) return fold(...args);
      progress.close();
      throw new Error('a disk that coughs');
    };
    recoverAndFollow(session, failsOnce, progress, (message) => {
      messages.push(message);
      if (message.kind === 'ready') progress.written = writeJournal(session);
    });
    expect(messages.map(({ kind }) => kind)).toEqual(['ready', 'trouble', 'trouble', 'done']);
    expect(messages[1]).toMatchObject({ error: { sentence: expect.stringContaining('a disk that coughs') } });
    expect(messages[2]).toMatchObject({ error: null });
    expect(messages[3]).toMatchObject({ complete: true });
    expect(await texts(await open(session))).toEqual([heartbeat(1)]);
  });

  it('leaves the journal where it is when the index cannot go on to the end', async () => {
    const session = temporarySession();
    const progress = new Progress();
    const messages: IndexMessage[] = [];
    const fails: StartFold = () => {
      throw new Error('no');
    };
    recoverAndFollow(session, fails, progress, (message) => {
      messages.push(message);
      if (message.kind !== 'ready') return;
      progress.written = writeJournal(session);
      progress.close();
    });
    expect(messages.at(-1)).toEqual({ kind: 'done', complete: false });
    expect(await texts(await open(session))).toEqual([heartbeat(1)]);
  });
});

describe('recoverAlone', () => {
  it('says why it cannot', () => {
    const session = temporarySession();
    writeFileSync(session, 'no session at all, and long enough to be looked at as a database would be'.repeat(10));
    const messages: IndexMessage[] = [];
    recoverAlone(session, fold, (message) => messages.push(message));
    expect(messages).toMatchObject([{ kind: 'failed', error: { code: 'not-a-session' } }]);
  });
});
