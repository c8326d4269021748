import type { FieldRef, FilterNode, Literal, Operator } from '../../../session/filter/ast.ts';
import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import { isFieldName, typeOfField } from '../../../session/filter/fields.ts';
import { meaningOf } from '../../../session/filter/meaning.ts';
import { all, any, type Condition, FALSE, not } from './condition.ts';
import type { TestNumbers } from './filter-functions.ts';
import { payloadCondition } from './payload-condition.ts';
import { rowCondition, rowExistence } from './row-condition.ts';

/**
 * A filter as SQL on rows of `entry e`, on a connection with the functions of `FilterFunctions`. It gives the answer
 * that `compilePredicate` gives on each entry.
 */
export function compileFilter(node: FilterNode, numbers: TestNumbers, environment: FilterEnvironment): Condition {
  return new Compiler(numbers, environment).condition(node);
}

class Compiler {
  readonly #numbers: TestNumbers;
  readonly #environment: FilterEnvironment;

  constructor(numbers: TestNumbers, environment: FilterEnvironment) {
    this.#numbers = numbers;
    this.#environment = environment;
  }

  condition(node: FilterNode): Condition {
    switch (node.kind) {
      case 'and':
        return all(cheapFirst(node.operands).map((operand) => this.condition(operand)));
      case 'or':
        return any(cheapFirst(node.operands).map((operand) => this.condition(operand)));
      case 'not':
        return not(this.condition(node.operand));
      case 'compare':
        return this.#comparison(node.field, node.operator, [node.value]);
      case 'in':
        return this.#comparison(node.field, node.negated ? '!=' : '==', node.values);
      case 'exists':
        return this.#existence(node.field);
      case 'text':
        return this.#comparison({ kind: 'row', name: 'text' }, 'contains', [{ kind: 'string', value: node.text }]);
    }
  }

  #comparison(field: FieldRef, operator: Operator, values: readonly Literal[]): Condition {
    if (operator === '!=') return not(this.#comparison(field, '==', values));
    const type = typeOfField(field);
    const meaning = type && meaningOf('', type, operator, values, this.#environment);
    if (meaning === undefined || meaning.kind === 'senseless') return FALSE;
    if (field.kind === 'payload') {
      return payloadCondition(field, { operator, values }, this.#numbers, this.#environment);
    }
    if (!isFieldName(field.name)) return FALSE;
    return rowCondition(field.name, meaning, this.#numbers, this.#environment);
  }

  #existence(field: FieldRef): Condition {
    if (field.kind === 'payload') return payloadCondition(field, undefined, this.#numbers, this.#environment);
    return isFieldName(field.name) ? rowExistence(field.name, this.#numbers) : FALSE;
  }
}

/** Conditions on narrow rows before those that read frames, and these before those that take frames for JSON. */
function cheapFirst(nodes: readonly FilterNode[]): readonly FilterNode[] {
  return nodes.toSorted((a, b) => costOf(a) - costOf(b));
}

/** How much it takes to look at one entry, roughly, in orders of magnitude. */
function costOf(node: FilterNode): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return Math.max(...node.operands.map(costOf));
    case 'not':
      return costOf(node.operand);
    case 'text':
      return 2;
    default:
      return fieldCost(node.field) + (node.kind === 'compare' && node.operator === 'matches' ? 2 : 0);
  }
}

function fieldCost(field: FieldRef): number {
  if (field.kind === 'payload') return field.side === 'payload' ? 3 : 4;
  if (field.name === 'text') return 2;
  return ['messageId', 'summary', 'finding.rule', 'errorCode'].includes(field.name) ? 1 : 0;
}
