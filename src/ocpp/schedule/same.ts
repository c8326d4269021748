import type { DecidedValue, Merged } from './merge.ts';
import { VALUE_NAMES } from './profile.ts';
import type { PeriodReference } from './segments.ts';

/**
 * Whether two merges of the same leading periods come to the same. Of the same periods only the numbers can differ,
 * by state of charge, frequency and signal.
 */
export function sameMerged(a: Merged, b: Merged): boolean {
  if (a.generation?.value !== b.generation?.value) return false;
  return VALUE_NAMES.every((name) => sameValue(a.values[name], b.values[name]));
}

function sameValue(a: DecidedValue | undefined, b: DecidedValue | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.value === b.value &&
    a.decidedBy === b.decidedBy &&
    a.added === b.added &&
    a.cappedFrom === b.cappedFrom &&
    a.overruled.length === b.overruled.length &&
    a.overruled.every(({ reference, value }, index) => {
      const other = b.overruled[index];
      return reference === other?.reference && value === other.value;
    })
  );
}

/** Whether two lists name the same periods in the same order. */
export function sameReferences(a: readonly PeriodReference[], b: readonly PeriodReference[]): boolean {
  return a.length === b.length && a.every((reference, index) => reference === b[index]);
}
