import type { FieldRef, FilterNode } from '../../session/filter/ast.ts';
import { readFilter } from '../../session/filter/check.ts';
import { localEnvironment } from '../../session/filter/environment.ts';
import { compilePredicate, type Predicate } from '../../session/filter/predicate.ts';
import type { ColouringRule } from '../../session/notes.ts';
import type { TimelineRow } from '../../session/timeline.ts';

/** A rule that is on and can be used. */
export interface UsableRule {
  readonly rule: ColouringRule;
  /** Says of a row whether it passes; undefined where only the engine can, since the row alone does not tell. */
  readonly passes: Predicate | undefined;
}

/** The rules that apply, in their order. One whose filter is wrong, or that is off, colours nothing. */
export function usableRules(rules: readonly ColouringRule[]): readonly UsableRule[] {
  const environment = localEnvironment();
  return rules.flatMap((rule) => {
    const { filter } = readFilter(rule.filter);
    if (!rule.on || filter === undefined) return [];
    return [{ rule, passes: rowTells(filter) ? compilePredicate(filter, environment) : undefined }];
  });
}

/**
 * The first rule that applies to a row; null where none does. `asked` says what the engine found out about the rules
 * that need it; while that is not known for a rule, those after it do not show either, so that no colour changes later.
 */
export function ruleOf(
  rules: readonly UsableRule[],
  row: TimelineRow,
  asked: (rule: ColouringRule, entry: number) => boolean | undefined,
): ColouringRule | null {
  for (const { rule, passes } of rules) {
    const applies = passes ? passes(subjectOf(row)) : asked(rule, row.entry);
    if (applies === undefined) return null;
    if (applies) return rule;
  }
  return null;
}

/** Fields whose values do not stand in the row. */
const BEYOND_THE_ROW: ReadonlySet<string> = new Set(['text', 'errorCode', 'finding.rule', 'conversation']);

/** Whether a filter asks nothing but what a row of the timeline says. */
export function rowTells(node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands.every(rowTells);
    case 'not':
      return rowTells(node.operand);
    case 'text':
      return false;
    default:
      return standsInRow(node.field);
  }
}

function standsInRow(field: FieldRef): boolean {
  return field.kind === 'row' && !BEYOND_THE_ROW.has(field.name);
}

function subjectOf(row: TimelineRow): Parameters<Predicate>[0] {
  // Never asked for: `rowTells` has seen to that.
  return { row, conversation: 0, text: () => undefined, findingRules: () => [], counterpart: () => undefined };
}
