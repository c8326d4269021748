import type { Literal, Operator } from './ast.ts';
import type { FilterEnvironment } from './environment.ts';
import { type FieldType, operatorsOf } from './fields.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { literalText, quote } from './print.ts';
import { hint } from './spelling.ts';
import { type TimeSpan, timeSpan } from './time-literal.ts';

/** The operators that are left once `!=` is the negation of `==`. */
export type Comparison = Exclude<Operator, '!='>;
/** The operators of what has an order. */
export type OrderedComparison = Exclude<Comparison, 'contains' | 'matches'>;

/** What a comparison of a field with values asks, in the field's own terms; that it holds for any of them. */
export type Meaning =
  | { readonly kind: 'number'; readonly operator: OrderedComparison; readonly values: readonly number[] }
  /** One of these, named as the timeline's rows do. */
  | { readonly kind: 'enum'; readonly values: ReadonlySet<string> }
  | { readonly kind: 'boolean'; readonly values: readonly boolean[] }
  | { readonly kind: 'string'; readonly test: TextTest }
  | { readonly kind: 'time'; readonly operator: OrderedComparison; readonly spans: readonly TimeSpan[] }
  | { readonly kind: 'json'; readonly operator: Comparison; readonly values: readonly Literal[] };

/** What is asked of a text. */
export type TextTest =
  | { readonly operator: '=='; readonly texts: readonly string[] }
  | { readonly operator: 'contains'; readonly text: string }
  | { readonly operator: 'matches'; readonly source: string; readonly pattern: Pattern };

/** Why a comparison means nothing, and which of its values is to blame; undefined where it is the operator. */
export interface Senseless {
  readonly kind: 'senseless';
  readonly sentence: string;
  readonly value?: Literal;
}

/** Milliseconds, and bytes, of each unit. */
const UNITS = {
  duration: { us: 0.001, µs: 0.001, ms: 1, s: 1000, min: 60_000 },
  size: { B: 1, kB: 1000, MB: 1_000_000 },
  none: {},
} as const satisfies Record<string, Readonly<Record<string, number>>>;

/** What comparing a field, called `name` in the sentences, with any of these values means. Never throws. */
export function meaningOf(
  name: string,
  type: FieldType,
  operator: Comparison,
  values: readonly Literal[],
  environment: FilterEnvironment,
): Meaning | Senseless {
  const allowed = operatorsOf(type);
  if (!allowed.includes(operator)) return senseless(operatorSentence(name, type, operator, allowed));
  switch (type.kind) {
    case 'number':
      return numbers(name, type.unit, operator as OrderedComparison, values);
    case 'enum':
      return enumeration(name, type, operator as OrderedComparison, values);
    case 'boolean':
      return booleans(name, values);
    case 'time':
      return times(name, operator as OrderedComparison, values, environment);
    case 'string':
      return strings(name, operator as TextTest['operator'], values);
    case 'json':
      return json(name, operator, values, environment);
  }
}

function numbers(
  name: string,
  unit: keyof typeof UNITS,
  operator: OrderedComparison,
  literals: readonly Literal[],
): Meaning | Senseless {
  const values: number[] = [];
  for (const literal of literals) {
    const factors: Readonly<Record<string, number>> = UNITS[unit];
    const names = Object.keys(factors);
    const example = unit === 'duration' ? '500ms' : unit === 'size' ? '2kB' : '5';
    if (literal.kind !== 'number') return senseless(`${name} is a number, such as ${example}.`, literal);
    const factor = literal.unit === undefined ? 1 : Object.hasOwn(factors, literal.unit) && factors[literal.unit];
    if (!factor) {
      const units = names.length === 0 ? `${name} has no unit` : `${name} has the units ${listed(names)}`;
      return senseless(`${literal.unit} is no unit of it: ${units}.`, literal);
    }
    const value = literal.value * factor;
    if (!Number.isFinite(value)) return senseless('This number is too large.', literal);
    values.push(value);
  }
  return { kind: 'number', operator, values };
}

function enumeration(
  name: string,
  { values: names, ordered }: Extract<FieldType, { kind: 'enum' }>,
  operator: OrderedComparison,
  literals: readonly Literal[],
): Meaning | Senseless {
  const order = [...new Set(Object.values(names))];
  const values = new Set<string>();
  for (const literal of literals) {
    const written = literal.kind === 'string' ? literal.value : literalText(literal);
    const value = Object.hasOwn(names, written) ? names[written] : undefined;
    if (value === undefined) {
      const known = Object.keys(names);
      const end = hint(written, known) || `; it is ${listed(known.slice(0, order.length), 'or')}.`;
      const what = literal.kind === 'number' ? 'This' : quote(written);
      return senseless(`${what} is no value of ${name}${end}`, literal);
    }
    const place = order.indexOf(value);
    for (const [index, other] of order.entries()) {
      if (ordered ? holds(operator, index - place) : index === place) values.add(other);
    }
  }
  return { kind: 'enum', values };
}

