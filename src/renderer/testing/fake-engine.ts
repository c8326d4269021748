import type { Api, BenchSetup, BenchState, Events, SessionState } from '../../bridge/contract.ts';
import { readFilter } from '../../session/filter/check.ts';
import { failure, success } from '../../session/outcome.ts';
import type { EngineLink } from '../app/connection.ts';
import { createFakeAuthority } from './fake-authority.ts';
import { createFakeCompose, fakePeers } from './fake-compose.ts';
import { createFakeConnections } from './fake-connections.ts';
import { createFakeEnergy, type FakeEnergyControls } from './fake-energy.ts';
import { createFakeFiles } from './fake-files.ts';
import { createFakeFollow } from './fake-follow.ts';
import { createFakeIntercept, type FakeInterceptControls } from './fake-intercept.ts';
import { fakeNotes } from './fake-notes.ts';
import { fakeReplay } from './fake-replay.ts';
import { type FakeShape, fakeDetail, UPSTREAM } from './fake-rows.ts';
import { createFakeRules, type FakeRulesControls } from './fake-rules.ts';
import { FakeView } from './fake-views.ts';

/** How the generated session behaves. */
export interface FakeOptions extends FakeShape {
  readonly rows: number;
  /** Messages a second that arrive. */
  readonly rate: number;
  readonly mode: SessionState['mode'];
  /** No station has been seen. */
  readonly empty: boolean;
  /** There are rules already. */
  readonly rules: boolean;
  /** An entry whose detail breaks the contract; 0 for none. */
  readonly faulty: number;
  /** Messages that are held at the start; then there are breakpoints as well. */
  readonly held: number;
  /** There is a session that was not closed. */
  readonly unclosed: boolean;
  /** Traces of `fixtures/energy` whose charts there are to see. */
  readonly energy: string;
  /** Messages of them that come only when a test says so. */
  readonly energyHeld: number;
}

/** What a test does with the engine from outside. */
export interface FakeControls {
  /** Breaks the connection; it can be made again after `unreachable` attempts failed. */
  lose(unreachable?: number): void;
  grow(rows: number): void;
  /** Keeps the questions of these methods from being answered until they are let go. */
  holdBack(...methods: readonly (keyof Api)[]): void;
  letGo(): void;
  readonly rules: FakeRulesControls;
  readonly energy: FakeEnergyControls;
  /** So many stations connect. */
  arrive(connections: number): void;
  readonly intercept: FakeInterceptControls;
}

const TICK = 33;
/** As the contract has it. */
const SESSION_EVERY = 100;

const stationUrls = (scheme: string) => ['192.168.1.20', '127.0.0.1'].map((host) => `${scheme}://${host}:9220/`);

