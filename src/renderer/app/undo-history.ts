/** Whether there are steps to take back, and steps that were taken back. */
export interface UndoSteps {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** Nothing to take back. */
export const NO_STEPS: UndoSteps = { canUndo: false, canRedo: false };

/** What something that is replaced as a whole was before each change. */
export interface UndoHistory<T> {
  /** A change was made; it was this before. What had been taken back is gone. */
  remember(before: T): void;
  /** What the next step leads to; undefined where there is none. */
  next(way: 'undo' | 'redo'): T | undefined;
  /** Takes that step away from what it is now, and yields where it led. */
  step(way: 'undo' | 'redo', present: T): T | undefined;
  /** The change before which it was this could not be made after all. */
  takeBack(before: T): void;
  forget(): void;
}

/** Steps that can be undone. */
const UNDO_MAX = 200;

/** A history without steps. `tell` is told whenever there are others. */
export function createUndoHistory<T>(tell: (steps: UndoSteps) => void): UndoHistory<T> {
  const past: T[] = [];
  const future: T[] = [];
  const told = (): void => tell({ canUndo: past.length > 0, canRedo: future.length > 0 });
  const from = (way: 'undo' | 'redo'): T[] => (way === 'undo' ? past : future);
  return {
    remember(before) {
      past.push(before);
      past.splice(0, past.length - UNDO_MAX);
      future.length = 0;
      told();
    },
    next: (way) => from(way).at(-1),
    step(way, present) {
      const target = from(way).pop();
      if (target === undefined) return undefined;
      from(way === 'undo' ? 'redo' : 'undo').push(present);
      told();
      return target;
    },
    takeBack(before) {
      const at = past.lastIndexOf(before);
      if (at >= 0) past.splice(at, 1);
      told();
    },
    forget() {
      past.length = 0;
      future.length = 0;
      told();
    },
  };
}
