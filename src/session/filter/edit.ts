import type { JsonValue } from '../../ocpp/json.ts';
import { type FieldRef, type FilterNode, joined, type Literal } from './ast.ts';
import { typeOfField } from './fields.ts';

/**
 * A filter with one more condition: "filter on this" (`and`) or "exclude this" (`exclude`) for a value that is shown.
 * Of an object or a list, that it is there is asked; a value of few is written as a word. `undefined` is the filter that lets everything pass.
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
  const literal = wordOf(field, value) ?? literalOf(value);
  if (literal !== undefined) return { kind: 'compare', field, operator: excluded ? '!=' : '==', value: literal };
  const there: FilterNode = { kind: 'exists', field };
  return excluded ? { kind: 'not', operand: there } : there;
}

/** The word for a value of a field that has one of a few; undefined for all others. */
function wordOf(field: FieldRef, value: JsonValue): Literal | undefined {
  const type = typeOfField(field);
  if (type?.kind !== 'enum') return undefined;
  const word = Object.keys(type.values).find((name) => type.values[name] === value);
  return word === undefined ? undefined : { kind: 'word', value: word };
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
