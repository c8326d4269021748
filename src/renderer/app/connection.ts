import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api, Events } from '../../bridge/contract.ts';
import type { Timing } from './timing.ts';

/** An engine that was reached. */
export interface EngineLink {
  readonly api: Api;
  /** Called once when the engine is gone. */
  onClose(listener: () => void): void;
}

/** Reaches the engine, or rejects. */
export type Connect = (events: Events) => Promise<EngineLink>;

/** Whether the engine is there. */
export type ConnectionState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'open'; readonly api: Api }
  | { readonly phase: 'lost'; readonly attempt: number; readonly retryInSeconds: number };

/** The connection with the engine, which comes back by itself. */
export interface Connection {
  readonly state: StoreApi<ConnectionState>;
  /** Tries again at once. */
  retry(): void;
}

/** Seconds until the next attempt, after so many that failed. */
const BACK_OFF = [1, 2, 5, 10, 15] as const;

/** Connects, and connects again whenever the connection is lost. `opened` runs with each new engine. */
export function keepConnected(
  connect: Connect,
  events: Events,
  timing: Timing,
  opened: (api: Api) => void,
): Connection {
  const state = createStore<ConnectionState>(() => ({ phase: 'connecting' }));
  let attempt = 0;
  let cancel = (): void => undefined;

  const open = async (): Promise<void> => {
    cancel();
    try {
      const { api, onClose } = await connect(events);
      attempt = 0;
      state.setState({ phase: 'open', api }, true);
      onClose(lost);
      opened(api);
    } catch {
      lost();
    }
  };
  const lost = (): void => {
    attempt++;
    wait(BACK_OFF[Math.min(attempt, BACK_OFF.length) - 1] ?? 1);
  };
  const wait = (seconds: number): void => {
    state.setState({ phase: 'lost', attempt, retryInSeconds: seconds }, true);
    cancel = timing.after(1000, () => (seconds > 1 ? wait(seconds - 1) : void open()));
  };
  void open();
  return {
    state,
    retry() {
      if (state.getState().phase === 'lost') void open();
    },
  };
}
