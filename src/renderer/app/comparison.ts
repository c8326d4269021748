import { createStore, type StoreApi } from 'zustand/vanilla';

/** What other messages are compared with. */
export interface ComparisonState {
  /** Entry that was marked; null where none is. */
  readonly base: number | null;
  /** Asks the message pane to show the differences; a new object each time. */
  readonly shown: { readonly entry: number } | null;
}

/** The message that others are compared with, wherever it was marked. */
export interface Comparison {
  readonly state: StoreApi<ComparisonState>;
  /** Marks an entry, or takes the mark from it where it has it. */
  mark(entry: number): void;
  /** Shows how an entry differs from the marked one. */
  show(entry: number): void;
  clear(): void;
}

/** Nothing is compared yet. */
export function createComparison(): Comparison {
  const state = createStore<ComparisonState>(() => ({ base: null, shown: null }));
  return {
    state,
    mark: (entry) => state.setState(({ base }) => ({ base: base === entry ? null : entry })),
    show: (entry) => state.setState({ shown: { entry } }),
    clear: () => state.setState({ base: null, shown: null }),
  };
}
