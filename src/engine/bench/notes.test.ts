import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsTo } from '../../bridge/events.ts';
import type { Notes } from '../../session/notes.ts';
import type { Outcome } from '../../session/outcome.ts';
import { eventually } from '../testing/eventually.ts';
import type { Engine } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { startEngine } from './start-engine.ts';

const setup = { role: 'proxy', port: 0, upstream: null, station: { id: 'CS-0001', version: '2.1' } } as const;

let folder: string;
let engine: Engine;

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

/** What a client was told of notes. */
function listenTo(client: EngineClient): readonly Notes[] {
  const heard: Notes[] = [];
  client.subscribe({ ...eventsTo(() => {}), notesChanged: (notes) => void heard.push(notes) });
  return heard;
}

async function started(name: string): Promise<Engine> {
  const started = unwrap(await startEngine({ folder: join(folder, name), setup }));
  await eventually(() => expect(started.recording.status().messages).toBeGreaterThan(3));
  return started;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-notes-'));
  engine = await started('live');
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('notes of a session', () => {
  it('are told to every client that looks on, and to none that looks at another session', async () => {
    const earlier = await started('earlier');
    await earlier.close();
    const [one, two, elsewhere] = [engine.connect(), engine.connect(), engine.connect()];
    unwrap(await elsewhere.handlers['session.open'](earlier.recording.path));
    const heard = [one, two, elsewhere].map(listenTo);
    unwrap(await one.handlers['notes.mark'](2, 'see this'));
    expect(heard.map((notes) => notes.map(({ bookmarks }) => bookmarks[0]?.comment))).toEqual([
      ['see this'],
      ['see this'],
      [],
    ]);

    unwrap(await elsewhere.handlers['notes.mark'](1, 'another file'));
    expect(heard.map((notes) => notes.length)).toEqual([1, 1, 1]);
    expect(unwrap(await elsewhere.handlers['notes.get']())).toMatchObject({
      session: earlier.recording.path,
      bookmarks: [{ entry: 1, comment: 'another file' }],
    });
    expect(unwrap(await two.handlers['notes.get']()).bookmarks).toMatchObject([{ entry: 2 }]);
  });

  it('are there when the session is opened again', async () => {
    const client = engine.connect();
    unwrap(await client.handlers['notes.putFilters']([{ name: 'Boots', filter: 'action == BootNotification' }]));
    await engine.close();
    const { path } = engine.recording;
    engine = await started('next');
    const next = engine.connect();
    unwrap(await next.handlers['session.open'](path));
    expect(unwrap(await next.handlers['notes.get']()).filters).toEqual([
      { name: 'Boots', filter: 'action == BootNotification' },
    ]);
  });

  it('are waited for when the engine is closed', async () => {
    const client = engine.connect();
    const marking = client.handlers['notes.mark'](1, 'at the last moment');
    await engine.close();
    expect(unwrap(await marking).bookmarks).toMatchObject([{ comment: 'at the last moment' }]);
    engine = await started('after');
  });
});

describe('a colouring rule that needs payloads', () => {
  it('is asked of the entries on screen', async () => {
    const { handlers } = engine.connect();
    const all = await handlers['notes.passing']('type == call or not (type == call)', [1, 2, 3, 4, 900_000]);
    expect(all).toEqual([1, 2, 3, 4]);
    const boots = await handlers['notes.passing']('payload.chargingStation.model exists', [1, 2, 3, 4]);
    expect(boots.length).toBeGreaterThan(0);
    expect(boots.length).toBeLessThan(4);
    expect(await handlers['notes.passing']('no such thing ==', [1, 2])).toEqual([]);
  });
});
