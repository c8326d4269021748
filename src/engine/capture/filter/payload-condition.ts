import type { FieldRef, Literal, PathStep } from '../../../session/filter/ast.ts';
import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import { jsonTest } from '../../../session/filter/json-test.ts';
import { type Comparison, textOf } from '../../../session/filter/meaning.ts';
import { anyAt, PAYLOAD_ELEMENT, payloadAmong } from '../../../session/filter/payload.ts';
import { codeOfType } from '../codes.ts';
import { all, any, type Condition, condition, isTrue, onlyIf, TRUE } from './condition.ts';
import type { TestNumbers } from './filter-functions.ts';
import { type PayloadQuestion, plainValueCondition } from './plain-value.ts';
import { rareEnd } from './rare-end.ts';
import { requiredText } from './required-text.ts';
import { asItIs, inAnyCase, likePattern } from './text-condition.ts';

type PayloadRef = Extract<FieldRef, { kind: 'payload' }>;

/** Values of a list that are looked for in the text of a frame before it is taken for JSON. */
const LITERALS_MAX = 8;

/** A character that hides what a text says from a search in it: `\u0061` is an `a` too. */
const ESCAPES = String.raw`f.data LIKE '%\%'`;

const codes = (types: readonly ('CALL' | 'CALLRESULT' | 'CALLERROR' | 'SEND')[]): string =>
  types.map(codeOfType).join(', ');
const REQUESTS = codes(['CALL', 'SEND']);
const RESPONSES = codes(['CALLRESULT', 'CALLERROR']);

/** The entry whose payload each side of an exchange is, and what it has to be. */
const OTHERS = {
  request: `o.entry = CASE WHEN e.type IN (${REQUESTS}) THEN e.entry ELSE e.call END AND o.type IN (${REQUESTS})`,
  response: `o.entry = CASE WHEN e.type IN (${RESPONSES}) THEN e.entry
    WHEN e.type = ${codeOfType('CALL')} AND e.answer IS NOT NULL THEN coalesce(e.call, e.answer) END
    AND o.type IN (${RESPONSES})`,
} as const;

/**
 * A condition on a payload. A frame is taken for JSON only where its text has what is asked for in it; SQLite decides
 * where it and JavaScript cannot but read the same, and else the same function as on live frames.
 */
export function payloadCondition(
  { side, path }: PayloadRef,
  question: PayloadQuestion | undefined,
  numbers: TestNumbers,
  environment: FilterEnvironment,
): Condition {
  const test = question ? jsonTest(question.operator, question.values, environment) : () => true;
  const exact = numbers.frame((frame) => anyAt(payloadAmong(frame.type, frame.elements()), path, test));
  const own = side === 'payload';
  const type = own ? 'e.type' : 'o.type';
  const whole = isTrue(`filter_frame(?, ${type}, f.data)`, exact);
  const plain = plainCondition(type, path, question, numbers, environment);
  const decided: Condition =
    plain === undefined ? whole : isTrue(`coalesce(${plain.sql}, ${whole.sql})`, ...plain.values, ...whole.values);
  const text = onlyIf(mayHave(path, question), decided);
  const sql = `f.content = 0 AND CASE typeof(f.data) WHEN 'text' THEN ${text.sql} ELSE ${whole.sql} END`;
  const values = [...text.values, ...whole.values];
  return own
    ? isTrue(`e.type > 0 AND EXISTS (SELECT 1 FROM frame f WHERE f.entry = e.entry AND ${sql})`, ...values)
    : condition(
        `EXISTS (SELECT 1 FROM entry o JOIN frame f ON f.entry = o.entry WHERE ${OTHERS[side]} AND ${sql})`,
        ...values,
      );
}