/** An engine of generated data, in the page itself. */
export function createFakeEngine(
  options: FakeOptions,
): FakeControls & { connect(events: Events): Promise<EngineLink> } {
  const views = new Map<number, FakeView>();
  let entries = options.empty ? 0 : options.rows;
  let events: Events | null = null;
  let closed: (() => void)[] = [];
  let unreachable = 0;
  let heldBack: readonly string[] = [];
  const kept: (() => void)[] = [];
  let nextView = 1;
  let toldAt = 0;
  let setup: BenchSetup = { role: 'proxy', port: 9220, upstream: null, station: { id: 'CS-0001', version: '2.1' } };
  let mode = options.mode;

  const bench = (): BenchState => ({
    setup,
    stationUrls: setup.role === 'station' ? [] : stationUrls((setup.security?.profile ?? 0) >= 2 ? 'wss' : 'ws'),
    port: setup.role === 'station' ? null : 9220,
    notices: setup.role === 'csms' ? [PORT_TAKEN] : [],
    legs: options.empty ? [] : legs(options.stations),
    linksOpen: options.empty ? 0 : options.stations * 2,
    stationsOpen: options.empty ? 0 : options.stations,
    messagesPerSecond: options.rate,
  });
  const session = (): SessionState => ({
    path: '/captures/bench-0412.plugscope',
    name: 'bench-0412',
    mode,
    ...(mode === 'stopped' ? { reason: 'The disk is full.' } : {}),
    entries,
    messages: entries,
    errors: Math.floor(entries / 53),
    warnings: Math.floor(entries / 97),
    bytes: entries * 420,
    lag: options.rate > 1000 ? 12_031 : 0,
    unrecorded: 0,
  });

  const intercept = createFakeIntercept((state) => events?.interceptChanged(state), options.held);
  const energy = createFakeEnergy(options.energy, options.energyHeld, (state) => events?.energyChanged(state));
  const rules = createFakeRules((state) => events?.rulesChanged(state), options.rules);
  const scan = (id: number): void => {
    const view = views.get(id);
    if (!view?.scan(entries)) return;
    events?.viewGrown(view.state(id, entries));
    if (view.state(id, entries).scanned < entries) setTimeout(scan, 20, id);
  };
  const grow = (rows: number): void => {
    entries += rows;
    for (const id of views.keys()) scan(id);
    if (performance.now() - toldAt < SESSION_EVERY) return;
    toldAt = performance.now();
    events?.sessionChanged(session());
  };

  const compose = createFakeCompose(
    () => fakePeers(bench().legs),
    (kept) => events?.composeKeptChanged(kept),
  );
  const { fact, arrive, ...connections } = createFakeConnections(options);
  const methods: {
    readonly [N in keyof Api]: (...args: Parameters<Api[N]>) => Awaited<ReturnType<Api[N]>> | ReturnType<Api[N]>;
  } = {
    ...compose,
    ...connections,
    'connections.disconnect'(link) {
      const done = connections['connections.disconnect'](link);
      events?.sessionChanged(session());
      return done;
    },
    ...energy.methods,
    ...createFakeAuthority((state) => events?.authorityChanged(state)),
    ...createFakeFollow(options, () => entries),
    'bench.get': bench,
    'bench.configure'(next) {
      if (next.role !== 'station' && next.port === 80) {
        return failure('port-forbidden', 'Port 80 needs administrator rights; choose one above 1023.');
      }
      setup = next;
      events?.benchChanged(bench());
      return success(bench());
    },
    'session.get': session,
    'session.open'(path) {
      if (!path.endsWith('.plugscope')) return failure('not-a-session', `${path} is no Plugscope session.`);
      mode = 'file';
      events?.sessionReplaced(session());
      return success(session());
    },
    'session.showLive'() {
      mode = 'recording';
      events?.sessionReplaced(session());
      return session();
    },
    'session.goOnUnrecorded': session,
    'timeline.open'(text) {
      const { filter, problems } = readFilter(text);
      const wrong = problems.find(({ severity }) => severity === 'error');
      if (wrong) return failure('filter-invalid', wrong.sentence);
      const view = new FakeView(options, filter);
      const id = nextView++;
      views.set(id, view);
      view.scan(entries);
      setTimeout(scan, 20, id);
      return success(view.state(id, entries));
    },
    'timeline.close'(id) {
      views.delete(id);
      return null;
    },
    'timeline.rows': (id, start, count) => views.get(id)?.rows(start, count) ?? [],
    'timeline.indexOf': (id, entry) => views.get(id)?.indexOf(entry) ?? null,
    'timeline.nextFinding': (id, from, way) => views.get(id)?.nextFinding(from, way) ?? null,
    'entry.get': (entry) => {
      if (entry > entries) return null;
      const detail = fakeDetail(options, entry - 1);
      return entry === options.faulty ? { ...detail, findings: JSON.parse('null') } : detail;
    },
    'link.get': fact,
    ...rules.handlers,
    ...createFakeFiles(() => events, options.unclosed),
    ...intercept.handlers,
    ...fakeReplay((state) => events?.replayChanged(state)),
    ...fakeNotes(
      options,
      () => session().path,
      () => entries,
      (notes) => events?.notesChanged(notes),
    ),
    'session.facets': () => ({
      stations: Array.from({ length: options.stations }, (_, i) => `CS-${String(i + 1).padStart(4, '0')}`),
      actions: [
        'Authorize',
        'BootNotification',
        'Heartbeat',
        'SetChargingProfile',
        'StatusNotification',
        'TransactionEvent',
      ],
      rules: ['schema.minimum', 'schema.required'],
    }),
  };

  let since = performance.now();
  setInterval(() => {
    const due = Math.floor(((performance.now() - since) * options.rate) / 1000);
    if (due === 0) return;
    since += (due * 1000) / options.rate;
    grow(due);
  }, TICK);

  return {
    grow,
    holdBack(...names) {
      heldBack = names;
    },
    letGo() {
      heldBack = [];
      for (const goOn of kept.splice(0)) goOn();
    },
    rules: rules.controls,
    energy: energy.controls,
    arrive(count) {
      for (let each = 0; each < count; each++) arrive();
      events?.sessionChanged(session());
    },
    intercept: intercept.controls,
    lose(attempts = 0) {
      unreachable = attempts;
      events = null;
      for (const listener of closed.splice(0)) listener();
    },
    async connect(next) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (unreachable-- > 0) throw new Error('unreachable');
      events = next;
      views.clear();
      closed = [];
      const passed = async (name: string): Promise<void> => {
        if (heldBack.includes(name)) await new Promise<void>((goOn) => void kept.push(goOn));
      };
      return { api: remote(methods, passed), onClose: (listener) => void closed.push(listener) };
    },
  };
}

const PORT_TAKEN = {
  code: 'port-taken',
  severity: 'warning',
  sentence: 'Port 9220 is taken by another program; stations can connect on port 9221.',
} as const;

function legs(stations: number): BenchState['legs'] {
  return Array.from({ length: Math.min(100, stations) }, (_, i) => {
    const station = `CS-${String(i + 1).padStart(4, '0')}`;
    const common = { conversation: i + 1, station, version: '2.1', secure: false, state: 'open' } as const;
    return [
      { ...common, link: i + 1, peer: 'station' } as const,
      { ...common, link: UPSTREAM + i + 1, peer: 'csms' } as const,
    ];
  }).flat();
}

/** Each call is answered later, once `passed` lets it, and by a copy, as over a channel. */
function remote(methods: object, passed: (name: string) => Promise<void>): Api {
  const table = methods as Record<string, (...args: unknown[]) => unknown>;
  const calls = Object.keys(table).map((name) => [
    name,
    async (...args: unknown[]) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      await passed(name);
      return structuredClone(await table[name]?.(...args));
    },
  ]);
  return Object.fromEntries(calls) as Api;
}
