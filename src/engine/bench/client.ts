import { resolve } from 'node:path';
import type { Events, Handlers, SessionState } from '../../bridge/contract.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import type { AuthorityDesk } from '../authority/authority-desk.ts';
import type { SessionNotes } from '../capture/notes/session-notes.ts';
import type { Recording } from '../capture/recording.ts';
import { openSession, type SessionReader } from '../capture/session-reader.ts';
import type { Composer } from '../compose/composer.ts';
import type { EnergyDesk } from '../energy/energy-desk.ts';
import type { FileDesk, ShownFile } from '../files/file-desk.ts';
import type { Interception } from '../intercept/interception.ts';
import type { ReplayDesk } from '../replay/replay-desk.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { Tasks } from '../tasks.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import type { Bench } from './bench.ts';
import { ClientViews } from './client-views.ts';
import type { EngineClient } from './engine-client.ts';
import { authorityHandlers } from './handlers/authority.ts';
import { composeHandlers } from './handlers/compose.ts';
import { connectionsHandlers } from './handlers/connections.ts';
import { type ClientEnergy, createClientEnergy } from './handlers/energy.ts';
import { filesHandlers } from './handlers/files.ts';
import { followHandlers } from './handlers/follow.ts';
import { interceptHandlers } from './handlers/intercept.ts';
import { notesHandlers } from './handlers/notes.ts';
import { replayHandlers } from './handlers/replay.ts';
import { ruleHandlers } from './handlers/rules.ts';
import { taskHandlers } from './handlers/tasks.ts';
import { fileState, liveState, whenIndexed } from './session-state.ts';

/** What all clients of an engine share. */
export interface Shared {
  readonly bench: Bench;
  readonly recording: Recording;
  /** Reads the session that is being recorded. */
  readonly live: SessionReader;
  readonly tasks: Tasks;
  readonly interception: Interception;
  readonly rules: RuleBook;
  readonly composer: Composer;
  readonly replay: ReplayDesk;
  readonly workspace: WorkspaceStore;
  readonly notes: SessionNotes;
  readonly files: FileDesk;
  readonly energy: EnergyDesk;
  readonly authority: AuthorityDesk;
}

/** A client that is shown the live session first. */
export function createClient(shared: Shared): EngineClient {
  return new Client(shared);
}

