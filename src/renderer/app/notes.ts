import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import type { Bookmark, ColouringRule, NamedFilter, Notes } from '../../session/notes.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { EventListeners } from './event-listeners.ts';
import { createUndoHistory, NO_STEPS, type UndoSteps } from './undo-history.ts';

/** What is kept as a list that is replaced as a whole, whose changes can be taken back. */
export type KeptList = 'filters' | 'colours';

/** What is kept with the session on screen. */
export interface NotesState extends Pick<Notes, 'bookmarks' | 'filters' | 'colours' | 'unreadable'> {
  /** The bookmarks by their entries. */
  readonly marks: ReadonlyMap<number, Bookmark>;
  /** In a sentence, why the last change could not be made; null where it could. */
  readonly failure: string | null;
  /** The entry whose comment is being written; null where none is. */
  readonly commented: number | null;
  /** Changes since this session is on screen. */
  readonly steps: Readonly<Record<KeptList, UndoSteps>>;
}

/** Bookmarks, named filters and colouring rules. Changes show at once; one that cannot be made is taken back. */
export interface NotesKeeper {
  readonly state: StoreApi<NotesState>;
  /** Reads what is kept with the session that is on screen now. */
  load(): Promise<void>;
  /** Marks an entry, with a comment that may be empty; takes the mark away where it is null. */
  mark(entry: number, comment: string | null): Promise<void>;
  /** Opens the comment of a bookmark to be written, or closes it. */
  comment(entry: number | null): void;
  putFilters(filters: readonly NamedFilter[]): Promise<void>;
  putColours(colours: readonly ColouringRule[]): Promise<void>;
  undo(list: KeptList): Promise<void>;
  redo(list: KeptList): Promise<void>;
  /** The failure was read. */
  dismiss(): void;
}

const NONE: NotesState = {
  bookmarks: [],
  filters: [],
  colours: [],
  unreadable: 0,
  marks: new Map(),
  failure: null,
  commented: null,
  steps: { filters: NO_STEPS, colours: NO_STEPS },
};
const GONE = 'The engine does not answer; nothing was kept.';

/** Nothing is kept yet. `api` yields the engine of the moment, or null while there is none; `now` the wall clock. */
export function createNotesKeeper(api: () => Api | null, on: EventListeners['on'], now: () => number): NotesKeeper {
  const state = createStore<NotesState>(() => NONE);
  /** Changes under way: what the engine tells meanwhile is older than what is shown. */
  let changing = 0;
  /** Counts questions: an answer to any but the last is of no use, it may be of another session. */
  let turn = 0;
  /** Whose notes are shown; null where there are none. */
  let session: string | null = null;

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
    const found = outcome?.ok ? outcome.value : { ...NONE, session: null };
    if (found.session !== session) {
      // What was changed of another session cannot be taken back in this one.
      filters.forget();
      colours.forget();
    }
    session = found.session;
    take(found);
  };
  /** False where it could not be made. */
  const change = async (shown: Partial<Notes>, ask: (engine: Api) => Promise<Outcome<Notes>>): Promise<boolean> => {
    const engine = api();
    if (!engine) {
      state.setState({ failure: GONE });
      return false;
    }
    take({ ...state.getState(), ...shown });
    const mine = ++turn;
    changing++;
    const outcome = await ask(engine).catch(() => undefined);
    changing--;
    state.setState({ failure: outcome?.ok ? null : (outcome?.error.sentence ?? GONE) });
    if (!outcome?.ok) await load();
    else if (mine === turn) take(outcome.value);
    return outcome?.ok ?? false;
  };
  const keep = <K extends KeptList>(
    name: K,
    ask: (engine: Api, list: NotesState[K]) => Promise<Outcome<Notes>>,
  ): { put(list: NotesState[K]): Promise<void>; step(way: 'undo' | 'redo'): Promise<void>; forget(): void } => {
    const history = createUndoHistory<NotesState[K]>((told) =>
      state.setState(({ steps }) => ({ steps: { ...steps, [name]: told } })),
    );
    const replace = (list: NotesState[K]): Promise<boolean> => change({ [name]: list }, (engine) => ask(engine, list));
    return {
      async put(list) {
        const before: NotesState[K] = state.getState()[name];
        history.remember(before);
        if (!(await replace(list))) history.takeBack(before);
      },
      async step(way) {
        const before: NotesState[K] = state.getState()[name];
        const target = history.step(way, before);
        if (target && !(await replace(target))) history.step(way === 'undo' ? 'redo' : 'undo', target);
      },
      forget: history.forget,
    };
  };
  const filters = keep('filters', (engine, list) => engine['notes.putFilters']([...list]));
  const colours = keep('colours', (engine, list) => engine['notes.putColours']([...list]));
  const lists = { filters, colours };
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
      return change({ bookmarks }, (engine) => engine['notes.mark'](entry, comment)).then(() => undefined);
    },
    comment: (commented) => state.setState({ commented }),
    putFilters: filters.put,
    putColours: colours.put,
    undo: (list) => lists[list].step('undo'),
    redo: (list) => lists[list].step('redo'),
    dismiss: () => state.setState({ failure: null }),
  };
}
