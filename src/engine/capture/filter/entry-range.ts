import type { FilterNode } from '../../../session/filter/ast.ts';

/** The entries among which all that pass a filter are, both inclusive. */
export interface EntryRange {
  readonly from: number;
  readonly to: number;
}

/** Everywhere. */
export const EVERY_ENTRY: EntryRange = { from: 1, to: Number.POSITIVE_INFINITY };

/** Where to look, as far as conditions on the entry's own number say it. */
export function entryRange(node: FilterNode): EntryRange {
  if (node.kind === 'and') {
    const ranges = node.operands.map(entryRange);
    return { from: Math.max(...ranges.map(({ from }) => from)), to: Math.min(...ranges.map(({ to }) => to)) };
  }
  if (node.kind !== 'compare' || node.field.kind !== 'row' || node.field.name !== 'entry') return EVERY_ENTRY;
  const { value } = node;
  if (value.kind !== 'number' || value.unit !== undefined) return EVERY_ENTRY;
  switch (node.operator) {
    case '==':
      return { from: Math.ceil(value.value), to: Math.floor(value.value) };
    case '>':
    case '>=':
      return { from: Math.max(1, Math.floor(value.value)), to: EVERY_ENTRY.to };
    case '<':
    case '<=':
      return { from: 1, to: Math.ceil(value.value) };
    default:
      return EVERY_ENTRY;
  }
}
