import type { MeterSamples } from './meter-samples.ts';

/**
 * Of some samples those that make the line that looks most like all of them: largest triangle three buckets (Steinarsson
 * 2013), on samples that were chosen by their extremes before (MinMaxLTTB). The first and the last one are kept.
 *
 * @param indices ascending
 */
export function largestTriangles(samples: MeterSamples, indices: readonly number[], most: number): readonly number[] {
  const many = indices.length;
  const first = indices[0];
  const last = indices[many - 1];
  if (many <= most || most < 3 || first === undefined || last === undefined) return indices;
  const chosen = [first];
  const size = (many - 2) / (most - 2);
  let before = first;
  for (let bucket = 0; bucket < most - 2; bucket++) {
    const start = Math.floor(bucket * size) + 1;
    const end = Math.floor((bucket + 1) * size) + 1;
    const next = meanOf(samples, indices.slice(end, Math.min(Math.floor((bucket + 2) * size) + 1, many)));
    before = largest(samples, before, indices.slice(start, end), next);
    chosen.push(before);
  }
  chosen.push(last);
  return chosen;
}

interface Point {
  readonly at: number;
  readonly value: number;
}

function meanOf(samples: MeterSamples, indices: readonly number[]): Point {
  let at = 0;
  let value = 0;
  for (const index of indices) {
    at += samples.at(index);
    value += samples.value(index);
  }
  return { at: at / indices.length, value: value / indices.length };
}

function largest(samples: MeterSamples, before: number, indices: readonly number[], next: Point): number {
  const at = samples.at(before);
  const value = samples.value(before);
  let found = indices[0] ?? before;
  let area = -1;
  for (const index of indices) {
    const size = Math.abs(
      (samples.at(index) - at) * (next.value - value) - (next.at - at) * (samples.value(index) - value),
    );
    if (size > area) {
      area = size;
      found = index;
    }
  }
  return found;
}
