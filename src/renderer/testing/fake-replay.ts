import type { Arguments, Result } from '../../bridge/contract.ts';
import type { REPLAY_METHODS, ReplayState, ReplayStepDetail, ReplayStepRow } from '../../bridge/methods/replay.ts';
import { diffFrames } from '../../session/diff/frame-diff.ts';
import { failure, success } from '../../session/outcome.ts';

type FakeHandlers = { readonly [N in keyof typeof REPLAY_METHODS]: (...args: Arguments<N>) => Result<N> };

const STEPS = 12;
const ACTIONS = ['BootNotification', 'StatusNotification', 'TransactionEvent', 'Heartbeat'] as const;
const VERDICTS: readonly ReplayStepRow['verdict'][] = [
  { kind: 'same' },
  { kind: 'different', sentence: 'status is "Rejected"; it was "Accepted".' },
  { kind: 'same' },
  { kind: 'unanswered', sentence: 'No answer came in time.' },
];
const RECORDED = '[3,"a",{"status":"Accepted","currentTime":"2026-11-20T09:05:01Z","interval":300}]';
const LIVE = '[3,"b",{"status":"Rejected","currentTime":"2026-11-21T10:00:00Z","interval":300}]';

/** Replays of generated data: each step is over at once. */
export function fakeReplay(tell: (state: ReplayState) => void): FakeHandlers {
  let state: ReplayState | null = null;
  let csms: ReplayState['csms'] = null;
  let listener: ReplayState['listener'] = null;
  const edits = new Map<number, Record<string, unknown>>();
  const done = () => state?.summary.done ?? 0;

  const row = (index: number): ReplayStepRow => {
    const over = index < done();
    const expected = index % 5 === 4;
    return {
      index,
      entry: 100 + index * 2,
      wall: Date.UTC(2026, 10, 20, 9, 5, index),
      station: 'CS-0001',
      kind: expected ? 'expect' : 'call',
      action: expected ? 'GetBaseReport' : (ACTIONS[index % ACTIONS.length] ?? null),
      edited: edits.has(index),
      state: over ? 'done' : 'waiting',
      verdict: over ? (expected ? { kind: 'did-not-come' } : (VERDICTS[index % VERDICTS.length] ?? null)) : null,
      latency: over && !expected ? 12 + index : null,
      sent: null,
      answer: null,
    };
  };
  const detail = (index: number): ReplayStepDetail => {
    const { kind, verdict } = row(index);
    const live = verdict?.kind === 'different' || verdict?.kind === 'same' ? LIVE : null;
    return {
      row: row(index),
      payload: kind === 'call' ? { chargingStation: { model: 'M', vendorName: 'V' }, reason: 'PowerUp' } : {},
      edited: (edits.get(index) as ReplayStepDetail['edited']) ?? null,
      recorded: { entry: 101 + index * 2, text: RECORDED },
      live: live === null ? null : { entry: 900 + index, text: live },
      diff: verdict?.kind === 'different' ? diffFrames(RECORDED, LIVE, { ignore: { ids: true, times: true } }) : null,
    };
  };
  const become = (next: ReplayState): ReplayState => {
    state = { ...next, revision: next.revision + 1 };
    tell(state);
    return state;
  };
  return {
    'replay.get': () => state,
    'replay.prepare': ({ side, filter }) => {
      if (filter.includes('nothing'))
        return failure('replay-empty', 'Among these messages, no station said anything that could be replayed.');
      edits.clear();
      const summary = {
        steps: STEPS,
        done: 0,
        same: 0,
        different: 0,
        didNotCome: 0,
        unexpected: 0,
        failed: 0,
        troubles: [],
      };
      const stations = [{ station: 'CS-0001', version: '2.1', steps: STEPS }] as const;
      return success(
        become({
          state: 'prepared',
          side,
          source: 'bench-0412',
          stations,
          summary,
          stationUrls: [],
          csms,
          listener,
          revision: 0,
        }),
      );
    },
    'replay.steps': (from, count) =>
      state ? Array.from({ length: Math.max(0, Math.min(count, STEPS - from)) }, (_, index) => row(from + index)) : [],
    'replay.step': (index) => (state ? detail(index) : null),
    'replay.edit': (index, payload) => {
      if (payload) edits.set(index, payload);
      else edits.delete(index);
      if (state) become(state);
      return success(null);
    },
    'replay.start': ({ pace, target }) => {
      if (!state) return failure('replay-not-prepared', 'There is nothing prepared to be replayed.');
      if (target.kind === 'url') csms = target.security ? { url: target.url, security: target.security } : null;
      if (target.kind === 'listen') {
        // Nobody comes.
        listener = target.security ?? null;
        const scheme = (listener?.profile ?? 0) >= 2 ? 'wss' : 'ws';
        const stationUrls = ['192.168.1.20', 'localhost'].map((host) => `${scheme}://${host}:${target.port}/`);
        return success(become({ ...state, state: 'running', stationUrls, listener }));
      }
      state = { ...state, csms };
      if (pace.kind === 'step') return success(become({ ...state, state: 'running' }));
      const summary = { ...state.summary, done: STEPS, same: 5, different: 5, didNotCome: 2 };
      return success(become({ ...state, state: 'over', summary }));
    },
    'replay.next': () => {
      if (state) become({ ...state, summary: { ...state.summary, done: done() + 1 } });
      return null;
    },
    'replay.stop': () => {
      if (state) become({ ...state, state: 'over', stationUrls: [] });
      return null;
    },
  };
}
