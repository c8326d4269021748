import type { RangeBound } from '../../../bridge/methods/files.ts';

/** An end of a range as a user writes it: an entry's number or a local time; undefined where it is neither. */
export function boundOf(text: string): RangeBound | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) > 0 ? { entry: Number(trimmed) } : undefined;
  const wall = Date.parse(trimmed);
  return Number.isNaN(wall) ? undefined : { wall };
}
