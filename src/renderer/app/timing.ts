/** Time as the workbench sees it, handed in so that tests can turn the clock. */
export interface Timing {
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** Wall clock in milliseconds since 1970 UTC. */
  wall(): number;
  /** Runs a task once after some milliseconds; the result cancels it. */
  after(milliseconds: number, task: () => void): () => void;
  /** Runs a task before the next paint, or soon where nothing is painted (a window in the background). */
  beforePaint(task: () => void): void;
}

/** Frames are not painted in a hidden window, where the workbench still has to keep up. */
const HIDDEN_FRAME = 250;

/** The browser's clock. */
export function browserTiming(): Timing {
  return {
    now: () => performance.now(),
    wall: () => Date.now(),
    after(milliseconds, task) {
      const handle = setTimeout(task, milliseconds);
      return () => clearTimeout(handle);
    },
    beforePaint(task) {
      let done = false;
      const run = (): void => {
        if (done) return;
        done = true;
        clearTimeout(timeout);
        task();
      };
      const timeout = setTimeout(run, HIDDEN_FRAME);
      requestAnimationFrame(run);
    },
  };
}
