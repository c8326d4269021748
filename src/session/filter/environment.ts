/** What evaluating a filter needs of the world. */
export interface FilterEnvironment {
  /** Milliseconds that local time is ahead of UTC at an instant (in milliseconds since 1970 UTC). */
  offsetAt(instant: number): number;
}

const MINUTE = 60_000;

/** The environment of the machine that this runs on. */
export function localEnvironment(): FilterEnvironment {
  return { offsetAt: (instant) => -new Date(instant).getTimezoneOffset() * MINUTE };
}
