import type { SQLInputValue } from 'node:sqlite';

/**
 * A condition in SQL on a row of `entry e`, with the values of its parameters in their order. It is 1 or 0, never
 * NULL, so that `not` is its negation. What a user wrote stands among the values alone.
 */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

export const TRUE: Condition = { sql: '1', values: [] };
export const FALSE: Condition = { sql: '0', values: [] };

/** A condition of what can be NULL, which is then no more than false. */
export function isTrue(sql: string, ...values: readonly SQLInputValue[]): Condition {
  return { sql: `((${sql}) IS TRUE)`, values };
}

/** A condition of what is never NULL. */
export function condition(sql: string, ...values: readonly SQLInputValue[]): Condition {
  return { sql: `(${sql})`, values };
}

/** All of these, in their order. */
export function all(parts: readonly Condition[]): Condition {
  return joined(parts, 'AND', TRUE);
}

/** The second where the first holds, else false. As a value SQLite evaluates both sides of an AND, but not of a CASE. */
export function onlyIf(first: Condition, second: Condition): Condition {
  return {
    sql: `(CASE WHEN ${first.sql} THEN ${second.sql} ELSE 0 END)`,
    values: [...first.values, ...second.values],
  };
}

/** Any of these, in their order. */
export function any(parts: readonly Condition[]): Condition {
  return joined(parts, 'OR', FALSE);
}

export function not(part: Condition): Condition {
  return { sql: `(NOT ${part.sql})`, values: part.values };
}

/** `?, ?, ?`. */
export function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(', ');
}

/** As a balanced tree: SQLite refuses expressions that are a thousand levels deep. */
function joined(parts: readonly Condition[], operator: 'AND' | 'OR', none: Condition): Condition {
  const [only] = parts;
  if (only === undefined) return none;
  if (parts.length === 1) return only;
  const half = Math.ceil(parts.length / 2);
  const [left, right] = [joined(parts.slice(0, half), operator, none), joined(parts.slice(half), operator, none)];
  return { sql: `(${left.sql} ${operator} ${right.sql})`, values: [...left.values, ...right.values] };
}
