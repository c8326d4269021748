import type { JsonValue } from '../../ocpp/json.ts';
import { type FieldRef, type FilterNode, joined, type Literal } from './ast.ts';

/**
 * A filter with one more condition: "filter on this" (`and`) or "exclude this" (`exclude`) for a value that is shown.
 * Of an object or a list, that it is there is asked. `undefined` is the filter that lets everything pass.
 */
export function withCondition(
  filter: FilterNode | undefined,
  field: FieldRef,
  value: JsonValue,
  how: 'and' | 'exclude',
): FilterNode {
  const condition = conditionOn(field, value, how === 'exclude');
  return (filter && joined('and', [filter, condition])) ?? condition;
}

function conditionOn(field: FieldRef, value: JsonValue, excluded: boolean): FilterNode {
  const literal = literalOf(value);
  if (literal !== undefined) return { kind: 'compare', field, operator: excluded ? '!=' : '==', value: literal };
  const there: FilterNode = { kind: 'exists', field };
  return excluded ? { kind: 'not', operand: there } : there;
}

function literalOf(value: JsonValue): Literal | undefined {
  if (value === null) return { kind: 'null' };
  switch (typeof value) {
    case 'string':
      return { kind: 'string', value: value.toWellFormed() };
    case 'number':
      return { kind: 'number', value: value + 0 };
    case 'boolean':
      return { kind: 'boolean', value };
    default:
      return undefined;
  }
}
