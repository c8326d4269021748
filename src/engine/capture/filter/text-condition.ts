import type { SQLInputValue } from 'node:sqlite';
import { folded } from '../../../session/filter/fold.ts';
import type { TextTest } from '../../../session/filter/meaning.ts';
import { textTest } from '../../../session/filter/text-test.ts';
import { type Condition, condition, isTrue, onlyIf, placeholders } from './condition.ts';
import type { TestNumbers } from './filter-functions.ts';
import { requiredText } from './required-text.ts';

/**
 * What is asked of a text, in SQL, of an expression that yields TEXT or NULL, with the values of its parameters.
 * `mayHoldNul` says whether the character NUL can be in it, at which SQLite's LIKE stops.
 */
export function textCondition(
  sql: string,
  test: TextTest,
  numbers: TestNumbers,
  mayHoldNul: boolean,
  own: readonly SQLInputValue[] = [],
): Condition {
  switch (test.operator) {
    case '==':
      return isTrue(`${sql} IN (${placeholders(test.texts.length)})`, ...own, ...test.texts);
    case 'matches':
      return matching(sql, test, numbers, mayHoldNul, own);
    case 'contains':
      return containing(sql, test, numbers, mayHoldNul, own);
  }
}

function exactTest(test: TextTest, numbers: TestNumbers): number {
  const holds = textTest(test);
  return numbers.value((value) => typeof value === 'string' && holds(value));
}

function matching(
  sql: string,
  test: Extract<TextTest, { operator: 'matches' }>,
  numbers: TestNumbers,
  mayHoldNul: boolean,
  own: readonly SQLInputValue[],
): Condition {
  const exact = isTrue(`filter_value(?, ${sql})`, exactTest(test, numbers), ...own);
  const required = mayHoldNul ? undefined : requiredText(test.source);
  if (required === undefined) return exact;
  return onlyIf(isTrue(String.raw`${sql} LIKE ? ESCAPE '\'`, ...own, likePattern(inAnyCase(required))), exact);
}

function containing(
  sql: string,
  test: Extract<TextTest, { operator: 'contains' }>,
  numbers: TestNumbers,
  mayHoldNul: boolean,
  own: readonly SQLInputValue[],
): Condition {
  const needle = folded(test.text);
  const exact = (): number => exactTest(test, numbers);
  if (needle.includes('\0')) return isTrue(`filter_value(?, ${sql})`, exact(), ...own);
  const like = isTrue(String.raw`${sql} LIKE ? ESCAPE '\'`, ...own, likePattern(inAnyCase(needle)));
  // LIKE folds the case of ASCII only: of other letters it merely finds where they could be.
  const found = isAscii(needle) ? like : onlyIf(like, isTrue(`filter_value(?, ${sql})`, exact(), ...own));
  if (!mayHoldNul) return found;
  return isTrue(
    `CASE WHEN instr(${sql}, char(0)) > 0 THEN filter_value(?, ${sql}) ELSE ${found.sql} END`,
    ...[...own, exact(), ...own, ...found.values],
  );
}

/** These parts of a pattern in their order with anything around them. */
export function likePattern(...parts: readonly string[]): string {
  return `%${parts.map((part) => `${part}%`).join('')}`;
}

/** A text as the part of a pattern that finds it as it is, or with other ASCII letters in case. */
export function asItIs(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

/** A text as the part of a pattern that finds it in any letter case: a character beyond ASCII stands for any one. */
export function inAnyCase(text: string): string {
  return Array.from(text, (char) => (isAscii(char) ? asItIs(char) : '_')).join('');
}

/** Whether each character of a text is ASCII. */
export function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

/** The condition on the text of the frame of an entry. */
export function frameTextCondition(test: TextTest | undefined, numbers: TestNumbers): Condition {
  const frame = 'SELECT 1 FROM frame f WHERE f.entry = e.entry AND f.content = 0';
  if (test === undefined) return condition(`EXISTS (${frame})`);
  const { sql, values } = textCondition('f.data', test, numbers, false);
  const holds = textTest(test);
  const exact = numbers.frame(({ text }) => holds(text));
  return condition(
    `EXISTS (${frame} AND CASE typeof(f.data) WHEN 'text' THEN ${sql} ELSE filter_frame(?, e.type, f.data) END)`,
    ...[...values, exact],
  );
}
