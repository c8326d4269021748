import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PaneId } from './pane-ids.ts';
import type { Preferences } from './preferences.ts';

/** What the dock shows. */
export interface DockState {
  /** Null where it is closed. */
  readonly pane: PaneId | null;
  /** A short text at a pane's place in the rail, such as how many messages are held. */
  readonly badges: Readonly<Partial<Record<PaneId, string>>>;
}

/** The dock below the timeline: one pane at a time, or none. */
export interface Dock {
  readonly state: StoreApi<DockState>;
  show(pane: PaneId): void;
  /** Shows a pane, or closes the dock where it is shown already. */
  toggle(pane: PaneId): void;
  close(): void;
  badge(pane: PaneId, text: string | undefined): void;
}

/** The dock as it was left the last time. */
export function createDock(preferences: Preferences): Dock {
  const state = createStore<DockState>(() => ({ pane: preferences.state.getState().pane, badges: {} }));
  const show = (pane: PaneId | null): void => {
    state.setState({ pane });
    preferences.set({ pane });
  };
  return {
    state,
    show,
    toggle: (pane) => show(state.getState().pane === pane ? null : pane),
    close: () => show(null),
    badge(pane, text) {
      const { badges } = state.getState();
      if (badges[pane] !== text) state.setState({ badges: { ...badges, [pane]: text } });
    },
  };
}
