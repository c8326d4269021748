import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import type { FieldName } from '../../../session/filter/fields.ts';
import { holds, type Meaning, type OrderedComparison, placeIn } from '../../../session/filter/meaning.ts';
import { errorCodeAmong } from '../../../session/filter/payload.ts';
import { textTest } from '../../../session/filter/text-test.ts';
import { type Span, timeOfDay } from '../../../session/filter/time-literal.ts';
import { SEVERITIES, type Severity } from '../../../session/finding.ts';
import type { FATES } from '../../../session/timeline.ts';
import { codeOfDirection, codeOfFate, codeOfKind, codeOfOrigin, codeOfSeverity, codeOfType } from '../codes.ts';
import { any, type Condition, condition, FALSE, isTrue, placeholders } from './condition.ts';
import type { TestNumbers } from './filter-functions.ts';
import { frameTextCondition, textCondition } from './text-condition.ts';

/** A field in SQL; what it is compared with decides how. */
type Column =
  | { readonly kind: 'number'; readonly sql: string }
  | { readonly kind: 'time'; readonly sql: string }
  | { readonly kind: 'text'; readonly sql: string }
  /** The row of a name in a table of names. */
  | { readonly kind: 'name'; readonly sql: string; readonly table: 'station' | 'action' }
  | { readonly kind: 'enum'; readonly sql: string; code(name: string): number | string }
  /** True or false, never NULL. */
  | { readonly kind: 'boolean'; readonly sql: string }
  | { readonly kind: 'frame text' | 'error code' | 'rules' };

const origin = (name: 'received' | 'sent' | 'edited' | 'injected'): string => `e.origin IS ${codeOfOrigin(name)}`;

/** Where each field is found. */
const COLUMNS: Readonly<Record<FieldName, Column>> = {
  entry: { kind: 'number', sql: 'e.entry' },
  time: { kind: 'time', sql: 'e.wall' },
  kind: { kind: 'enum', sql: 'e.kind', code: (name) => codeOfKind(name as Parameters<typeof codeOfKind>[0]) },
  station: { kind: 'name', sql: 'e.station', table: 'station' },
  direction: {
    kind: 'enum',
    sql: 'e.direction',
    code: (name) => codeOfDirection(name as Parameters<typeof codeOfDirection>[0]),
  },
  type: { kind: 'enum', sql: 'e.type', code: (name) => codeOfType(name as Parameters<typeof codeOfType>[0]) },
  action: { kind: 'name', sql: 'e.action', table: 'action' },
  version: { kind: 'enum', sql: '(SELECT l.version FROM link l WHERE l.id = e.link)', code: (name) => name },
  messageId: { kind: 'text', sql: 'e.message_id' },
  summary: { kind: 'text', sql: 'e.summary' },
  text: { kind: 'frame text' },
  size: { kind: 'number', sql: 'e.size' },
  latency: { kind: 'number', sql: 'e.latency' },
  answered: { kind: 'boolean', sql: 'e.answer IS NOT NULL' },
  errorCode: { kind: 'error code' },
  finding: { kind: 'boolean', sql: 'e.findings > 0' },
  'finding.severity': { kind: 'enum', sql: 'e.severity', code: (name) => codeOfSeverity(name as Severity) },
  'finding.rule': { kind: 'rules' },
  'finding.count': { kind: 'number', sql: 'e.findings' },
  sent: { kind: 'boolean', sql: origin('sent') },
  received: { kind: 'boolean', sql: origin('received') },
  edited: { kind: 'boolean', sql: `${origin('edited')} OR e.fate IS ${codeOfFate('edited')}` },
  injected: { kind: 'boolean', sql: origin('injected') },
  dropped: { kind: 'boolean', sql: `e.fate IS ${codeOfFate('dropped')}` },
  fate: { kind: 'enum', sql: 'e.fate', code: (name) => codeOfFate(name as (typeof FATES)[number]) },
  original: { kind: 'number', sql: 'e.original' },
  link: { kind: 'number', sql: 'e.link' },
  conversation: { kind: 'number', sql: '(SELECT l.conversation FROM link l WHERE l.id = e.link)' },
};

