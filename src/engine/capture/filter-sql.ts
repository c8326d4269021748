import type { SQLInputValue } from 'node:sqlite';
import type { TimelineFilter } from '../../session/timeline.ts';
import { codeOfDirection, codeOfType } from './codes.ts';

/** A condition on rows of `entry e`, with the values of its parameters in their order. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** A filter as SQL; undefined where it lets everything pass. */
export function conditionOf(filter: TimelineFilter): Condition | undefined {
  const parts: Condition[] = [];
  const { text, action, station, direction, type, withFindings } = filter;
  // The cheap ones first: the text of a frame is looked at only where all others hold.
  if (withFindings) parts.push({ sql: 'e.findings > 0', values: [] });
  if (direction) parts.push({ sql: 'e.direction = ?', values: [codeOfDirection(direction)] });
  if (type) parts.push({ sql: 'e.type = ?', values: [codeOfType(type)] });
  if (action) parts.push({ sql: 'e.action = (SELECT id FROM action WHERE name = ?)', values: [action] });
  if (station) parts.push({ sql: 'e.station = (SELECT id FROM station WHERE name = ?)', values: [station] });
  if (text) parts.push(textCondition(text));
  if (parts.length === 0) return undefined;
  return { sql: parts.map((part) => part.sql).join(' AND '), values: parts.flatMap((part) => part.values) };
}

function textCondition(text: string): Condition {
  const like = { sql: String.raw`f.data LIKE ? ESCAPE '\'`, values: [likePattern(text)] };
  // LIKE folds the case of ASCII only; GLOB has classes of characters but is slow, so it looks at what LIKE let pass.
  const exact = isAscii(text) ? undefined : { sql: 'f.data GLOB ?', values: [globPattern(text)] };
  const sql = exact ? `${like.sql} AND ${exact.sql}` : like.sql;
  return {
    sql: `EXISTS (SELECT 1 FROM frame f WHERE f.entry = e.entry AND ${sql})`,
    values: [...like.values, ...(exact?.values ?? [])],
  };
}

/** The text anywhere, its wildcards escaped; a character beyond ASCII stands for any one. */
function likePattern(text: string): string {
  const escaped = Array.from(text, (char) => (isAscii(char) ? char.replace(/[\\%_]/, String.raw`\$&`) : '_'));
  return `%${escaped.join('')}%`;
}

function globPattern(text: string): string {
  return `*${Array.from(text, caseClass).join('')}*`;
}

/** Both cases of a character as a class, which also takes away the meaning of `*`, `?` and `[`. */
function caseClass(char: string): string {
  // A case of more than one character (ß is SS) has no place in a class.
  const cases = [char, char.toLowerCase(), char.toUpperCase()].filter((form) => Array.from(form).length === 1);
  return `[${[...new Set(cases)].join('')}]`;
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
