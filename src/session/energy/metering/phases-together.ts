import { firstAfter, firstAtOrAfter } from '../../../ocpp/metering/samples.ts';
import type { MeterSamples } from './meter-samples.ts';
import { type SamplePoint, samplePoint } from './range-summary.ts';

/** Some samples, and from when to when they count. */
interface Part {
  readonly samples: MeterSamples;
  readonly from: number;
  readonly to: number;
}

/**
 * The highest value, or the highest sum of several phases: of those instants at which each of them was read, since
 * phases are sampled together (J01.FR.17).
 */
export function highestTogether(parts: readonly Part[]): SamplePoint | null {
  const [first, ...others] = parts;
  if (first === undefined) return null;
  const { samples } = first;
  const start = firstAtOrAfter(samples, first.from);
  const end = firstAfter(samples, first.to);
  if (end <= start) return null;
  if (others.length === 0) return samplePoint(samples, samples.extremes(start, end).highest);
  let highest: SamplePoint | null = null;
  for (let index = start; index < end; index++) {
    const at = samples.at(index);
    const rest = others.map((other) => valueAt(other.samples, at));
    if (rest.includes(undefined)) continue;
    const value = rest.reduce<number>((sum, one) => sum + (one ?? 0), samples.value(index));
    if (highest === null || value > highest.value) highest = { at, value, entry: samples.entry(index) };
  }
  return highest;
}

function valueAt(samples: MeterSamples, instant: number): number | undefined {
  const index = firstAtOrAfter(samples, instant);
  return index < samples.length && samples.at(index) === instant ? samples.value(index) : undefined;
}
