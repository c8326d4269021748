import type { FieldRef, FilterNode } from '../../../session/filter/ast.ts';

/** What can change of an entry after it was recorded. */
export const CHANGES = ['answer', 'findings', 'fate'] as const;
export type Change = (typeof CHANGES)[number];

/** The later changes of an entry that can bring it into a filter's result or take it out. */
export function changesOf(node: FilterNode): ReadonlySet<Change> {
  const changes = new Set<Change>();
  for (const field of fieldsOf(node)) {
    const change = changeOf(field);
    if (change !== undefined) changes.add(change);
  }
  return changes;
}

function fieldsOf(node: FilterNode): readonly FieldRef[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(node.operand);
    case 'text':
      return [];
    default:
      return [node.field];
  }
}

function changeOf(field: FieldRef): Change | undefined {
  if (field.kind === 'payload') return field.side === 'response' ? 'answer' : undefined;
  if (field.name === 'answered') return 'answer';
  if (field.name === 'finding' || field.name.startsWith('finding.')) return 'findings';
  return ['edited', 'dropped', 'fate'].includes(field.name) ? 'fate' : undefined;
}
