import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import type { Bookmark, ColouringRule, NamedFilter, Notes } from '../../session/notes.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { EventListeners } from './event-listeners.ts';

/** What is kept with the session on screen. */
export interface NotesState extends Pick<Notes, 'bookmarks' | 'filters' | 'colours' | 'unreadable'> {
  /** The bookmarks by their entries. */
  readonly marks: ReadonlyMap<number, Bookmark>;
  /** In a sentence, why the last change could not be made; null where it could. */
  readonly failure: string | null;
}

/** Bookmarks, named filters and colouring rules. Changes show at once; one that cannot be made is taken back. */
export interface NotesKeeper {
  readonly state: StoreApi<NotesState>;
  /** Reads what is kept with the session that is on screen now. */
  load(): Promise<void>;
  /** Marks an entry, with a comment that may be empty; takes the mark away where it is null. */
  mark(entry: number, comment: string | null): Promise<void>;
  putFilters(filters: readonly NamedFilter[]): Promise<void>;
  putColours(colours: readonly ColouringRule[]): Promise<void>;
  /** The failure was read. */
  dismiss(): void;
}

const NONE: NotesState = { bookmarks: [], filters: [], colours: [], unreadable: 0, marks: new Map(), failure: null };
const GONE = 'The engine does not answer; nothing was kept.';

/** Nothing is kept yet. `api` yields the engine of the moment, or null while there is none; `now` the wall clock. */
export function createNotesKeeper(api: () => Api | null, on: EventListeners['on'], now: () => number): NotesKeeper {
  const state = createStore<NotesState>(() => NONE);
  /** Changes under way: what the engine tells meanwhile is older than what is shown. */
  let changing = 0;
  /** Counts questions: an answer to any but the last is of no use, it may be of another session. */
  let turn = 0;

  const take = ({ bookmarks, filters, colours, unreadable }: Omit<Notes, 'session'>): void => {
    const marks = new Map(bookmarks.map((bookmark) => [bookmark.entry, bookmark]));
    state.setState({ bookmarks, filters, colours, unreadable, marks });
  };
  const load = async (): Promise<void> => {
    const mine = ++turn;
    // An engine that is lost says so itself.
    const outcome = await api()
      ?.['notes.get']()
      .catch(() => undefined);
    if (mine !== turn) return;
    if (outcome?.ok) take(outcome.value);
    else take(NONE);
  };
  const change = async (shown: Partial<Notes>, ask: (engine: Api) => Promise<Outcome<Notes>>): Promise<void> => {
    const engine = api();
    if (!engine) {
      state.setState({ failure: GONE });
      return;
    }
    take({ ...state.getState(), ...shown });
    const mine = ++turn;
    changing++;
    const outcome = await ask(engine).catch(() => undefined);
    changing--;
    state.setState({ failure: outcome?.ok ? null : (outcome?.error.sentence ?? GONE) });
    if (!outcome?.ok) await load();
    else if (mine === turn) take(outcome.value);
  };
  on('notesChanged', (notes) => {
    if (changing === 0) take(notes);
  });

  return {
    state,
    load,
    mark(entry, comment) {
      const others = state.getState().bookmarks.filter((bookmark) => bookmark.entry !== entry);
      const marked = comment === null ? [] : [{ entry, wall: now(), comment }];
      const bookmarks = [...others, ...marked].sort((a, b) => a.entry - b.entry);
      return change({ bookmarks }, (engine) => engine['notes.mark'](entry, comment));
    },
    putFilters: (filters) => change({ filters }, (engine) => engine['notes.putFilters']([...filters])),
    putColours: (colours) => change({ colours }, (engine) => engine['notes.putColours']([...colours])),
    dismiss: () => state.setState({ failure: null }),
  };
}
