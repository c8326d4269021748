import type { FilterNode, Literal } from '../../../session/filter/ast.ts';
import { joined } from '../../../session/filter/ast.ts';
import { readFilter } from '../../../session/filter/check.ts';
import { filterText, literalText } from '../../../session/filter/print.ts';

/** Fields for which the bar has a menu. */
export type QuickField = 'station' | 'action' | 'direction' | 'type' | 'finding';

/** What a filter asks of a field, where that is one value that has to hold; null otherwise. */
export function quickValue(text: string, field: QuickField): string | null {
  const node = conditionsOf(text).find((condition) => asks(condition, field));
  if (node?.kind === 'exists') return 'true';
  return node?.kind === 'compare' ? literalValue(node.value) : null;
}

/** The filter with another value for a field, or with none; the rest of it as it was. */
export function withQuickValue(text: string, field: QuickField, value: string | null): string {
  const before = conditionsOf(text);
  const at = before.findIndex((condition) => asks(condition, field));
  const condition = value === null ? [] : [conditionOn(field, value)];
  // What the user wrote stays as it is written where a condition is only added.
  if (at < 0 && before.length > 0) {
    const rest = before.length === 1 && before[0]?.kind === 'or' ? `(${text.trim()})` : text.trim();
    return [rest, ...condition.map(filterText)].join(' and ');
  }
  const node = joined('and', at < 0 ? condition : before.toSpliced(at, 1, ...condition));
  return node ? filterText(node) : '';
}

/** The conditions that all have to hold. */
function conditionsOf(text: string): readonly FilterNode[] {
  const { filter } = readFilter(text);
  if (filter === undefined) return [];
  return filter.kind === 'and' ? filter.operands : [filter];
}

function asks(node: FilterNode, name: QuickField): boolean {
  const isField = 'field' in node && node.field.kind === 'row' && node.field.name === name;
  if (name === 'finding') return isField && node.kind === 'exists';
  return isField && node.kind === 'compare' && node.operator === '==';
}

function conditionOn(name: QuickField, value: string): FilterNode {
  const field = { kind: 'row', name } as const;
  if (name === 'finding') return { kind: 'exists', field };
  const isText = name === 'station' || name === 'action';
  const literal: Literal = isText ? { kind: 'string', value: value.toWellFormed() } : { kind: 'word', value };
  return { kind: 'compare', field, operator: '==', value: literal };
}

function literalValue(literal: Literal): string {
  return literal.kind === 'string' ? literal.value : literalText(literal);
}
