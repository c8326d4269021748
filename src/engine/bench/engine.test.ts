import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Events, SessionState, ViewState } from '../../bridge/contract.ts';
import { eventsTo } from '../../bridge/events.ts';
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

/** Everything that a client was told. */
function listenTo(client: EngineClient) {
  const heard = {
    bench: 0,
    session: [] as SessionState[],
    replaced: [] as SessionState[],
    views: new Map<number, ViewState>(),
  };
  const events: Events = {
    ...eventsTo(() => {}),
    benchChanged: () => void heard.bench++,
    sessionChanged: (state) => void heard.session.push(state),
    sessionReplaced: (state) => void heard.replaced.push(state),
    viewGrown: (view) => void heard.views.set(view.view, view),
  };
  return { heard, stop: client.subscribe(events) };
}

/** Rows of a view, whether they are there at once or have to be fetched. */
const rows = async (client: EngineClient, view: number) => client.handlers['timeline.rows'](view, 0, 10);

/** A session of an earlier run, with the traffic of a station that booted. */
async function earlierSession(): Promise<string> {
  const other = unwrap(await startEngine({ folder: join(folder, 'earlier'), setup }));
  await eventually(() => expect(other.recording.status().messages).toBeGreaterThan(3));
  await other.close();
  return other.recording.path;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-engine-'));
  engine = unwrap(await startEngine({ folder: join(folder, 'live'), setup }));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the live session', () => {
  it('is recorded in a file named by date and time', async () => {
    const state = await engine.connect().handlers['session.get']();
    expect(state).toMatchObject({
      mode: 'recording',
      name: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d$/),
    });
    expect(state.path).toContain(join(folder, 'live'));
  });

  it('shows its traffic in a view that grows', async () => {
    const client = engine.connect();
    const { heard } = listenTo(client);
    const { view } = unwrap(await client.handlers['timeline.open']('action == BootNotification'));
    const found = await eventually(async () => {
      const shown = await rows(client, view);
      expect(shown.map(({ type }) => type)).toEqual(['CALL', 'CALLRESULT']);
      return shown;
    });
    const [call, answer] = found;
    expect(call).toMatchObject({ action: 'BootNotification', station: 'CS-0001', answer: answer?.entry, findings: 0 });
    const detail = await client.handlers['entry.get'](call?.entry ?? 0);
    expect(detail?.text).toContain('"BootNotification"');
    await expect(client.handlers['timeline.indexOf'](view, answer?.entry ?? 0)).resolves.toBe(1);
    await expect(client.handlers['session.facets']()).resolves.toMatchObject({ stations: ['CS-0001'] });
    await eventually(() => expect(heard.session.at(-1)?.messages).toBeGreaterThan(0));
    expect(heard.bench).toBeGreaterThan(0);
  });

  it('is over for clients when the engine closes, and whole', async () => {
    const client = engine.connect();
    await eventually(() => expect(engine.recording.status().messages).toBeGreaterThan(3));
    const { entries } = engine.recording.status();
    await engine.close();
    expect(engine.recording.status()).toMatchObject({ state: 'closed', lag: 0 });
    expect(engine.recording.status().entries).toBeGreaterThanOrEqual(entries);
    await expect(client.handlers['timeline.open']('')).rejects.toMatchObject({ code: 'session-closed' });
  });
});

describe('views', () => {
  it('belong to a client', async () => {
    const [one, other] = [engine.connect(), engine.connect()];
    const heardByOther = listenTo(other).heard;
    const { view } = unwrap(await one.handlers['timeline.open'](''));
    await eventually(async () => expect(await rows(one, view)).not.toEqual([]));
    await expect(rows(other, view)).resolves.toEqual([]);
    expect(await other.handlers['timeline.indexOf'](view, 1)).toBeNull();
    await other.handlers['timeline.close'](view);
    await expect(rows(one, view)).resolves.not.toEqual([]);
    expect(heardByOther.views.size).toBe(0);
  });

  it('are gone when they are closed, and their numbers are never used again', async () => {
    const client = engine.connect();
    const first = unwrap(await client.handlers['timeline.open'](''));
    await client.handlers['timeline.close'](first.view);
    await expect(rows(client, first.view)).resolves.toEqual([]);
    expect(unwrap(await client.handlers['timeline.open']('')).view).not.toBe(first.view);
  });

  it('are at most sixteen: the oldest gives way', async () => {
    const client = engine.connect();
    const views: number[] = [];
    for (let count = 0; count < 17; count++) views.push(unwrap(await client.handlers['timeline.open']('')).view);
    await eventually(async () => expect(await rows(client, views[1] ?? 0)).not.toEqual([]));
    await expect(rows(client, views[0] ?? 0)).resolves.toEqual([]);
  });
});

