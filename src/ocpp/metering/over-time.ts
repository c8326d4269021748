import { firstAfter, firstAtOrAfter, type Samples } from './samples.ts';

/** Between two samples: changed evenly, or held until the next one. */
export type Between = 'evenly' | 'held';

/** The area under samples, and the time that it covers. */
export interface Area {
  /** Value times milliseconds. */
  readonly area: number;
  /** Milliseconds; less than the whole where there are gaps. */
  readonly covered: number;
}

/** The area from one sample to another one. */
export type AreaBetween = (first: number, last: number) => Area;

/**
 * The area under the samples from index `first` to index `last`. Two samples that are further apart than `gap`
 * milliseconds have nothing between them: what was not measured is not invented.
 */
export function areaBetween(samples: Samples, first: number, last: number, between: Between, gap: number): Area {
  let area = 0;
  let covered = 0;
  for (let index = first + 1; index <= last; index++) {
    const time = samples.at(index) - samples.at(index - 1);
    if (time > gap || samples.parted?.(index)) continue;
    const low = samples.value(index - 1);
    area += time * (between === 'held' ? low : (low + samples.value(index)) / 2);
    covered += time;
  }
  return { area, covered };
}

/**
 * The area between two times. The ends are cut out of the stretch that they lie in, evenly or held as the samples are;
 * nothing is added outside of the samples.
 */
export function areaOverTime(
  samples: Samples,
  from: number,
  to: number,
  between: Between,
  gap: number,
  inner: AreaBetween = (first, last) => areaBetween(samples, first, last, between, gap),
): Area {
  const first = firstAtOrAfter(samples, from);
  const last = firstAfter(samples, to) - 1;
  if (last < first) return piece(samples, first, from, to, between, gap);
  const before = piece(samples, first, from, samples.at(first), between, gap);
  const within = inner(first, last);
  const after = piece(samples, last + 1, samples.at(last), to, between, gap);
  return {
    area: before.area + within.area + after.area,
    covered: before.covered + within.covered + after.covered,
  };
}

/** The part from `from` to `to` of the stretch between the sample at `index` and the one before it. */
function piece(samples: Samples, index: number, from: number, to: number, between: Between, gap: number): Area {
  if (from >= to || index <= 0 || index >= samples.length) return { area: 0, covered: 0 };
  const start = samples.at(index - 1);
  const length = samples.at(index) - start;
  if (length > gap || length <= 0 || samples.parted?.(index)) return { area: 0, covered: 0 };
  const low = samples.value(index - 1);
  const slope = between === 'held' ? 0 : (samples.value(index) - low) / length;
  const mean = low + slope * ((from + to) / 2 - start);
  return { area: mean * (to - from), covered: to - from };
}
