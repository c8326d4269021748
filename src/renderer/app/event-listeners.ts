import type { Events } from '../../bridge/contract.ts';
import type { Event } from '../../bridge/events.ts';

/** Who listens to what the engine tells unasked. */
export interface EventListeners {
  /** Hands an event to all that listen to it. */
  tell(event: Event): void;
  /** Listens to an event from now on; yields how to stop that. */
  on<N extends keyof Events>(name: N, listener: Events[N]): () => void;
}

/** Nobody listens yet. */
export function createEventListeners(): EventListeners {
  const listeners = new Map<keyof Events, Set<(value: never) => void>>();
  return {
    tell({ name, value }) {
      for (const listener of listeners.get(name) ?? []) listener(value as never);
    },
    on(name, listener) {
      const same = listeners.get(name) ?? new Set();
      listeners.set(name, same);
      same.add(listener);
      return () => same.delete(listener);
    },
  };
}
