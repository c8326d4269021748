import type { Api } from '../../bridge/contract.ts';
import type { NOTES_METHODS } from '../../bridge/methods/notes.ts';
import { readFilter } from '../../session/filter/check.ts';
import { localEnvironment } from '../../session/filter/environment.ts';
import { compilePredicate } from '../../session/filter/predicate.ts';
import type { Notes } from '../../session/notes.ts';
import { failure, success } from '../../session/outcome.ts';
import { type FakeShape, fakeSubject } from './fake-rows.ts';

type NotesApi = Pick<Api, keyof typeof NOTES_METHODS>;

/** What is kept with the generated session, as long as the page lives. */
export function fakeNotes(
  shape: FakeShape,
  session: () => string,
  entries: () => number,
  changed: (notes: Notes) => void,
): { readonly [N in keyof NotesApi]: (...args: Parameters<NotesApi[N]>) => Awaited<ReturnType<NotesApi[N]>> } {
  let kept: Omit<Notes, 'session'> = { bookmarks: [], filters: [], colours: [], unreadable: 0 };
  const notes = (): Notes => ({ session: session(), ...kept });
  const put = (change: Partial<Notes>): ReturnType<typeof success<Notes>> => {
    kept = { ...kept, ...change };
    changed(notes());
    return success(notes());
  };
  return {
    'notes.get': () => success(notes()),
    'notes.mark'(entry, comment) {
      if (entry > entries()) return failure('no-entry', `The session has no message ${entry}.`);
      const others = kept.bookmarks.filter((mark) => mark.entry !== entry);
      const mark = comment === null ? [] : [{ entry, wall: Date.now(), comment }];
      return put({ bookmarks: [...others, ...mark].sort((a, b) => a.entry - b.entry) });
    },
    'notes.putFilters': (filters) => put({ filters }),
    'notes.putColours': (colours) => put({ colours }),
    'notes.passing'(text, entries) {
      const { filter } = readFilter(text);
      const passes = filter && compilePredicate(filter, localEnvironment());
      return passes ? entries.filter((entry) => passes(fakeSubject(shape, entry - 1))) : [];
    },
  };
}
