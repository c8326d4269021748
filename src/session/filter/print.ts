import type { FieldRef, FilterNode, Literal, PathStep } from './ast.ts';

/**
 * The text of a filter, such that `parseFilter` of it yields an equal one.
 */
export function filterText(node: FilterNode): string {
  switch (node.kind) {
    case 'and':
      return node.operands
        .map((operand) => (operand.kind === 'or' ? grouped(operand) : filterText(operand)))
        .join(' and ');
    case 'or':
      return node.operands.map(filterText).join(' or ');
    case 'not': {
      const { operand } = node;
      return `not ${operand.kind === 'and' || operand.kind === 'or' ? grouped(operand) : filterText(operand)}`;
    }
    case 'compare':
      return `${fieldText(node.field)} ${node.operator} ${literalText(node.value)}`;
    case 'in':
      return `${fieldText(node.field)} ${node.negated ? 'not in' : 'in'} [${node.values.map(literalText).join(', ')}]`;
    case 'exists':
      return fieldText(node.field);
    case 'text':
      return quote(node.text);
  }
}

/** The name of a field as it is written. */
export function fieldText(field: FieldRef): string {
  return field.kind === 'row' ? field.name : field.side + field.path.map(stepText).join('');
}

/** A text in quotes. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, String.raw`\$&`)}"`;
}

/** A value as it is written. */
export function literalText(literal: Literal): string {
  switch (literal.kind) {
    case 'string':
      return quote(literal.value);
    case 'number':
      return `${literal.value}${literal.unit ?? ''}`;
    case 'null':
      return 'null';
    default:
      return String(literal.value);
  }
}

/** A step of a path as it is written. */
export function stepText(step: PathStep): string {
  switch (step.kind) {
    case 'key':
      return /^[A-Za-z_][\w-]*$/.test(step.name) ? `.${step.name}` : `[${quote(step.name)}]`;
    case 'index':
      return `[${step.index}]`;
    case 'any':
      return '[*]';
  }
}

function grouped(node: FilterNode): string {
  return `(${filterText(node)})`;
}
