import { describe, expect, it } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import type { Notes } from '../../session/notes.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { createEventListeners } from './event-listeners.ts';
import { createNotesKeeper } from './notes.ts';

const EMPTY: Notes = { session: '/s', bookmarks: [], filters: [], colours: [], unreadable: 0 };
const marked = (...entries: number[]): Notes => ({
  ...EMPTY,
  bookmarks: entries.map((entry) => ({ entry, wall: 5, comment: `c${entry}` })),
});

/** A keeper whose questions are answered when the test says so. */
function keeper() {
  const asked: { name: string; answer: (outcome: Outcome<Notes>) => Promise<void> }[] = [];
  const ask = (name: string) => () =>
    new Promise<Outcome<Notes>>((resolve) => {
      asked.push({
        name,
        async answer(outcome) {
          resolve(outcome);
          await new Promise((done) => setTimeout(done));
        },
      });
    });
  const names = ['notes.get', 'notes.mark', 'notes.putFilters', 'notes.putColours'];
  const api = Object.fromEntries(names.map((name) => [name, ask(name)])) as unknown as Api;
  const listeners = createEventListeners();
  let engine: Api | null = api;
  const notes = createNotesKeeper(
    () => engine,
    listeners.on,
    () => 5,
  );
  return {
    notes,
    asked,
    told: (value: Notes) => listeners.tell({ name: 'notesChanged', value }),
    lose: () => {
      engine = null;
    },
    entries: () => notes.state.getState().bookmarks.map(({ entry }) => entry),
  };
}

describe('the keeper of notes', () => {
  it('shows a mark at once, and what the engine made of it later', async () => {
    const { notes, asked, entries } = keeper();
    void notes.mark(7, 'here');
    expect(notes.state.getState().marks.get(7)).toEqual({ entry: 7, wall: 5, comment: 'here' });
    await asked[0]?.answer(success(marked(3, 7)));
    expect(entries()).toEqual([3, 7]);
  });

  it('takes back what could not be kept, and says why', async () => {
    const { notes, asked, entries } = keeper();
    void notes.mark(7, '');
    await asked[0]?.answer(failure('session-read-only', 'The session file is read-only.'));
    await asked[1]?.answer(success(EMPTY));
    expect(entries()).toEqual([]);
    expect(notes.state.getState().failure).toBe('The session file is read-only.');
    notes.dismiss();
    expect(notes.state.getState().failure).toBeNull();
  });

  it('lets no answer or event that is older undo a change under way', async () => {
    const { notes, asked, told, entries } = keeper();
    void notes.mark(1, '');
    void notes.mark(2, '');
    told(marked(9));
    await asked[0]?.answer(success(marked(1)));
    expect(entries()).toEqual([1, 2]);
    await asked[1]?.answer(success(marked(1, 2)));
    told(marked(1));
    expect(entries()).toEqual([1]);
  });

  it('never shows the notes of a session that is no longer on screen', async () => {
    const { notes, asked, entries } = keeper();
    void notes.load();
    void notes.load();
    await asked[1]?.answer(success(marked(4)));
    await asked[0]?.answer(success(marked(1, 2, 3)));
    expect(entries()).toEqual([4]);
  });

  it('takes changes of a list back, and makes them again, each list by itself', async () => {
    const { notes, asked } = keeper();
    const [first, second] = [
      { name: 'a', filter: 'edited' },
      { name: 'b', filter: 'dropped' },
    ] as const;
    const shown = () => notes.state.getState();
    const answer = (at: number) => asked[at]?.answer(success({ ...EMPTY, filters: shown().filters }));
    void notes.putFilters([first]);
    await answer(0);
    void notes.putFilters([first, second]);
    await answer(1);
    expect(shown().steps).toMatchObject({ filters: { canUndo: true }, colours: { canUndo: false } });
    void notes.undo('filters');
    expect(shown().filters).toEqual([first]);
    await answer(2);
    void notes.redo('filters');
    expect(shown().filters).toEqual([first, second]);
    await answer(3);
    void notes.undo('colours');
    expect(asked.map(({ name }) => name)).toEqual(Array(4).fill('notes.putFilters'));
  });

  it('keeps no step for what could not be kept, and none of another session', async () => {
    const { notes, asked } = keeper();
    const steps = () => notes.state.getState().steps.filters;
    void notes.load();
    await asked[0]?.answer(success(EMPTY));
    void notes.putFilters([{ name: 'a', filter: 'edited' }]);
    await asked[1]?.answer(failure('session-read-only', 'The session file is read-only.'));
    await asked[2]?.answer(success(EMPTY));
    expect(steps().canUndo).toBe(false);
    void notes.putFilters([{ name: 'a', filter: 'edited' }]);
    await asked[3]?.answer(success({ ...EMPTY, filters: [{ name: 'a', filter: 'edited' }] }));
    void notes.undo('filters');
    await asked[4]?.answer(failure('session-read-only', 'The session file is read-only.'));
    await asked[5]?.answer(success({ ...EMPTY, filters: [{ name: 'a', filter: 'edited' }] }));
    expect(steps()).toEqual({ canUndo: true, canRedo: false });
    void notes.load();
    await asked[6]?.answer(success({ ...EMPTY, session: '/other' }));
    expect(steps()).toEqual({ canUndo: false, canRedo: false });
  });

  it('says so where the engine is gone', async () => {
    const { notes, lose, entries } = keeper();
    lose();
    await notes.putFilters([{ name: 'a', filter: 'b' }]);
    expect(entries()).toEqual([]);
    expect(notes.state.getState()).toMatchObject({ filters: [], failure: expect.stringContaining('nothing was kept') });
  });
});