/** That a frame's text has the names of a path in their order, and the value; or escapes, which can hide them. */
function mayHave(path: readonly PathStep[], question: PayloadQuestion | undefined): Condition {
  const names = path.flatMap((step) => (step.kind === 'key' ? [asItIs(rareEnd(`"${step.name}"`))] : []));
  const literals =
    question && question.values.length <= LITERALS_MAX ? question.values.map(inText(question.operator)) : [];
  const all = literals.length > 0 && literals.every((text) => text !== undefined);
  const sought = all ? literals.map((text) => [...names, text]) : [names];
  if (sought.some((texts) => texts.length === 0)) return TRUE;
  const found = sought.map((texts) => condition(String.raw`f.data LIKE ? ESCAPE '\'`, likePattern(...texts)));
  return any([...found, condition(ESCAPES)]);
}

/** The pattern of what stands in the JSON of every value that compares so with a literal, unless by escapes. */
function inText(operator: Comparison): (literal: Literal) => string | undefined {
  return (literal) => {
    const text = textOf(literal);
    if (operator === 'contains') return text ? inAnyCase(rareEnd(text)) : undefined;
    if (operator === 'matches') {
      const required = requiredText(text ?? '');
      return required === undefined ? undefined : inAnyCase(rareEnd(required));
    }
    if (operator !== '==') return undefined;
    if (text !== undefined) return asItIs(rareEnd(`"${text}"`));
    return literal.kind === 'boolean' ? String(literal.value) : literal.kind === 'null' ? 'null' : undefined;
  };
}

/** What SQLite says where it reads the path exactly as JavaScript does, else NULL; undefined where it never does. */
function plainCondition(
  type: string,
  path: readonly PathStep[],
  question: PayloadQuestion | undefined,
  numbers: TestNumbers,
  environment: FilterEnvironment,
): Condition | undefined {
  const inside = path.length === 0 ? undefined : jsonPath(path);
  if (inside === undefined) return undefined;
  const place = { sql: `f.data, ${payloadElement(type)} || ?`, values: [inside] };
  const then = plainValueCondition(place, question, numbers, environment);
  if (then === undefined) return undefined;
  const readable = condition(`NOT (${ESCAPES}) AND json_valid(f.data)`);
  const once = all(path.flatMap((step, index) => onlyOnce(type, path.slice(0, index), step)));
  return {
    sql: `CASE WHEN ${readable.sql} THEN CASE WHEN ${once.sql} THEN ${then.sql} END END`,
    values: [...readable.values, ...once.values, ...then.values],
  };
}

/** That no object has this name twice at the path: of two JavaScript takes the last one, SQLite the first. */
function onlyOnce(type: string, path: readonly PathStep[], step: PathStep): readonly Condition[] {
  if (step.kind !== 'key') return [];
  const name = asItIs(rareEnd(`"${step.name}"`));
  const inText = condition(String.raw`f.data NOT LIKE ? ESCAPE '\'`, likePattern(name, name));
  const inObject = condition(
    `(SELECT count(*) FROM json_each(f.data, ${payloadElement(type)} || ?) p WHERE p.key = ?) < 2`,
    jsonPath(path) ?? '',
    step.name,
  );
  return [any([inText, inObject])];
}

/** Where the payload is, in the notation of SQLite's JSON paths. */
function payloadElement(type: string): string {
  const cases = Object.entries(PAYLOAD_ELEMENT).map(
    ([name, element]) => `WHEN ${codeOfType(name as keyof typeof PAYLOAD_ELEMENT)} THEN '$[${element}]'`,
  );
  return `CASE ${type} ${cases.join(' ')} END`;
}

/** The path in SQLite's notation; undefined where that has none for it. */
function jsonPath(path: readonly PathStep[]): string | undefined {
  let text = '';
  for (const step of path) {
    if (step.kind === 'any') return undefined;
    if (step.kind === 'index') text += `[${step.index}]`;
    // Quotes, backslashes and control characters stand in JSON by escapes only.
    else if (step.name !== '' && !/["\\\p{Cc}]/u.test(step.name)) text += `."${step.name}"`;
    else return undefined;
  }
  return text;
}
