import type { Api } from '../../bridge/contract.ts';
import type { FieldRef, FilterNode } from '../../session/filter/ast.ts';
import { readFilter } from '../../session/filter/check.ts';
import { localEnvironment } from '../../session/filter/environment.ts';
import { compilePredicate, type Predicate } from '../../session/filter/predicate.ts';
import type { ColouringRule } from '../../session/notes.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import type { Timing } from './timing.ts';

/** Says which colouring rule applies to a row. */
export interface Colouring {
  /**
   * The first rule that applies; null where none does. Most rules are decided here, by what the row says. Those that
   * ask for more are put to the engine for the rows on screen; until its answer the rules after them do not show
   * either, so that no row changes from one colour to another.
   */
  ruleOf(row: TimelineRow): ColouringRule | null;
}

/** Rows that the engine is asked about at once at most, as the contract has it. */
const ASKED_MAX = 1000;
/** Answers that are remembered for rows that are read again. */
const REMEMBERED_MAX = 20_000;

/** Colouring by rules, in their order; one that is off, or whose filter is wrong, colours nothing. */
export function createColouring(
  rules: readonly ColouringRule[],
  api: () => Api | null,
  timing: Timing,
  changed: () => void,
): Colouring {
  const environment = localEnvironment();
  const usable = rules.flatMap((rule) => {
    const { filter } = readFilter(rule.filter);
    if (!rule.on || filter === undefined) return [];
    const decide = rowTells(filter)
      ? byRow(compilePredicate(filter, environment))
      : byEngine(rule, api, timing, changed);
    return [{ rule, decide }];
  });
  return {
    ruleOf(row) {
      for (const { rule, decide } of usable) {
        const applies = decide(row);
        if (applies === undefined) return null;
        if (applies) return rule;
      }
      return null;
    },
  };
}

/** Whether a rule applies to a row; undefined while that is not known. */
type Decide = (row: TimelineRow) => boolean | undefined;

function byRow(passes: Predicate): Decide {
  // What a row does not say is never asked for: `rowTells` has seen to that.
  const beyond = { conversation: 0, text: () => undefined, findingRules: () => [], counterpart: () => undefined };
  return (row) => passes({ row, ...beyond });
}

function byEngine(rule: ColouringRule, api: () => Api | null, timing: Timing, changed: () => void): Decide {
  /** By row as it was read: one that is read again may have changed. */
  const known = new WeakMap<TimelineRow, boolean>();
  /** What was known before a row was read again; shown until the engine has answered. */
  const before = new Map<number, boolean>();
  const wanted = new Map<number, TimelineRow>();
  let asking = false;

  const ask = async (): Promise<void> => {
    const rows = [...wanted.values()].slice(0, ASKED_MAX);
    wanted.clear();
    const passing = await api()
      ?.['notes.passing'](
        rule.filter,
        rows.map(({ entry }) => entry),
      )
      .catch(() => undefined);
    asking = false;
    if (passing === undefined) return;
    const entries = new Set(passing);
    if (before.size > REMEMBERED_MAX) before.clear();
    for (const row of rows) {
      known.set(row, entries.has(row.entry));
      before.set(row.entry, entries.has(row.entry));
    }
    changed();
  };
  return (row) => {
    const answer = known.get(row);
    if (answer !== undefined) return answer;
    wanted.set(row.entry, row);
    if (!asking) {
      asking = true;
      // All that are painted together are asked about together.
      timing.beforePaint(() => void ask());
    }
    return before.get(row.entry);
  };
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
