import type { Instant } from '../session/link.ts';

/** A pending timer. */
export interface Timer {
  cancel(): void;
}

/** Time, injected: nothing else in the engine asks for the time or sets a timer. */
export interface Clock {
  /** Now, on the wall clock and on the monotonic one. */
  now(): Instant;
  /** Runs `task` once after `milliseconds`. The timer does not keep the process alive. */
  after(milliseconds: number, task: () => void): Timer;
}

/** The clock of the machine. The wall clock is read from the monotonic one, so that the two never drift apart. */
export function systemClock(): Clock {
  return {
    now() {
      const mono = performance.now();
      return { mono, wall: performance.timeOrigin + mono };
    },
    after(milliseconds, task) {
      // Node fires a delay above 2^31-1 ms at once; no timer here is meant to be that early.
      const handle = setTimeout(task, Math.min(milliseconds, 0x7fffffff));
      handle.unref();
      return { cancel: () => clearTimeout(handle) };
    },
  };
}
