import type { Outcome } from '../session/outcome.ts';

/** What the main process tells the engine's process. */
export type ToEngine =
  /** A window wants to be a client; its port comes along. */
  | { readonly kind: 'client' }
  /** Shows a session file in the window that came last. */
  | { readonly kind: 'open'; readonly path: string }
  /** What the key ring answers to the question of this number. */
  | { readonly kind: 'key-ring'; readonly id: number; readonly answer: KeyRingAnswer }
  /** Ends everything that runs, then the process. */
  | { readonly kind: 'close' };

/** What the engine's process tells the main process. */
export type FromEngine =
  /** Something for a dialog: the engine could not start, or a file could not be opened. */
  | { readonly kind: 'failed'; readonly title: string; readonly sentence: string }
  /** Something that the key ring of the user's session is to do, which the main process alone can reach. */
  | { readonly kind: 'key-ring'; readonly id: number; readonly question: KeyRingQuestion };

export type KeyRingQuestion =
  /** Whether there is one. It is answered with text that is empty where there is none. */
  | { readonly ask: 'available' }
  | { readonly ask: 'seal'; readonly secret: string }
  /** `sealed`: in base64, as what was sealed is answered. */
  | { readonly ask: 'open'; readonly sealed: string };

export type KeyRingAnswer = Outcome<string>;
