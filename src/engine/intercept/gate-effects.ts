import type { Direction } from '../../ocpp/direction.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { Instant } from '../../session/link.ts';
import type { Fate } from '../../session/timeline.ts';
import type { Breakpoint } from '../../workspace/breakpoint.ts';
import type { InterceptedFrame, Verdict } from './verdict.ts';

/** A recorded frame as it comes to the gate of its conversation. */
export interface Arrival {
  /** Its entry; 0 where recording has stopped. */
  readonly entry: number;
  readonly direction: Direction;
  readonly data: Uint8Array;
  readonly binary: boolean;
  readonly at: Instant;
  /** The frame as filters see it, where somebody looks. */
  readonly frame?: InterceptedFrame;
}

/** What rules and breakpoints make of a frame. */
export interface Judgement {
  readonly verdict?: Verdict;
  readonly breakpoint?: Breakpoint;
}

/** How an injected call ended. */
export type InjectionEnd =
  | { readonly kind: 'result'; readonly answer: number; readonly payload: JsonObject }
  | {
      readonly kind: 'error';
      readonly answer: number;
      readonly code: string;
      readonly description: string;
      readonly details: JsonObject;
    }
  | { readonly kind: 'timeout' | 'closed' };

/** What is to be done, in this order. */
export type GateEffect =
  /** These bytes, which are recorded as they came, go on. */
  | {
      readonly kind: 'pass';
      readonly direction: Direction;
      readonly entry: number;
      readonly data: Uint8Array;
      readonly binary: boolean;
    }
  /** These bytes, which are ours, are recorded on the link on which they go out, and then go out. */
  | {
      readonly kind: 'make';
      readonly direction: Direction;
      readonly origin: 'edited' | 'injected';
      readonly data: Uint8Array;
      readonly binary: boolean;
      readonly original?: number;
      /** Number of the injected call that this is. */
      readonly injection?: number;
    }
  | { readonly kind: 'fate'; readonly entry: number; readonly fate: Fate; readonly by: string }
  /** The connection of the side towards which this direction leads ends, after what goes there before. */
  | { readonly kind: 'end'; readonly direction: Direction; readonly code: number; readonly reason: string }
  /** An injected call has ended; `closed` without having been sent where nothing was made for it. */
  | { readonly kind: 'settled'; readonly injection: number; readonly end: InjectionEnd };

/** What is to be done, as it comes together. */
export class EffectList {
  #effects: GateEffect[] = [];

  push(effect: GateEffect): void {
    this.#effects.push(effect);
  }

  /** What became of a frame; nothing is said of one that could not be recorded. */
  fate(entry: number, fate: Fate, by: string): void {
    if (entry > 0) this.#effects.push({ kind: 'fate', entry, fate, by });
  }

  /** Hands over what has come together so far. */
  take(): readonly GateEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }
}
