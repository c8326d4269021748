/** What the main process tells the engine's process. */
export type ToEngine =
  /** A window wants to be a client; its port comes along. */
  | { readonly kind: 'client' }
  /** Shows a session file in the window that came last. */
  | { readonly kind: 'open'; readonly path: string }
  /** Ends everything that runs, then the process. */
  | { readonly kind: 'close' };

/** What the engine's process tells the main process. */
export type FromEngine =
  /** Something for a dialog: the engine could not start, or a file could not be opened. */
  { readonly kind: 'failed'; readonly title: string; readonly sentence: string };
