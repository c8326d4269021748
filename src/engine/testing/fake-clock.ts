import type { Clock } from '../clock.ts';

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Lets time pass; timers that fall due run in their order, each at its own time. */
  advance(milliseconds: number): void;
  /** How many timers are set. */
  readonly pending: number;
}

interface Entry {
  readonly due: number;
  readonly task: () => void;
}

/** A fake clock; its wall clock starts at `wall` (milliseconds since 1970 UTC), its monotonic one at 0. */
export function fakeClock(wall = Date.UTC(2026, 0, 1)): FakeClock {
  let mono = 0;
  const timers = new Set<Entry>();
  const next = (): Entry | undefined =>
    [...timers].reduce<Entry | undefined>((first, one) => (first && first.due <= one.due ? first : one), undefined);
  return {
    now: () => ({ mono, wall: wall + mono }),
    after(milliseconds, task) {
      const entry = { due: mono + Math.max(0, milliseconds), task };
      timers.add(entry);
      return { cancel: () => void timers.delete(entry) };
    },
    advance(milliseconds) {
      const end = mono + milliseconds;
      for (let entry = next(); entry && entry.due <= end; entry = next()) {
        timers.delete(entry);
        mono = entry.due;
        entry.task();
      }
      mono = end;
    },
    get pending() {
      return timers.size;
    },
  };
}
