import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { ConversationFold, Observation, RecordedFrame } from '../../session/observation.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { FilterScans } from './filter/filter-scans.ts';
import { LateChanges } from './filter/late-changes.ts';
import { IndexStore } from './index-store.ts';
import { Indexer, type StartFold } from './indexer.ts';
import { type JournalRecord, RECORD, type RecordType } from './journal-record.ts';
import { createSchema } from './schema.ts';
import { SessionQueries } from './session-queries.ts';
import { NEGOTIATED, opening, unwrap } from './testing/session-fixtures.ts';
import { Views } from './views.ts';

const SEEN: Observation = {
  type: 'CALL',
  messageId: 'x',
  action: 'Heartbeat',
  summary: 'seen',
  call: null,
  latency: null,
  findings: [],
};

/** A fold that writes down what it is asked. */
function spyFold(log: string[], observe: (frame: RecordedFrame) => Observation = () => SEEN): StartFold {
  return (version, station, resume) => {
    log.push(`start ${station} ${version} ${resume.map(({ entry }) => entry).join()}`);
    const fold: ConversationFold = {
      version,
      observe(frame) {
        log.push(`observe ${frame.entry} ${frame.direction} ${fold.version}`);
        return observe(frame);
      },
      expire: () => [],
      dropped: (entry) => void log.push(`dropped ${entry}`),
      departed(link) {
        log.push(`departed ${link}`);
        return [];
      },
      close() {
        log.push(`close ${station}`);
        return [];
      },
      pending: () => [],
    };
    return fold;
  };
}

function newIndex(startFold: StartFold) {
  const database = new DatabaseSync(':memory:');
  createSchema(database);
  const store = new IndexStore(database);
  const indexer = new Indexer(store, startFold);
  const take = (type: RecordType, link: number, entry: number, data: unknown, flags = 0): void => {
    const bytes = Buffer.from(typeof data === 'string' ? data : JSON.stringify(data));
    indexer.take({ type, link, entry, flags, wall: entry, mono: entry, data: bytes } satisfies JournalRecord);
  };
  return { database, store, indexer, take, queries: new SessionQueries(database, '') };
}

const CLOSED = { code: 1000, reason: '', by: 'peer' };

describe('Indexer', () => {
  it('folds both legs of a connection as one conversation, which ends with the last of them', () => {
    const log: string[] = [];
    const { take } = newIndex(spyFold(log));
    take(RECORD.linkOpened, 1, 0, opening('CS-1'));
    take(RECORD.linkOpened, 2, 0, opening('CS-1', { peer: 'csms', opener: 'plugscope', pairedWith: 1 }));
    take(RECORD.negotiated, 2, 1, NEGOTIATED);
    take(RECORD.negotiated, 1, 2, NEGOTIATED);
    take(RECORD.frame, 1, 3, '[]');
    take(RECORD.frame, 2, 4, '[]', 1);
    take(RECORD.linkClosed, 2, 5, CLOSED);
    take(RECORD.frame, 1, 6, '[]');
    take(RECORD.linkClosed, 1, 7, CLOSED);
    expect(log).toEqual([
      'start CS-1 undefined ',
      'observe 3 to-csms 2.1',
      'observe 4 to-station 2.1',
      'departed 2',
      'observe 6 to-csms 2.1',
      'close CS-1',
    ]);
  });

  it('goes on with the conversation of a station that outlives its CSMS', () => {
    const log: string[] = [];
    const { take } = newIndex(spyFold(log));
    const upstream = opening('CS-1', { peer: 'csms', opener: 'plugscope', pairedWith: 1 });
    take(RECORD.linkOpened, 1, 0, opening('CS-1'));
    take(RECORD.linkOpened, 2, 0, upstream);
    take(RECORD.negotiated, 2, 1, NEGOTIATED);
    take(RECORD.negotiated, 1, 2, NEGOTIATED);
    take(RECORD.linkClosed, 2, 3, CLOSED);
    take(RECORD.linkOpened, 3, 0, upstream);
    take(RECORD.negotiated, 3, 4, { failure: 'Nobody there.' });
    take(RECORD.linkOpened, 4, 0, upstream);
    take(RECORD.negotiated, 4, 5, NEGOTIATED);
    take(RECORD.frame, 4, 6, '[]', 1);
    take(RECORD.linkClosed, 1, 7, CLOSED);
    take(RECORD.linkClosed, 4, 8, CLOSED);
    expect(log).toEqual(['start CS-1 undefined ', 'departed 2', 'observe 6 to-station 2.1', 'close CS-1']);
  });

  it('hands waiting calls of open links on to the next indexer, and of no other', () => {
    const log: string[] = [];
    const { take, store } = newIndex(spyFold(log));
    take(RECORD.linkOpened, 1, 0, opening('CS-1'));
    take(RECORD.negotiated, 1, 1, NEGOTIATED);
    take(RECORD.linkOpened, 2, 0, opening('CS-2'));
    take(RECORD.frame, 1, 2, '[]');
    take(RECORD.frame, 2, 3, '[]');
    take(RECORD.linkClosed, 2, 4, CLOSED);
    log.length = 0;
    new Indexer(store, spyFold(log));
    expect(log).toEqual(['start CS-1 2.1 2']);
    take(RECORD.start, 0, 0, '');
    log.length = 0;
    new Indexer(store, spyFold(log));
    expect(log).toEqual([]);
  });

  it('records a frame although reading it failed, and says so', () => {
    const broken = spyFold([], () => {
      throw new Error('our own fault');
    });
    const { take, queries } = newIndex(broken);
    take(RECORD.linkOpened, 1, 0, opening('CS-1'));
    take(RECORD.frame, 1, 1, '[]');
    const detail = queries.entry(1);
    expect(detail?.text).toBe('[]');
    expect(detail?.findings).toMatchObject([{ rule: 'capture.internal', severity: 'error' }]);
    expect(detail?.findings[0]?.sentence).toContain('our own fault');
  });

  it('records frames that come after the end of their link', () => {
    const log: string[] = [];
    const { take, queries } = newIndex(spyFold(log));
    take(RECORD.linkOpened, 1, 0, opening('CS-1'));
    take(RECORD.negotiated, 1, 1, NEGOTIATED);
    take(RECORD.linkClosed, 1, 2, CLOSED);
    take(RECORD.frame, 1, 3, '[]');
    expect(queries.entry(3)?.row.station).toBe('CS-1');
    expect(log.at(-1)).toBe('observe 3 to-csms 2.1');
  });

  it('lists entries where some are missing', () => {
    const { database, take, store, queries } = newIndex(spyFold([]));
    take(RECORD.linkOpened, 1, 0, opening('CS-1'));
    for (const entry of [1, 2, 7]) take(RECORD.frame, 1, entry, '[]');
    store.commit({ segment: 1, offset: 0 });
    expect(queries.extent()).toEqual({ last: 7, gapless: false });
    const source = {
      queries,
      scans: new FilterScans(database, { offsetAt: () => 0 }),
      late: new LateChanges(database, () => 0),
    };
    const views = new Views(source, fakeClock(), () => {});
    const { view, count } = unwrap(views.open(''));
    expect(count).toBe(3);
    expect(views.rows(view, 0, 9).map(({ entry }) => entry)).toEqual([1, 2, 7]);
    views.stop();
  });
});
