import { type Clock, systemClock } from '../../clock.ts';

/** The clock of the machine, but faster by a factor: for tests over real sockets that would wait for seconds else. */
export function hurriedClock(factor: number): Clock {
  const real = systemClock();
  const start = real.now();
  return {
    now() {
      const { mono, wall } = real.now();
      return { mono: (mono - start.mono) * factor, wall: start.wall + (wall - start.wall) * factor };
    },
    after: (milliseconds, task) => real.after(milliseconds / factor, task),
  };
}
