import { success } from '../../session/outcome.ts';
import type { BenchState, Handlers, SessionState } from '../contract.ts';

/** A state of the bench for tests of the bridge. */
export const sampleBench: BenchState = {
  setup: { role: 'csms', port: 9220, station: null },
  stationUrls: ['ws://127.0.0.1:9220/'],
  port: 9220,
  notices: [],
  legs: [],
  linksOpen: 0,
  stationsOpen: 0,
  messagesPerSecond: 0,
};

/** A state of the session for tests of the bridge. */
export const sampleSession: SessionState = {
  path: '/somewhere/bench.plugscope',
  name: 'bench',
  mode: 'recording',
  entries: 3,
  messages: 2,
  errors: 0,
  warnings: 0,
  bytes: 4096,
  lag: 0,
  unrecorded: 0,
};

/** Handlers with fixed answers, of which a test replaces those that it is about; the others do not exist. */
export function sampleHandlers(own: Partial<Handlers> = {}): Handlers {
  const view = { view: 1, count: 0, scanned: 0, entries: 0 };
  const handlers: Partial<Handlers> = {
    'bench.get': () => sampleBench,
    'bench.configure': (setup) => success({ ...sampleBench, setup }),
    'session.get': () => sampleSession,
    'session.open': () => success(sampleSession),
    'session.showLive': () => sampleSession,
    'session.goOnUnrecorded': () => sampleSession,
    'timeline.open': () => success(view),
    'timeline.close': () => null,
    'timeline.rows': () => [],
    'timeline.indexOf': () => null,
    'timeline.nextFinding': () => null,
    'entry.get': () => null,
    'link.get': () => null,
    'session.facets': () => ({ stations: [], actions: [], rules: [] }),
    ...own,
  };
  // A test that calls another one is told that the engine failed.
  return handlers as Handlers;
}
