import type { Boundary } from './boundaries.ts';
import type { Moment } from './conditions.ts';
import type { Reading } from './reading.ts';
import type { Timeline } from './timeline.ts';

/** What the state of a transaction is read from. */
export interface Clock {
  readonly timeline: Timeline;
  /** Local time minus UTC in milliseconds, as the reading has it. */
  offsetAt(instant: number): number;
  readonly reading: Reading;
}

/**
 * What conditions are about between two boundaries: no condition changes in between. Energy is taken in the middle, so
 * that a limit which lies on the boundary is on the right side of it whether energy is drawn or given back.
 */
export function momentAt({ timeline, offsetAt, reading }: Clock, { at, energy }: Boundary, next?: Boundary): Moment {
  const { course } = timeline;
  const used = next && !timeline.held ? (energy + next.energy) / 2 : energy;
  return {
    local: at + offsetAt(at),
    quantities: {
      energy: used,
      power: timeline.powerAt(at),
      current: timeline.currentAt(at),
      time: (at - course.from) / 1000,
      chargingTime: timeline.chargingTimeAt(at) / 1000,
      idleTime: (reading.idleDuration === 'period' ? timeline.idlePeriodAt(at) : timeline.idleTimeAt(at)) / 1000,
    },
    course,
  };
}
