import type { Events, Handlers } from '../../bridge/contract.ts';

/** One face of the engine: a window, a browser tab, a command. Its views are its own and go with it. */
export interface EngineClient {
  readonly handlers: Handlers;
  /** Starts the flow of events; the function it yields ends it. */
  subscribe(events: Events): () => void;
  /** Ends the views and closes a file that only this client had open. */
  close(): void;
}
