import type { Timing } from '../app/timing.ts';

/** Time that stands still until it is turned. */
export interface VirtualTiming extends Timing {
  /** Turns the clock, running what is due in its order, and lets what waits for it go on. */
  pass(milliseconds: number): Promise<void>;
}

const FRAME = 16;

/** A clock for tests. */
export function virtualTiming(): VirtualTiming {
  let now = 0;
  let tasks: { at: number; run: () => void }[] = [];
  const after = (milliseconds: number, run: () => void): (() => void) => {
    const task = { at: now + milliseconds, run };
    tasks.push(task);
    return () => {
      tasks = tasks.filter((other) => other !== task);
    };
  };
  return {
    now: () => now,
    wall: () => now,
    after,
    beforePaint: (task) => void after(FRAME, task),
    async pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        await settled();
        const next = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        tasks = tasks.filter((task) => task !== next);
        now = next.at;
        next.run();
      }
      now = end;
    },
  };
}

/** Lets promises that are ready go on, however long their chain. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
