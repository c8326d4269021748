import type { JsonValue } from '../../ocpp/json.ts';
import type { Literal } from './ast.ts';
import type { FilterEnvironment } from './environment.ts';
import { containsFolded, folded } from './fold.ts';
import { type Comparison, holds, type OrderedComparison, placeIn, textOf } from './meaning.ts';
import { compilePattern } from './pattern.ts';
import { timeOfDay, timeSpan } from './time-literal.ts';

/** A time as OCPP writes it (RFC 3339); one without a zone is no instant. */
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Whether a value compares so with any of the literals. Values of different types are neither equal nor in order. */
export function jsonTest(
  operator: Comparison,
  literals: readonly Literal[],
  environment: FilterEnvironment,
): (value: JsonValue) => boolean {
  const tests = literals.map((literal) => literalTest(operator, literal, environment));
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (value) => tests.some((test) => test(value));
}

function literalTest(
  operator: Comparison,
  literal: Literal,
  environment: FilterEnvironment,
): (value: JsonValue) => boolean {
  const text = textOf(literal);
  if (operator === 'contains') {
    const needle = folded(text ?? '');
    return (value) => typeof value === 'string' && containsFolded(value, needle);
  }
  if (operator === 'matches') {
    const pattern = compilePattern(text ?? '');
    return (value) => typeof value === 'string' && 'test' in pattern && pattern.test(value);
  }
  if (text !== undefined) return (value) => typeof value === 'string' && holds(operator, order(value, text));
  switch (literal.kind) {
    case 'number':
      return (value) => typeof value === 'number' && holds(operator, order(value, literal.value));
    case 'time':
      return timeTest(operator, literal.value, environment);
    case 'boolean':
      return (value) => operator === '==' && value === literal.value;
    default:
      return (value) => operator === '==' && value === null;
  }
}

function timeTest(
  operator: OrderedComparison,
  text: string,
  environment: FilterEnvironment,
): (value: JsonValue) => boolean {
  const span = timeSpan(text, environment);
  if (span === undefined) return () => false;
  return (value) => {
    if (typeof value !== 'string' || !DATE_TIME.test(value)) return false;
    const instant = Date.parse(value.toUpperCase().replace(' ', 'T'));
    if (Number.isNaN(instant)) return false;
    return holds(operator, placeIn(span, span.kind === 'instant' ? instant : timeOfDay(instant, environment)));
  };
}

/** Texts are in the order of their UTF-16 code units, so that times of one zone are in theirs. */
function order<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
