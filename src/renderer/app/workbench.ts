import { createContext, useContext } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api, BenchState, Events, SessionState } from '../../bridge/contract.ts';
import { eventsTo } from '../../bridge/events.ts';
import type { Commands } from './commands.ts';
import { type Comparison, createComparison } from './comparison.ts';
import { type Composing, createComposing } from './composing.ts';
import { type Connect, type Connection, keepConnected } from './connection.ts';
import { type ConnectionBoard, createConnectionBoard } from './connection-board.ts';
import { createDock, type Dock } from './dock.ts';
import { createDrafting, type Drafting } from './drafting.ts';
import { createEnergyBoard, type EnergyBoard } from './energy-board.ts';
import { createEventListeners, type EventListeners } from './event-listeners.ts';
import { createFollowing, type Following } from './following.ts';
import { createInterception, type Interception } from './interception.ts';
import { createNotesKeeper, type NotesKeeper } from './notes.ts';
import type { Preferences } from './preferences.ts';
import { createRuleBoard, type RuleBoard } from './rules.ts';
import { createSaying, type Saying } from './saying.ts';
import { createSelection, type Selection } from './selection.ts';
import { createTimelineFeed, type TimelineFeed } from './timeline-feed.ts';
import type { Timing } from './timing.ts';

/** What the engine said last of the bench and the session; null until it did. */
export interface EngineFacts {
  readonly bench: BenchState | null;
  readonly session: SessionState | null;
  readonly stations: readonly string[];
  readonly actions: readonly string[];
  /** Rules of findings. */
  readonly rules: readonly string[];
}

/** Everything behind the workbench's window, built once by hand. */
export interface Workbench {
  readonly connection: Connection;
  readonly facts: StoreApi<EngineFacts>;
  readonly feed: TimelineFeed;
  readonly selection: Selection;
  readonly preferences: Preferences;
  readonly timing: Timing;
  readonly dock: Dock;
  readonly commands: Commands;
  readonly composing: Composing;
  /** The charging profile that is being drawn. */
  readonly drafting: Drafting;
  /** Bookmarks, named filters and colouring rules of the session on screen. */
  readonly notes: NotesKeeper;
  readonly comparison: Comparison;
  readonly saying: Saying;
  readonly following: Following;
  readonly interception: Interception;
  readonly rules: RuleBoard;
  /** What the charts of energy share. */
  readonly energy: EnergyBoard;
  /** Which connection is looked at. */
  readonly connections: ConnectionBoard;
  /** Listens to what the engine tells unasked; yields how to stop that. */
  readonly on: EventListeners['on'];
  /** The engine; null while it is not reached. */
  api(): Api | null;
  /** Shows another part of the session: what passes this text of a filter. */
  filter(text: string): Promise<void>;
  /** Takes the state that a call answered with, without waiting for its event. */
  learn(facts: Partial<EngineFacts>): void;
}

/** How often rows on screen are read again because findings came late. */
const REFRESH = 1000;
/** How often the stations and actions for the filter boxes are asked for at most. */
const FACETS = 2000;

/** Builds the workbench over a way to reach the engine. */
export function createWorkbench(connect: Connect, preferences: Preferences, timing: Timing): Workbench {
  const facts = createStore<EngineFacts>(() => ({ bench: null, session: null, stations: [], actions: [], rules: [] }));
  const api = (): Api | null => {
    const state = connection.state.getState();
    return state.phase === 'open' ? state.api : null;
  };
  const feed = createTimelineFeed(api, timing);
  const selection = createSelection(
    feed,
    async (entry) =>
      (
        await api()
          ?.['entry.get'](entry)
          .catch(() => null)
      )?.row ?? null,
  );
  const learn = (next: Partial<EngineFacts>): void => facts.setState(next);

  const refresh = atMostEvery(REFRESH, timing, () => feed.refresh());
  const askFacets = atMostEvery(FACETS, timing, () => {
    void api()
      ?.['session.facets']()
      .then(learn, () => undefined);
  });
  const sessionChanged = (session: SessionState): void => {
    const before = facts.getState().session;
    learn({ session });
    if (before && (before.errors !== session.errors || before.warnings !== session.warnings)) refresh();
    if (before?.messages !== session.messages) askFacets();
  };
  /** A file is read from its beginning, live traffic from its end. */
  const startAtTop = (session: SessionState): void => {
    if (session.mode === 'file' && selection.state.getState().row === null) selection.toStart();
  };
  const listeners = createEventListeners();
  const notes = createNotesKeeper(api, listeners.on, timing.wall);
  const interception = createInterception(api, listeners.on, timing);
  // What became of a message is in the index a moment after it was decided.
  const decided = (): void => {
    refresh();
    refresh();
  };
  listeners.on('interceptChanged', decided);
  listeners.on('rulesChanged', decided);
  listeners.on('benchChanged', (bench) => learn({ bench }));
  listeners.on('sessionChanged', sessionChanged);
  listeners.on('sessionReplaced', (session) => {
    feed.forget();
    selection.clear();
    comparison.clear();
    following.forget();
    notes.comment(null);
    energy.forget();
    connections.forget();
    sessionChanged(session);
    void notes.load();
    feed.follow(true);
    void feed.open('').then(() => startAtTop(session));
  });
  listeners.on('viewGrown', (view) => feed.grown(view));
  const events: Events = eventsTo(listeners.tell);
  const opened = async (engine: Api): Promise<void> => {
    feed.forget();
    const shown = filter(feed.state.getState().filter);
    void notes.load();
    const [bench, session] = await Promise.all([engine['bench.get'](), engine['session.get']()]);
    learn({ bench });
    sessionChanged(session);
    void interception.refresh();
    void rules.refresh();
    energy.refresh();
    await shown;
    startAtTop(session);
  };
  const filter = async (next: string): Promise<void> => {
    await feed.open(next);
    await selection.relocate();
  };
  const connection = keepConnected(connect, events, timing, (engine) => {
    // Where it fails the connection is lost, and says so itself.
    void opened(engine).catch(() => undefined);
  });
  const dock = createDock(preferences);
  const rules = createRuleBoard(api, listeners.on, timing, (text) => dock.badge('rules', text));
  const energy = createEnergyBoard(api, listeners.on, selection, timing);
  const connections = createConnectionBoard(dock);
  const comparison = createComparison();
  const following = createFollowing(api, selection, filter);
  const commands: Commands = createStore(() => ({ sets: new Map() }));
  return {
    connection,
    facts,
    feed,
    selection,
    preferences,
    timing,
    dock,
    commands,
    composing: createComposing(),
    drafting: createDrafting(),
    notes,
    comparison,
    saying: createSaying(timing),
    following,
    interception,
    rules,
    energy,
    connections,
    on: listeners.on,
    api,
    filter,
    learn,
  };
}

/** Runs a task at once, and then at most once in a time, the last call never being lost. */
function atMostEvery(milliseconds: number, timing: Timing, task: () => void): () => void {
  let waiting = false;
  let again = false;
  const run = (): void => {
    if (waiting) {
      again = true;
      return;
    }
    waiting = true;
    task();
    timing.after(milliseconds, () => {
      waiting = false;
      if (again) {
        again = false;
        run();
      }
    });
  };
  return run;
}

/** Hands the workbench to the panes. */
export const WorkbenchContext = createContext<Workbench | null>(null);

/** The workbench around this component. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('A pane was rendered outside of the workbench.');
  return workbench;
}
