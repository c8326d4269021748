import type { ViewState } from '../../bridge/contract.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import type { Clock, Timer } from '../clock.ts';
import type { FilterScans } from './filter/filter-scans.ts';
import type { LateChanges } from './filter/late-changes.ts';
import type { SessionQueries } from './session-queries.ts';
import { View } from './view.ts';

/** How long a new view looks at old entries before it first answers, in milliseconds. */
const FIRST_SLICE_MS = 40;
/** How long one turn of work on a view takes, in milliseconds. */
const SLICE_MS = 15;
/** A growing session is looked at this often, in milliseconds. */
const FOLLOW_MS = 50;
/** Entries with findings that are fetched at once in the search for one that a view has. */
const FINDINGS_CHUNK = 5000;

/** What views ask of a session file. */
export interface ViewSource {
  readonly queries: SessionQueries;
  readonly scans: FilterScans;
  readonly late: LateChanges;
}

/** The views of one reader: filter results that grow, and change, with the session. */
export class Views {
  readonly #source: ViewSource;
  readonly #clock: Clock;
  readonly #onGrown: (view: ViewState) => void;
  /** In the order in which they get their turn to work. */
  readonly #views = new Map<number, View>();
  #nextView = 1;
  #last = 0;
  #version = -1;
  #pumping = false;
  #timer: Timer | undefined;

  constructor(source: ViewSource, clock: Clock, onGrown: (view: ViewState) => void) {
    this.#source = source;
    this.#clock = clock;
    this.#onGrown = onGrown;
  }

  /** Starts a view of what passes a filter, given as its text. */
  open(filter: string): Outcome<ViewState> {
    const { queries, scans, late } = this.#source;
    const scan = scans.read(filter);
    if (!scan.ok) return scan;
    const { last, gapless } = queries.extent();
    if (this.#views.size === 0) late.restart(last);
    // Before anything is looked at: what changes from now on is looked at again.
    late.watch(scan.value.changes);
    const view = new View(this.#nextView++, scan.value, gapless);
    this.#last = last;
    this.#views.set(view.id, view);
    view.work(last, FIRST_SLICE_MS, this.#clock);
    this.#pump();
    this.#timer ??= this.#clock.after(FOLLOW_MS, () => this.#follow());
    return success(view.tell(last));
  }

  /** Those of some entries, in ascending order, that pass a filter; none where it is wrong. */
  passing(filter: string, entries: readonly number[]): readonly number[] {
    const scan = this.#source.scans.read(filter);
    if (!scan.ok) return [];
    try {
      return scan.value.among(entries);
    } finally {
      scan.value.release();
    }
  }

  close(id: number): void {
    this.#views.get(id)?.scan.release();
    this.#views.delete(id);
    if (this.#views.size === 0) this.stop();
  }

  /** Ends all work. */
  stop(): void {
    for (const { scan } of this.#views.values()) scan.release();
    this.#views.clear();
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  rows(id: number, start: number, count: number): readonly TimelineRow[] {
    const view = this.#views.get(id);
    return view === undefined ? [] : this.#source.queries.rows(view.slice(start, start + count));
  }

  indexOf(id: number, entry: number): number | null {
    return this.#views.get(id)?.indexOf(entry) ?? null;
  }

  nextFinding(id: number, index: number, direction: 'forward' | 'backward'): number | null {
    const view = this.#views.get(id);
    if (view === undefined) return null;
    let beyond = index < 0 ? 0 : index >= view.count ? this.#last + 1 : view.entryAt(index);
    for (;;) {
      const found = this.#source.queries.withFindings(beyond, direction, view.isWhole ? 1 : FINDINGS_CHUNK);
      const entry = found.find((candidate) => view.has(candidate));
      if (entry !== undefined) return view.indexOf(entry);
      const furthest = found.at(-1);
      if (furthest === undefined) return null;
      beyond = furthest;
    }
  }

  /** Goes on with what is due, one view a turn, with room for questions between the turns. */
  #pump(): void {
    if (this.#pumping || ![...this.#views.values()].some((view) => view.isBehind(this.#last))) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      const view = [...this.#views.values()].find((each) => each.isBehind(this.#last));
      if (view === undefined) return;
      view.work(this.#last, SLICE_MS, this.#clock);
      if (!view.isBehind(this.#last)) view.tell(this.#last, this.#onGrown);
      // The others come first the next time.
      this.#views.delete(view.id);
      this.#views.set(view.id, view);
      this.#pump();
    });
  }

  /** Looks whether the file has changed, and says what has. */
  #follow(): void {
    const { queries, late } = this.#source;
    const version = queries.version();
    if (version !== this.#version || late.owing) {
      this.#version = version;
      const { last, gapless } = queries.extent();
      this.#last = last;
      const changed = late.look(last);
      for (const view of this.#views.values()) {
        if (!gapless) view.losesGaplessness();
        for (const change of view.scan.changes) view.lookAgainAt(changed.get(change) ?? []);
        // Where the view has everything there is nothing to look at.
        if (view.isWhole) view.work(last, SLICE_MS, this.#clock);
      }
      this.#pump();
    }
    for (const view of this.#views.values()) view.tell(this.#last, this.#onGrown);
    this.#timer = this.#clock.after(FOLLOW_MS, () => this.#follow());
  }
}
