import type { Handlers } from '../../../bridge/contract.ts';
import type { NOTES_METHODS } from '../../../bridge/methods/notes.ts';
import type { NotedSession, SessionNotes } from '../../capture/notes/session-notes.ts';
import type { SessionReader } from '../../capture/session-reader.ts';

/** What is kept with the session that a client is shown. */
export function notesHandlers(
  { notes }: { readonly notes: SessionNotes },
  shown: () => NotedSession,
  reader: () => SessionReader,
): Pick<Handlers, keyof typeof NOTES_METHODS> {
  return {
    'notes.get': () => notes.read(shown()),
    'notes.mark': (entry, comment) => notes.mark(shown(), entry, comment),
    'notes.putFilters': (filters) => notes.putFilters(shown(), filters),
    'notes.putColours': (colours) => notes.putColours(shown(), colours),
    'notes.passing': (filter, entries) => reader().passing(filter, entries),
  };
}
