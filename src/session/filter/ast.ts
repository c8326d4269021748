/** How two values are compared. `contains` and `matches` take a text and ignore letter case, the others do not. */
export const OPERATORS = ['==', '!=', '<=', '<', '>=', '>', 'contains', 'matches'] as const;
export type Operator = (typeof OPERATORS)[number];

/** One step into a JSON value: a property, an item, or any item. */
export type PathStep =
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'any' };

/** Whose payload a path goes into: the message's own, that of the exchange's request, or that of its response. */
export const PAYLOAD_SIDES = ['payload', 'request', 'response'] as const;
export type PayloadSide = (typeof PAYLOAD_SIDES)[number];

/** What a condition looks at. The name of a `row` field may be one that does not exist; `checkFilter` says so. */
export type FieldRef =
  | { readonly kind: 'row'; readonly name: string }
  | { readonly kind: 'payload'; readonly side: PayloadSide; readonly path: readonly PathStep[] };

/** A value as it was written. */
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  /** With the letters that follow it, such as `ms`; they may be no unit, of which `checkFilter` says so. */
  | { readonly kind: 'number'; readonly value: number; readonly unit?: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
  /** A value without quotes: `to-csms`, `error`, `2.0.1`. */
  | { readonly kind: 'word'; readonly value: string }
  /** A time of day, a date, or both: `10:05:00`, `2026-11-20`, `2026-11-20T10:05:00Z`. */
  | { readonly kind: 'time'; readonly value: string };

/** A filter, as plain data. The same for each of its spellings, and without its places in the text. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | { readonly kind: 'compare'; readonly field: FieldRef; readonly operator: Operator; readonly value: Literal }
  | { readonly kind: 'in'; readonly field: FieldRef; readonly negated: boolean; readonly values: readonly Literal[] }
  /** A field by itself: that it has a value; of a yes-or-no field, that it is so. */
  | { readonly kind: 'exists'; readonly field: FieldRef }
  /** A text by itself: that the frame's text contains it. */
  | { readonly kind: 'text'; readonly text: string };

/** All of these, with nested ones of the same kind taken in; undefined for none. */
export function joined(kind: 'and' | 'or', nodes: readonly FilterNode[]): FilterNode | undefined {
  const operands = nodes.flatMap((node) => (node.kind === kind ? node.operands : [node]));
  return operands.length > 1 ? { kind, operands } : operands[0];
}
