import type { Terminal } from './terminal.ts';

/** Steps after which the time is looked at. */
const STEPS = 256;
const REDRAW_MS = 200;

/** Counts steps of long work, and shows the count where a person watches. */
export interface Progress {
  step(): void;
  /** Steps so far. */
  readonly count: number;
  end(): void;
}

/** Progress as a line such as `FILE: checked 12,000 frames`. Work of a moment shows nothing. */
export function progressOf(terminal: Terminal, before: string, unit: string): Progress {
  let count = 0;
  let next = performance.now() + REDRAW_MS;
  let shown = false;
  return {
    step() {
      count += 1;
      if (count % STEPS !== 0 || performance.now() < next) return;
      next = performance.now() + REDRAW_MS;
      shown = true;
      terminal.progress(`${before} ${count.toLocaleString('en')} ${unit}`);
    },
    get count() {
      return count;
    },
    end() {
      if (shown) terminal.progress('');
    },
  };
}