describe('a session file', () => {
  it('is shown to the client that opened it, and to no other', async () => {
    const path = await earlierSession();
    const [one, other] = [engine.connect(), engine.connect()];
    const heard = listenTo(one).heard;
    const heardByOther = listenTo(other).heard;
    const state = unwrap(await one.handlers['session.open'](path));
    expect(state).toMatchObject({ mode: 'file', path, lag: 0 });
    expect(state.entries).toBeGreaterThan(3);
    expect(heard.replaced).toEqual([state]);
    expect(heardByOther.replaced).toEqual([]);
    await expect(other.handlers['session.get']()).resolves.toMatchObject({ mode: 'recording' });
    const { view, count } = unwrap(await one.handlers['timeline.open'](''));
    expect(count).toBe(state.entries);
    expect((await rows(one, view)).length).toBeGreaterThan(3);
  });

  it('takes the views of the session before with it, and gives way to the live one', async () => {
    const path = await earlierSession();
    const client = engine.connect();
    const { heard } = listenTo(client);
    const live = unwrap(await client.handlers['timeline.open'](''));
    await client.handlers['session.open'](path);
    await expect(rows(client, live.view)).resolves.toEqual([]);
    await expect(client.handlers['session.showLive']()).resolves.toMatchObject({ mode: 'recording' });
    expect(heard.replaced.map(({ mode }) => mode)).toEqual(['file', 'recording']);
  });

  it('that is none is refused, and nothing changes', async () => {
    const client = engine.connect();
    const { heard } = listenTo(client);
    await expect(client.handlers['session.open'](join(folder, 'nothing.plugscope'))).resolves.toMatchObject({
      ok: false,
    });
    await expect(client.handlers['session.get']()).resolves.toMatchObject({ mode: 'recording' });
    expect(heard.replaced).toEqual([]);
  });

  it('that is the live one is shown live', async () => {
    const client = engine.connect();
    const state = unwrap(await client.handlers['session.open'](engine.recording.path));
    expect(state.mode).toBe('recording');
  });

  it('is shown once where two are asked for at a time', async () => {
    const path = await earlierSession();
    const client = engine.connect();
    const { heard } = listenTo(client);
    await Promise.all([client.handlers['session.open'](path), client.handlers['session.showLive']()]);
    expect(heard.replaced.map(({ mode }) => mode)).toEqual(['file', 'recording']);
  });
});

describe('a client that is gone', () => {
  it('hears nothing more and leaves the others as they are', async () => {
    const [gone, other] = [engine.connect(), engine.connect()];
    const heard = listenTo(gone).heard;
    await gone.handlers['session.open'](await earlierSession());
    gone.close();
    const before = { ...heard, session: heard.session.length };
    await gone.handlers['bench.configure']({ ...setup, station: null });
    await eventually(async () => expect((await other.handlers['bench.get']()).linksOpen).toBe(0));
    expect(heard.session).toHaveLength(before.session);
    expect(heard.bench).toBe(before.bench);
  });
});

describe('the bench', () => {
  it('is switched by any client', async () => {
    const client = engine.connect();
    const state = unwrap(await client.handlers['bench.configure']({ role: 'csms', port: 0, station: null }));
    expect(state.setup.role).toBe('csms');
    expect(await engine.connect().handlers['bench.get']()).toMatchObject({ setup: { role: 'csms' } });
  });
});

it('says why there is no engine where the folder cannot be made', async () => {
  const outcome = await startEngine({ folder: join(engine.recording.path, 'inside-a-file'), setup });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'no-session-folder' } });
});
