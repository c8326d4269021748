import type { ViewState } from '../../bridge/contract.ts';
import type { TimelineFilter, TimelineRow } from '../../session/timeline.ts';
import type { Clock, Timer } from '../clock.ts';
import { EntryList } from './entry-list.ts';
import { type Condition, conditionOf } from './filter-sql.ts';
import type { SessionQueries } from './session-queries.ts';

/** Entries that are looked at in one go, so that other questions get their turn. */
const CHUNK_ENTRIES = 10_000;
/** How long a new view looks at old entries before it first answers, in milliseconds. */
const FIRST_SLICE_MS = 40;
/** How long one turn of work on old entries takes, in milliseconds. */
const SLICE_MS = 15;
/** A growing session is looked at this often, in milliseconds. */
const FOLLOW_MS = 50;
/** Entries with findings that are fetched at once in the search for one that a view has. */
const FINDINGS_CHUNK = 5000;

interface View {
  readonly id: number;
  readonly condition: Condition | undefined;
  /** A late finding can bring an entry into the view. */
  readonly byFindings: boolean;
  /** The entries of the view; undefined where it has all of them without a gap, so that index + 1 is the entry. */
  entries: EntryList | undefined;
  /** Last entry that was looked at. */
  scanned: number;
  /** Last finding that was considered. */
  finding: number;
  /** What was told last. */
  told: string;
}

/** The views of one reader: filter results that grow with the session. */
export class Views {
  readonly #queries: SessionQueries;
  readonly #clock: Clock;
  readonly #onGrown: (view: ViewState) => void;
  readonly #views = new Map<number, View>();
  #nextView = 1;
  #last = 0;
  #version = -1;
  #pumping = false;
  #timer: Timer | undefined;

  constructor(queries: SessionQueries, clock: Clock, onGrown: (view: ViewState) => void) {
    this.#queries = queries;
    this.#clock = clock;
    this.#onGrown = onGrown;
  }

  open(filter: TimelineFilter): ViewState {
    const condition = conditionOf(filter);
    const { last, gapless } = this.#queries.extent();
    const identity = condition === undefined && gapless;
    const view: View = {
      id: this.#nextView++,
      condition,
      byFindings: filter.withFindings === true,
      entries: identity ? undefined : new EntryList(),
      scanned: identity ? last : 0,
      finding: this.#queries.lastFinding(),
      told: '',
    };
    this.#last = last;
    this.#views.set(view.id, view);
    this.#scan(view, FIRST_SLICE_MS);
    this.#pump();
    this.#timer ??= this.#clock.after(FOLLOW_MS, () => this.#follow());
    return this.#tell(view, () => {});
  }

  close(id: number): void {
    this.#views.delete(id);
    if (this.#views.size === 0) this.stop();
  }

  /** Ends all work. */
  stop(): void {
    this.#views.clear();
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  rows(id: number, start: number, count: number): readonly TimelineRow[] {
    const view = this.#views.get(id);
    if (view === undefined) return [];
    const end = Math.min(start + count, countOf(view));
    if (view.entries) return this.#queries.rows(view.entries.slice(start, end));
    return this.#queries.rows(Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index + 1));
  }

  indexOf(id: number, entry: number): number | null {
    const view = this.#views.get(id);
    return view === undefined ? null : indexIn(view, entry);
  }

  nextFinding(id: number, index: number, direction: 'forward' | 'backward'): number | null {
    const view = this.#views.get(id);
    if (view === undefined) return null;
    const count = countOf(view);
    let beyond = index < 0 ? 0 : index >= count ? this.#last + 1 : entryAt(view, index);
    for (;;) {
      const found = this.#queries.withFindings(beyond, direction, view.entries ? FINDINGS_CHUNK : 1);
      for (const entry of found) {
        const at = indexIn(view, entry);
        if (at !== null && entryAt(view, at) === entry) return at;
      }
      const furthest = found.at(-1);
      if (furthest === undefined) return null;
      beyond = furthest;
    }
  }

  /** Looks at entries not seen yet for some time; whether there are more. */
  #scan(view: View, milliseconds: number): boolean {
    const start = this.#clock.now().mono;
    while (view.scanned < this.#last) {
      const upTo = Math.min(view.scanned + CHUNK_ENTRIES, this.#last);
      view.entries?.append(this.#queries.matching(view.condition, view.scanned, upTo));
      view.scanned = upTo;
      if (this.#clock.now().mono - start >= milliseconds) break;
    }
    return view.scanned < this.#last;
  }

  /** Goes on with old entries, a slice of each view in turn, with room for questions between the rounds. */
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      let more = false;
      for (const view of this.#views.values()) {
        if (view.scanned >= this.#last) continue;
        if (this.#scan(view, SLICE_MS)) more = true;
        else this.#tell(view, this.#onGrown);
      }
      if (more) this.#pump();
    });
  }

  /** Looks whether the file has grown, and says what has. */
  #follow(): void {
    const version = this.#queries.version();
    if (version !== this.#version) {
      this.#version = version;
      const { last, gapless } = this.#queries.extent();
      for (const view of this.#views.values()) this.#takeIn(view, last, gapless);
      this.#last = last;
      this.#pump();
    }
    for (const view of this.#views.values()) this.#tell(view, this.#onGrown);
    this.#timer = this.#clock.after(FOLLOW_MS, () => this.#follow());
  }

  #takeIn(view: View, last: number, gapless: boolean): void {
    if (view.entries === undefined && !gapless) {
      // The journal was damaged: from here on entries have to be listed.
      view.entries = new EntryList();
      view.scanned = 0;
    }
    if (view.entries === undefined) view.scanned = last;
    if (view.byFindings && view.entries) {
      const newest = this.#queries.lastFinding();
      const late = this.#queries.foundSince(view.finding, view.scanned, view.condition);
      for (const entry of late) view.entries.insert(entry);
      view.finding = newest;
    }
  }

  #tell(view: View, listener: (state: ViewState) => void): ViewState {
    const state = { view: view.id, count: countOf(view), scanned: view.scanned, entries: this.#last };
    const told = JSON.stringify(state);
    if (told !== view.told) {
      view.told = told;
      listener(state);
    }
    return state;
  }
}

function countOf(view: View): number {
  return view.entries ? view.entries.length : view.scanned;
}

function entryAt(view: View, index: number): number {
  return view.entries ? (view.entries.at(index) ?? 0) : index + 1;
}

function indexIn(view: View, entry: number): number | null {
  const index = view.entries ? view.entries.indexOf(entry) : Math.min(entry, view.scanned) - 1;
  return index < 0 ? null : index;
}
