import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import type { Breakpoint } from '../../workspace/breakpoint.ts';
import type { MessageHeader } from '../rpc/message-header.ts';
import type { Arrival, Judgement } from './gate-effects.ts';
import { BREAKPOINT_GONE, behind } from './reasons.ts';
import type { InterceptedFrame } from './verdict.ts';

/** What a frame that waits costs beside its bytes. */
const WAITING_COST = 512;

/** A frame that came in and has not gone on. */
export interface Waiting extends Judgement {
  /** Number under which it can be decided about. */
  readonly id: number;
  readonly arrival: Arrival;
  /** Undefined where it is binary or does not begin as a message does. */
  readonly header: MessageHeader | undefined;
  /** Names of the rules that fired. */
  readonly rules: string;
  /** When the exchange that it belongs to began, on the monotonic clock; undefined where nobody waits for it. */
  readonly since: number | undefined;
  /** Held until it is decided about, whatever runs out. */
  forEver: boolean;
  decision: HeldDecision | undefined;
  /** What lets it go on unchanged without a decision, in words. */
  released: string | undefined;
  /** A rule holds it back until then. */
  readonly due: number | undefined;
  /** A rule holds it back until this holds for a later frame. */
  until: ((frame: InterceptedFrame) => boolean) | undefined;
  /** A rule puts it behind the next frame, for which it waits at most until then. */
  swapUntil: number | undefined;
  /** Why it could not go on at once, in words; undefined where it could. */
  waited: string | undefined;
}

/** How long a frame that a rule puts behind the next one waits for that, in milliseconds. */
export const SWAP_MS = 5000;

/** A frame that comes to a lane. `since` is when its exchange began, and `ahead` what it has to wait for. */
export function waitingFor(
  id: number,
  arrival: Arrival,
  header: MessageHeader | undefined,
  { verdict, breakpoint }: Judgement,
  since: number | undefined,
  ahead: Waiting | undefined,
): Waiting {
  const { mono } = arrival.at;
  return {
    id,
    arrival,
    header,
    verdict,
    breakpoint,
    rules: verdict?.fired.map(({ name }) => name).join(', ') ?? '',
    since,
    forEver: breakpoint?.forEver ?? false,
    decision: undefined,
    released: undefined,
    due: verdict?.delayMs === undefined ? undefined : mono + verdict.delayMs,
    until: verdict?.until,
    swapUntil: verdict?.swapWithNext ? mono + SWAP_MS : undefined,
    waited: ahead && ahead.swapUntil === undefined ? behind(ahead.arrival.entry) : undefined,
  };
}

/** When a rule lets a frame go on that it holds back; undefined where none does any more. */
export function ruleLetsGoAt({ until, due = 0, swapUntil = 0 }: Waiting, now: number): number | undefined {
  const time = until ? Number.POSITIVE_INFINITY : Math.max(due, swapUntil);
  return time > now ? time : undefined;
}

/** Whether a breakpoint caught a frame and nobody has said yet what is to become of it. */
export function isUndecided({ breakpoint, decision, released }: Waiting): boolean {
  return breakpoint !== undefined && decision === undefined && released === undefined;
}

/** Frames of one direction that have not gone on, in their order. */
export class Lane {
  readonly #frames: Waiting[] = [];
  #bytes = 0;

  /** What they take of memory, about. */
  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  get head(): Waiting | undefined {
    return this.#frames[0];
  }

  /** Takes a frame in, in front of one that a rule puts behind it. */
  add(frame: Waiting): void {
    this.#bytes += frame.arrival.data.byteLength + WAITING_COST;
    const last = this.#frames.at(-1);
    if (last?.swapUntil === undefined) {
      this.#frames.push(frame);
      return;
    }
    last.swapUntil = undefined;
    // Two are reordered, even where the rule fired for both.
    frame.swapUntil = undefined;
    this.#frames.splice(-1, 0, frame);
  }

  shift(): Waiting | undefined {
    const frame = this.#frames.shift();
    if (frame) this.#bytes -= frame.arrival.data.byteLength + WAITING_COST;
    return frame;
  }

  /** Whether a rule holds one back until a frame comes that it describes. */
  get awaitsMatch(): boolean {
    return this.#frames.some(({ until }) => until !== undefined);
  }

  /** A frame of the conversation came, which may be what a rule waits for. */
  matched(frame: InterceptedFrame): void {
    for (const waiting of this.#frames) if (waiting.until?.(frame)) waiting.until = undefined;
  }

  /** Decides to forward what is held and not decided about; yields how many that is. */
  forwardAll(): number {
    const undecided = this.held().filter(({ decision }) => decision === undefined);
    for (const waiting of undecided) waiting.decision = { kind: 'forward' };
    return undecided.length;
  }

  /** Lets go of what a breakpoint holds that is gone or off. */
  configured(breakpoints: readonly Breakpoint[]): void {
    for (const waiting of this.#frames) {
      if (!waiting.breakpoint || !isUndecided(waiting)) continue;
      const { id } = waiting.breakpoint;
      const breakpoint = breakpoints.find((one) => one.id === id);
      if (breakpoint?.enabled) waiting.forEver = breakpoint.forEver;
      else waiting.released = BREAKPOINT_GONE;
    }
  }

  /** Those that a breakpoint caught or that wait behind one of these. */
  held(): readonly Waiting[] {
    const first = this.#frames.findIndex(({ breakpoint }) => breakpoint !== undefined);
    return first < 0 ? [] : this.#frames.slice(first);
  }

  /**
   * When each of those held goes on by itself, on the monotonic clock: before its own sender gives up, and before that
   * of any frame behind it does. Undefined where none of them waits for an answer, or where it or one before it is held
   * for ever.
   */
  goesOn(givesUpAfter: number): readonly (number | undefined)[] {
    const held = this.held();
    const times: (number | undefined)[] = new Array(held.length);
    let earliest: number | undefined;
    for (let i = held.length - 1; i >= 0; i -= 1) {
      const since = held[i]?.since;
      const own = since === undefined ? undefined : since + givesUpAfter;
      if (own !== undefined && (earliest === undefined || own < earliest)) earliest = own;
      times[i] = earliest;
    }
    const stuck = held.findIndex((frame) => frame.forEver && isUndecided(frame));
    return stuck < 0 ? times : times.fill(undefined, stuck);
  }
}
