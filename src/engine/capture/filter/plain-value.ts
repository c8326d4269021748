import type { SQLInputValue } from 'node:sqlite';
import type { Literal } from '../../../session/filter/ast.ts';
import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import { jsonTest } from '../../../session/filter/json-test.ts';
import { type Comparison, type TextTest, textOf } from '../../../session/filter/meaning.ts';
import { compilePattern } from '../../../session/filter/pattern.ts';
import type { Condition } from './condition.ts';
import { placeholders } from './condition.ts';
import type { TestNumbers } from './filter-functions.ts';
import { isAscii, textCondition } from './text-condition.ts';

/** What is asked of the values at a path: how they compare with any of some values. */
export interface PayloadQuestion {
  readonly operator: Comparison;
  readonly values: readonly Literal[];
}

/** The arguments of SQLite's JSON functions that name one value, with the values of their parameters. */
export interface JsonPlace {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Values that are compared with in SQL one by one. */
const VALUES_MAX = 16;
/** Beyond these JavaScript has no number for each integer. */
const SAFE = 'BETWEEN -9007199254740992 AND 9007199254740992';
/** How much nearer than this two numbers are, of their size, of which SQLite may know another last digit. */
const NEAR = 1e-9;

/**
 * A question to the one value at a place of JSON that holds no escapes: 1, 0, or NULL where SQLite's answer could be
 * another one than JavaScript's. Undefined where that is so always.
 */
export function plainValueCondition(
  place: JsonPlace,
  question: PayloadQuestion | undefined,
  numbers: TestNumbers,
  environment: FilterEnvironment,
): Condition | undefined {
  const type = `json_type(${place.sql})`;
  if (question === undefined) return { sql: `${type} IS NOT NULL`, values: place.values };
  const { operator, values } = question;
  const texts = values.flatMap((literal) => textOf(literal) ?? []);
  if (operator === '==' && texts.length === values.length && values.length > 1) {
    return ofText(place, {
      sql: `${value(place)} IN (${placeholders(texts.length)})`,
      values: [...place.values, ...texts],
    });
  }
  if (values.length > VALUES_MAX) return undefined;
  const parts = values.map((literal) => literalCondition(place, operator, literal, numbers, environment));
  if (!parts.every((part) => part !== undefined)) return undefined;
  // Where one holds the others do not matter, be they NULL.
  return {
    sql: parts.length === 0 ? '0' : `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: parts.flatMap((part) => part.values),
  };
}

function literalCondition(
  place: JsonPlace,
  operator: Comparison,
  literal: Literal,
  numbers: TestNumbers,
  environment: FilterEnvironment,
): Condition | undefined {
  const text = textOf(literal);
  if (text !== undefined) return textual(place, operator, text, numbers);
  switch (literal.kind) {
    case 'number':
      return numeric(place, operator, literal.value);
    case 'time': {
      const test = jsonTest(operator, [literal], environment);
      const number = numbers.value((found) => typeof found === 'string' && test(found));
      return ofText(place, { sql: `filter_value(?, ${value(place)})`, values: [number, ...place.values] });
    }
    case 'boolean':
    case 'null':
      return {
        sql: `(json_type(${place.sql}) IS ?)`,
        values: [...place.values, literal.kind === 'null' ? 'null' : String(literal.value)],
      };
    default:
      return undefined;
  }
}

function textual(place: JsonPlace, operator: Comparison, text: string, numbers: TestNumbers): Condition | undefined {
  if (operator === 'contains' || operator === 'matches') {
    const test = textTestOf(operator, text);
    if (test === undefined) return { sql: '0', values: [] };
    const found = textCondition(value(place), test, numbers, false, place.values);
    return ofText(place, found);
  }
  // The order of UTF-8 is that of UTF-16 for a text of ASCII and any other, but not for any two.
  if (operator !== '==' && !isAscii(text)) return undefined;
  const sign = operator === '==' ? '=' : operator;
  return ofText(place, { sql: `${value(place)} ${sign} ?`, values: [...place.values, text] });
}

function textTestOf(operator: 'contains' | 'matches', text: string): TextTest | undefined {
  if (operator === 'contains') return { operator, text };
  const pattern = compilePattern(text);
  return 'wrong' in pattern ? undefined : { operator, source: text, pattern };
}

function numeric(place: JsonPlace, operator: Comparison, wanted: number): Condition {
  const [type, found] = [`json_type(${place.sql})`, value(place)];
  const sign = operator === '==' ? '=' : operator;
  return {
    sql: `(CASE WHEN ${type} IS 'integer' AND ${found} ${SAFE} THEN ${found} ${sign} ?
      WHEN ${type} IS 'integer' OR ${type} IS 'real' THEN
        CASE WHEN abs(${found} * 1.0 - ?) > ${NEAR} * (abs(${found} * 1.0) + ?) THEN ${found} ${sign} ? END
      ELSE 0 END)`,
    values: [
      ...[...place.values, ...place.values, ...place.values, wanted],
      ...[...place.values, ...place.values],
      ...[...place.values, wanted, ...place.values, Math.abs(wanted), ...place.values, wanted],
    ],
  };
}

function value({ sql }: JsonPlace): string {
  return `json_extract(${sql})`;
}

/** Of a value that is a text. */
function ofText({ sql, values }: JsonPlace, then: Condition): Condition {
  return { sql: `CASE json_type(${sql}) WHEN 'text' THEN ${then.sql} ELSE 0 END`, values: [...values, ...then.values] };
}