/** A comparison of a field of the row. */
export function rowCondition(
  name: FieldName,
  meaning: Meaning,
  numbers: TestNumbers,
  environment: FilterEnvironment,
): Condition {
  const column = COLUMNS[name];
  switch (meaning.kind) {
    case 'number':
      return column.kind === 'number'
        ? any(meaning.values.map((value) => numeric(column.sql, meaning.operator, value)))
        : FALSE;
    case 'enum': {
      if (column.kind !== 'enum') return FALSE;
      const codes = [...meaning.values].map((value) => column.code(value));
      return isTrue(`${column.sql} IN (${placeholders(codes.length)})`, ...codes);
    }
    case 'boolean':
      return column.kind === 'boolean'
        ? any([...new Set(meaning.values)].map((value) => condition(value ? column.sql : `NOT (${column.sql})`)))
        : FALSE;
    case 'time':
      return column.kind === 'time' ? timeCondition(column.sql, meaning, numbers, environment) : FALSE;
    case 'string':
      return stringCondition(column, meaning, numbers);
    case 'json':
      return FALSE;
  }
}

/** That a field has a value; of a yes-or-no field, that it is so. */
export function rowExistence(name: FieldName, numbers: TestNumbers): Condition {
  const column = COLUMNS[name];
  switch (column.kind) {
    case 'boolean':
      return condition(column.sql);
    case 'frame text':
      return frameTextCondition(undefined, numbers);
    case 'error code':
      return errorCodeCondition(() => true, numbers);
    case 'rules':
      return condition('e.findings > 0 AND EXISTS (SELECT 1 FROM finding g WHERE g.entry = e.entry)');
    case 'enum':
      return name === 'finding.severity'
        ? condition(`e.severity BETWEEN 1 AND ${SEVERITIES.length}`)
        : condition(`${column.sql} IS NOT NULL`);
    default:
      return condition(`${column.sql} IS NOT NULL`);
  }
}

function numeric(sql: string, operator: OrderedComparison, value: number): Condition {
  return isTrue(`${sql} ${operator === '==' ? '=' : operator} ?`, value);
}

function stringCondition(
  column: Column,
  { test }: Extract<Meaning, { kind: 'string' }>,
  numbers: TestNumbers,
): Condition {
  switch (column.kind) {
    case 'text':
      return textCondition(column.sql, test, numbers, true);
    case 'name': {
      const { sql, values } = textCondition('n.name', test, numbers, true);
      return isTrue(`${column.sql} IN (SELECT n.id FROM ${column.table} n WHERE ${sql})`, ...values);
    }
    case 'frame text':
      return frameTextCondition(test, numbers);
    case 'error code': {
      const passes = textTest(test);
      return errorCodeCondition((code) => passes(code.toWellFormed()), numbers);
    }
    case 'rules': {
      const { sql, values } = textCondition('g.rule', test, numbers, true);
      return condition(
        `e.findings > 0 AND EXISTS (SELECT 1 FROM finding g WHERE g.entry = e.entry AND ${sql})`,
        ...values,
      );
    }
    default:
      return FALSE;
  }
}

function errorCodeCondition(passes: (code: string) => boolean, numbers: TestNumbers): Condition {
  const number = numbers.frame((frame) => {
    const code = errorCodeAmong(frame.type, frame.elements());
    return code !== undefined && passes(code);
  });
  return isTrue(
    `e.type IN (${codeOfType('CALLERROR')}, ${codeOfType('CALLRESULTERROR')}) AND EXISTS (SELECT 1 FROM frame f
     WHERE f.entry = e.entry AND f.content = 0 AND filter_frame(?, e.type, f.data))`,
    number,
  );
}

function timeCondition(
  sql: string,
  { operator, spans }: Extract<Meaning, { kind: 'time' }>,
  numbers: TestNumbers,
  environment: FilterEnvironment,
): Condition {
  return any(
    spans.map((span) => {
      if (span.kind === 'instant') return instantCondition(sql, operator, span);
      const test = (value: unknown): boolean =>
        typeof value === 'number' && holds(operator, placeIn(span, timeOfDay(value, environment)));
      return isTrue(`filter_value(?, ${sql})`, numbers.value(test));
    }),
  );
}

function instantCondition(sql: string, operator: OrderedComparison, { from, to }: Span): Condition {
  switch (operator) {
    case '==':
      return condition(`${sql} >= ? AND ${sql} < ?`, from, to);
    case '<':
      return condition(`${sql} < ?`, from);
    case '<=':
      return condition(`${sql} < ?`, to);
    case '>':
      return condition(`${sql} >= ?`, to);
    case '>=':
      return condition(`${sql} >= ?`, from);
  }
}
