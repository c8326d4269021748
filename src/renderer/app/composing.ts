import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ComposeAnswer, ComposePeer } from '../../bridge/methods/compose.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import type { Outcome } from '../../session/outcome.ts';

/** To whom a message goes. It stays the same when the peer connects anew. */
export type ComposeTarget = Pick<ComposePeer, 'station' | 'peer'>;

/** A message that this window has sent, or is about to. */
export interface ComposeRun {
  /** Names it at the engine, too. */
  readonly ticket: string;
  /** Wall clock. */
  readonly at: number;
  readonly target: ComposeTarget;
  /** Null for a whole frame. */
  readonly action: string | null;
  /** Whether an answer is waited for. */
  readonly call: boolean;
  /** Undefined while it waits; of what is not answered, only the entry. */
  readonly outcome?: Outcome<ComposeAnswer | { readonly kind: 'sent'; readonly entry: number }>;
}

/** What the composer is at; it outlives its pane. */
export interface ComposingState {
  /** A payload in its frame, or a whole frame as it goes on the wire. */
  readonly kind: 'message' | 'frame';
  readonly target: ComposeTarget | null;
  /** Of the target's link, where there is one. */
  readonly version: OcppVersion;
  readonly action: string | null;
  /** The payload as JSON with variables. */
  readonly payload: string;
  /** A whole frame: its text, or its bytes in hexadecimal. */
  readonly frame: string;
  /** A text frame of this text, a text frame of these bytes, or a binary frame of them. */
  readonly frameAs: 'text' | 'bytes' | 'binary';
  /** Empty for a new one. */
  readonly messageId: string;
  /** The entry that is being read to compose from; null where none is. */
  readonly reading: number | null;
  /** The newest first. */
  readonly runs: readonly ComposeRun[];
}

/** The state of the composer of one window. */
export type Composing = StoreApi<ComposingState>;

/** Runs that are listed. */
export const RUNS_MAX = 50;

const START: ComposingState = {
  kind: 'message',
  target: null,
  version: OCPP_VERSIONS[OCPP_VERSIONS.length - 1] ?? '2.1',
  action: null,
  payload: '{}',
  frame: '',
  frameAs: 'text',
  messageId: '',
  reading: null,
  runs: [],
};

/** An empty composer. */
export function createComposing(): Composing {
  return createStore<ComposingState>(() => START);
}
