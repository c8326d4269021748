/** What a meter tells of the grid and of an EVSE's part in it. */
export const GRID_QUANTITIES = ['voltage', 'frequency', 'activePower', 'reactivePower'] as const;

export type GridQuantity = (typeof GRID_QUANTITIES)[number];

/** A measured value in V, Hz, W or var; power from the grid is positive, as in charts. */
export interface GridSample {
  readonly at: number;
  readonly value: number;
  /** The message that brought it. */
  readonly entry: number;
}

/** Measured values of one EVSE. */
export interface GridMeasurements {
  /** The latest value that is not after an instant. */
  latest(quantity: GridQuantity, at: number): GridSample | undefined;
  /** In `[from, to)`, in the order of time; of more than `most` of a series, every so many-th. */
  between(quantity: GridQuantity, from: number, to: number, most?: number): readonly GridSample[];
}

/** At most so many samples, evenly chosen, with the first and the last. */
export function thinned<T>(samples: readonly T[], most: number): readonly T[] {
  if (samples.length <= most) return samples;
  const step = (samples.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => samples[Math.round(index * step)]).filter(
    (sample) => sample !== undefined,
  );
}