function booleans(name: string, literals: readonly Literal[]): Meaning | Senseless {
  const wrong = literals.find(({ kind }) => kind !== 'boolean');
  if (wrong) return senseless(`${name} is yes or no: write ${name} or not ${name}.`, wrong);
  return { kind: 'boolean', values: literals.flatMap((literal) => (literal.kind === 'boolean' ? literal.value : [])) };
}

function times(
  name: string,
  operator: OrderedComparison,
  literals: readonly Literal[],
  environment: FilterEnvironment,
): Meaning | Senseless {
  const spans: TimeSpan[] = [];
  for (const literal of literals) {
    const written = literal.kind === 'string' || literal.kind === 'time' ? literal.value : '';
    const span = timeSpan(written, environment);
    if (span === undefined) {
      const sentence = literal.kind === 'time' ? 'There is no such time' : `${name} is compared with a time`;
      return senseless(`${sentence}; write it as 10:05:00, 2026-11-20 or 2026-11-20T10:05:00Z.`, literal);
    }
    spans.push(span);
  }
  return { kind: 'time', operator, spans };
}

function strings(name: string, operator: TextTest['operator'], literals: readonly Literal[]): Meaning | Senseless {
  const texts: string[] = [];
  for (const literal of literals) {
    const text = textOf(literal);
    if (text === undefined) {
      return senseless(`${name} is a text: write ${quote(literalText(literal))}.`, literal);
    }
    texts.push(text);
  }
  const [text = ''] = texts;
  if (operator === '==') return { kind: 'string', test: { operator, texts } };
  if (operator === 'contains') return { kind: 'string', test: { operator, text } };
  const pattern = compilePattern(text);
  if ('wrong' in pattern) return senseless(`This is no regular expression: ${pattern.wrong}.`, literals[0]);
  return { kind: 'string', test: { operator, source: text, pattern } };
}

function json(
  name: string,
  operator: Comparison,
  values: readonly Literal[],
  environment: FilterEnvironment,
): Meaning | Senseless {
  for (const value of values) {
    if (value.kind === 'number' && value.unit !== undefined) {
      return senseless(`Values of a payload have no unit: write ${value.value}.`, value);
    }
    if (value.kind === 'number' && !Number.isFinite(value.value)) return senseless('This number is too large.', value);
    if (value.kind === 'time' && timeSpan(value.value, environment) === undefined) {
      return senseless('There is no such time; write it as 10:05:00, 2026-11-20 or 2026-11-20T10:05:00Z.', value);
    }
    const isText = textOf(value) !== undefined;
    if (operator === 'contains' || operator === 'matches') {
      if (!isText) return senseless(`${operator} takes a text: write ${quote(literalText(value))}.`, value);
      const test = strings(name, operator, [value]);
      if (test.kind === 'senseless') return test;
    } else if (operator !== '==' && (value.kind === 'boolean' || value.kind === 'null')) {
      return senseless(`${literalText(value)} is neither less nor more than anything; use == or !=.`, value);
    }
  }
  return { kind: 'json', operator, values };
}

/** The text that a literal stands for, with or without quotes. */
export function textOf(literal: Literal): string | undefined {
  return literal.kind === 'string' || literal.kind === 'word' ? literal.value : undefined;
}

/** Whether an ordered comparison holds for things of which the left one lies before (negative), at or behind the other. */
export function holds(operator: OrderedComparison, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Where an instant lies: before a stretch of time, in it or behind it. */
export function placeIn({ from, to }: TimeSpan, instant: number): number {
  return instant < from ? -1 : instant < to ? 0 : 1;
}

function operatorSentence(name: string, type: FieldType, operator: string, allowed: readonly string[]): string {
  if (type.kind === 'boolean') return `${name} is yes or no: write ${name} or not ${name}.`;
  return `${name} cannot be compared by ${operator}; use ${listed([...allowed, 'in'], 'or')}.`;
}

function senseless(sentence: string, value?: Literal): Senseless {
  return { kind: 'senseless', sentence, value };
}

/** `a, b or c`. */
export function listed(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
