import { describe, expect, it } from 'vitest';
import type { Api, BenchState, Events, SessionState } from '../../bridge/contract.ts';
import type { Notes } from '../../session/notes.ts';
import { success } from '../../session/outcome.ts';
import { plainRows, scriptedEngine } from '../testing/scripted-engine.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createPreferences } from './preferences.ts';
import { createWorkbench } from './workbench.ts';

const session: SessionState = {
  path: '/s.plugscope',
  name: 's',
  mode: 'recording',
  entries: 500,
  messages: 500,
  errors: 0,
  warnings: 0,
  bytes: 1,
  lag: 0,
  unrecorded: 0,
};
const notes: Omit<Notes, 'session'> = { bookmarks: [], filters: [], colours: [], unreadable: 0 };
const bench = { legs: [] as unknown } as BenchState;

async function started(first: SessionState = session) {
  const timing = virtualTiming();
  const engine = scriptedEngine(plainRows(500));
  let facets = 0;
  Object.assign(engine.api, {
    'bench.get': async () => bench,
    'session.get': async () => first,
    'notes.get': async () => success({ ...notes, session: first.path }),
    'session.facets': async () => ({ stations: [`CS-${++facets}`], actions: [], rules: [] }),
  } satisfies Partial<Api>);
  const closers: (() => void)[] = [];
  let events: Events | undefined;
  const workbench = createWorkbench(
    async (given) => {
      events = given;
      return { api: engine.api, onClose: (listener) => void closers.push(listener) };
    },
    createPreferences({ getItem: () => null, setItem: () => undefined }),
    timing,
  );
  await timing.pass(10);
  if (!events) throw new Error('not connected');
  return { workbench, engine, timing, events, lose: () => closers.at(-1)?.(), facets: () => facets };
}

describe('the workbench', () => {
  it('learns what is running and shows the newest entries', async () => {
    const { workbench } = await started();
    expect(workbench.facts.getState()).toMatchObject({ bench, session, stations: ['CS-1'] });
    expect(workbench.feed.state.getState()).toMatchObject({ count: 500, following: true });
    expect(workbench.selection.state.getState().row).toBeNull();
  });

  it('starts a file at its beginning', async () => {
    const { workbench } = await started({ ...session, mode: 'file' });
    expect(workbench.feed.state.getState().following).toBe(false);
    expect(workbench.selection.state.getState()).toMatchObject({ index: 0 });
  });

  it('takes up where it was when the engine comes back', async () => {
    const { workbench, timing, lose } = await started();
    await workbench.filter('action == "Heartbeat"');
    await workbench.selection.select(41);
    lose();
    expect(workbench.api()).toBeNull();
    expect(workbench.feed.row(41)?.entry).toBe(42);
    await timing.pass(1000);
    expect(workbench.feed.state.getState()).toMatchObject({ count: 500, filter: 'action == "Heartbeat"' });
    expect(workbench.selection.state.getState()).toMatchObject({ index: 41, row: { entry: 42 } });
  });

  it('forgets filter and selection with the session they belonged to', async () => {
    const { workbench, engine, timing, events } = await started();
    await workbench.filter('action == "None"');
    engine.rows = plainRows(30);
    events.sessionReplaced({ ...session, name: 'other', mode: 'file' });
    await timing.pass(50);
    expect(workbench.feed.state.getState()).toMatchObject({ count: 30, filter: '' });
    expect(workbench.facts.getState().session?.name).toBe('other');
    expect(workbench.selection.state.getState()).toMatchObject({ index: 0, row: { entry: 1 } });
  });

  it('asks for the names in the filter boxes now and then, not with each message', async () => {
    const { timing, events, facets } = await started();
    for (let messages = 501; messages < 1000; messages++) events.sessionChanged({ ...session, messages });
    expect(facets()).toBe(1);
    await timing.pass(5000);
    expect(facets()).toBe(2);
  });

  it('reads the rows on screen again when there are new findings', async () => {
    const { workbench, engine, timing, events } = await started();
    workbench.feed.need(480, 499);
    await timing.pass(50);
    engine.asked.length = 0;
    events.sessionChanged({ ...session, entries: 501 });
    await timing.pass(50);
    expect(engine.asked).toEqual([]);
    events.sessionChanged({ ...session, errors: 1 });
    await timing.pass(50);
    expect(engine.asked.some((call) => call.startsWith('rows'))).toBe(true);
  });

  it('reads them again, now and a moment later, when something became of held messages', async () => {
    const { workbench, engine, timing, events } = await started();
    workbench.feed.need(480, 499);
    await timing.pass(50);
    for (const wait of [50, 1000]) {
      engine.asked.length = 0;
      if (wait === 50) {
        const settings = { breakpoints: [], senderTimeoutMs: 30_000, marginMs: 3000 };
        events.interceptChanged({ settings, held: [], heldCount: 0, hits: {}, faults: {} });
      }
      await timing.pass(wait);
      expect(engine.asked.some((call) => call.startsWith('rows'))).toBe(true);
    }
  });

  it('lets panes listen to what it learns itself of the bench and the session', async () => {
    const { workbench, events } = await started();
    const heard: unknown[] = [];
    const stop = workbench.on('sessionChanged', ({ entries }) => heard.push(entries));
    workbench.on('benchChanged', ({ linksOpen }) => heard.push(`${linksOpen} links`));
    events.sessionChanged({ ...session, entries: 777 });
    events.benchChanged({ ...bench, linksOpen: 3 });
    stop();
    events.sessionChanged({ ...session, entries: 778 });
    expect(heard).toEqual([777, '3 links']);
    expect(workbench.facts.getState()).toMatchObject({ session: { entries: 778 }, bench: { linksOpen: 3 } });
  });

  it('shows the card of a connection from anywhere, and forgets it with its session', async () => {
    const { workbench, timing, events } = await started();
    workbench.connections.list('attempts', 'CS-1');
    workbench.connections.show('headers');
    workbench.connections.open(12);
    expect(workbench.dock.state.getState().pane).toBe('connections');
    expect(workbench.connections.state.getState()).toMatchObject({
      link: 12,
      kind: 'all',
      station: null,
      part: 'negotiation',
      asked: { link: 12 },
    });
    workbench.dock.close();
    workbench.connections.browse();
    expect(workbench.dock.state.getState().pane).toBe('connections');
    expect(workbench.connections.state.getState()).toMatchObject({ link: 12, asked: { link: null } });
    events.sessionReplaced({ ...session, name: 'other' });
    await timing.pass(50);
    expect(workbench.connections.state.getState()).toMatchObject({ link: null, asked: null });
  });
});
