import type { ColouringRule, NamedFilter, Notes } from '../../../session/notes.ts';
import { failure, type Outcome } from '../../../session/outcome.ts';
import type { Clock } from '../../clock.ts';
import { startWorker } from '../start-worker.ts';
import type { NotesChange } from './notes-file.ts';

/** What one worker does: reads the notes of a session, or changes them first. */
export interface NotesTask {
  readonly session: string;
  /** Null where they are only read. */
  readonly change: NotesChange | null;
  /** Whether the session is being recorded. */
  readonly recording: boolean;
}

/** A session file by its path, and whether it is being recorded. */
export type NotedSession = Pick<NotesTask, 'session' | 'recording'>;

/** What people keep with sessions, in their files. */
export interface SessionNotes {
  read(of: NotedSession): Promise<Outcome<Notes>>;
  /** Marks an entry, or takes its mark away where the comment is null. */
  mark(of: NotedSession, entry: number, comment: string | null): Promise<Outcome<Notes>>;
  putFilters(of: NotedSession, filters: readonly NamedFilter[]): Promise<Outcome<Notes>>;
  putColours(of: NotedSession, colours: readonly ColouringRule[]): Promise<Outcome<Notes>>;
  /** Called after each change. Yields how to stop that. */
  onChange(listener: (notes: Notes) => void): () => void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/**
 * Notes of sessions. Each question has a worker of its own for the moment that it takes: SQLite may have to wait for
 * the indexer's lock, and forwarding never waits for that. Questions are dealt with one after the other.
 */
export function createSessionNotes(clock: Clock): SessionNotes {
  const listeners = new Set<(notes: Notes) => void>();
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = (task: NotesTask): Promise<Outcome<Notes>> => {
    const turn = last.then(() => run(task));
    last = turn;
    return turn;
  };
  const change = async (of: NotedSession, change: NotesChange): Promise<Outcome<Notes>> => {
    const outcome = await inTurn({ ...of, change });
    if (outcome.ok) for (const listener of listeners) listener(outcome.value);
    return outcome;
  };
  return {
    read: (of) => inTurn({ ...of, change: null }),
    mark: (of, entry, comment) => change(of, { kind: 'mark', entry, comment, wall: clock.now().wall }),
    putFilters: (of, filters) => change(of, { kind: 'filters', filters }),
    putColours: (of, colours) => change(of, { kind: 'colours', colours }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await last;
    },
  };
}

function run(task: NotesTask): Promise<Outcome<Notes>> {
  const worker = startWorker('notes/notes-worker', task);
  return new Promise((resolve) => {
    worker.once('message', resolve);
    worker.once('error', (error) =>
      resolve(failure('notes-failed', `The notes could not be reached: ${error.message}.`)),
    );
    // Only where it said nothing before; a promise takes the first answer.
    worker.once('exit', () => resolve(failure('notes-failed', 'The notes could not be reached.')));
  });
}