class Client implements EngineClient {
  readonly handlers: Handlers;
  readonly #shared: Shared;
  readonly #views = new ClientViews();
  readonly #energy: ClientEnergy;
  readonly #listeners = new Set<Events>();
  readonly #subscriptions: (() => void)[];
  /** The reader of what this client is shown. */
  #shown: SessionReader;
  #stopWatching: () => void;
  /** Requests for another session are done one after the other. */
  #lastSwitch: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(shared: Shared) {
    this.#shared = shared;
    this.#shown = shared.live;
    this.#stopWatching = this.#watch(shared.live);
    this.#subscriptions = [
      shared.bench.onChange((state) => this.#tell((events) => events.benchChanged(state))),
      shared.authority.onChange((state) => this.#tell((events) => events.authorityChanged(state))),
      shared.interception.onChange((state) => this.#tell((events) => events.interceptChanged(state))),
      shared.composer.onKeptChange((kept) => this.#tell((events) => events.composeKeptChanged(kept))),
      shared.replay.onChange((state) => this.#tell((events) => events.replayChanged(state))),
      shared.rules.onChange((state) => this.#tell((events) => events.rulesChanged(state))),
      shared.tasks.onChange((state) => this.#tell((events) => events.taskChanged(state))),
      shared.notes.onChange((notes) => {
        if (notes.session === this.#shown.path) this.#tell((events) => events.notesChanged(notes));
      }),
      shared.recording.onStatus(() => {
        if (this.#isLive()) this.#tell((events) => events.sessionChanged(liveState(shared.recording)));
      }),
    ];
    this.#energy = createClientEnergy(
      shared,
      () => this.#shown.path,
      (progress) => this.#tell((events) => events.energyChanged(progress)),
    );
    this.handlers = this.#createHandlers();
  }

  subscribe(events: Events): () => void {
    this.#listeners.add(events);
    return () => this.#listeners.delete(events);
  }

  close(): void {
    this.#closed = true;
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#listeners.clear();
    void this.#inTurn(() => this.#show(this.#shared.live));
  }

  #createHandlers(): Handlers {
    const { bench, recording } = this.#shared;
    return {
      'bench.get': () => bench.state(),
      'bench.configure': (setup) => bench.configure(setup),
      'session.get': () => this.#state(),
      'session.open': (path) => this.#inTurn(() => this.#open(path)),
      'session.showLive': () => this.#inTurn(() => this.#show(this.#shared.live)),
      'session.goOnUnrecorded': (goOn) => {
        recording.goOnUnrecorded(goOn);
        return this.#state();
      },
      'session.facets': () => this.#shown.facets(),
      'timeline.open': (filter) => this.#views.open(this.#shown, filter),
      'timeline.close': (view) => {
        this.#views.close(view);
        return null;
      },
      'timeline.rows': (view, start, count) => this.#ofView(view, [], (reader, id) => reader.rows(id, start, count)),
      'timeline.indexOf': (view, entry) => this.#ofView(view, null, (reader, id) => reader.indexOf(id, entry)),
      'timeline.nextFinding': (view, index, direction) =>
        this.#ofView(view, null, (reader, id) => reader.nextFinding(id, index, direction)),
      'entry.get': (entry) => this.#shown.entry(entry),
      'link.get': (link) => this.#shown.link(link),
      ...this.#energy.handlers,
      ...authorityHandlers(this.#shared),
      ...connectionsHandlers(
        this.#shared,
        () => this.#shown,
        () => this.#isLive(),
      ),
      ...filesHandlers(this.#shared, () => this.#shownFile()),
      ...followHandlers(() => this.#shown),
      ...interceptHandlers(this.#shared),
      ...notesHandlers(
        this.#shared,
        () => ({ session: this.#shown.path, recording: this.#isLive() }),
        () => this.#shown,
      ),
      ...composeHandlers(this.#shared),
      ...replayHandlers(this.#shared, () => this.#shown),
      ...ruleHandlers(this.#shared),
      ...taskHandlers(this.#shared),
    };
  }

  #ofView<T>(number: number, none: T, ask: (reader: SessionReader, view: number) => Promise<T>): T | Promise<T> {
    const own = this.#views.find(number);
    return own ? ask(own.reader, own.view) : none;
  }

  #isLive(): boolean {
    return this.#shown === this.#shared.live;
  }

  async #state(): Promise<SessionState> {
    return this.#isLive() ? liveState(this.#shared.recording) : fileState(this.#shown);
  }

  async #open(path: string): Promise<Outcome<SessionState>> {
    if (resolve(path) === this.#shared.live.path) return success(await this.#show(this.#shared.live));
    const opened = await openSession(path);
    if (!opened.ok) return opened;
    this.#shared.files.opened(resolve(path));
    return success(await this.#show(opened.value));
  }

  async #shownFile(): Promise<ShownFile> {
    const { path } = this.#shown;
    const { recording } = this.#shared;
    if (!this.#isLive()) {
      const { entries } = await this.#shown.counts();
      return { path, entries, complete: () => Promise.resolve() };
    }
    const { entries } = recording.status();
    return { path, entries, complete: (signal) => whenIndexed(recording, entries, signal) };
  }

  /** Shows another session; the file that was shown before is closed, since nobody else has this reader. */
  async #show(reader: SessionReader): Promise<SessionState> {
    const next = this.#closed ? this.#shared.live : reader;
    const before = this.#shown;
    this.#views.closeAll();
    if (this.#closed || next !== before) this.#energy.letGo();
    this.#stopWatching();
    this.#shown = next;
    this.#stopWatching = this.#closed ? () => {} : this.#watch(next);
    for (const gone of new Set([before, reader])) if (gone !== next && gone !== this.#shared.live) await gone.close();
    const state = await this.#state();
    if (next !== before) this.#tell((events) => events.sessionReplaced(state));
    return state;
  }

  #watch(reader: SessionReader): () => void {
    return reader.onViewGrown((state) => {
      const own = this.#views.renumbered(reader, state);
      if (own) this.#tell((events) => events.viewGrown(own));
    });
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#lastSwitch.then(task, task);
    this.#lastSwitch = turn.catch(() => {});
    return turn;
  }

  #tell(tell: (events: Events) => void): void {
    for (const events of this.#listeners) tell(events);
  }
}
