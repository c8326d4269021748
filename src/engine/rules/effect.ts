import type { InterceptedFrame, OutgoingBytes } from '../intercept/verdict.ts';
import type { Chances } from './chances.ts';
import type { Draft } from './draft.ts';

/** What one rule does to one frame, as plain data. What is left out stays as it is. */
export interface Effect {
  /** What the frame becomes, for the rules after this one: a text, or bytes that are none. */
  readonly becomes?: string | Uint8Array;
  /** The frame does not go on. */
  readonly gone?: true;
  /** What goes on behind it, `same` being the frame as it is by then. */
  readonly copies?: readonly ('same' | OutgoingBytes)[];
  /** What its sender gets. */
  readonly answer?: string;
  readonly delayMs?: number;
  readonly until?: (frame: InterceptedFrame) => boolean;
  readonly swapWithNext?: true;
  readonly stall?: true;
  readonly close?: { readonly code: number; readonly reason: string };
  /** No rule after this one is asked. */
  readonly last?: true;
  /** What was done in particular, where it was chosen from several, such as `without /chargePointModel`. */
  readonly words?: string;
}

/** What an action needs beside the frame. */
export interface ActionMeans {
  readonly chances: Chances;
  /** How often its rule has fired before. */
  readonly nth: number;
  /** The wall clock, in milliseconds since 1970 UTC. */
  now(): number;
}

/** An action as it is carried out. */
export interface PreparedAction {
  /** What it does to a frame; undefined where it does not apply to it, and then its rule has not fired. */
  onFrame?(draft: Draft, means: ActionMeans): Effect | undefined;
  /** Which subprotocols are passed on of those that a station offers. */
  onUpgrade?(offered: readonly string[]): readonly string[];
}
