import type { JsonValue } from '../../ocpp/json.ts';
import type { FieldRef, FilterNode, Literal, Operator, PayloadSide } from './ast.ts';
import type { FilterEnvironment } from './environment.ts';
import { type FieldName, isFieldName, typeOfField } from './fields.ts';
import { jsonTest } from './json-test.ts';
import { holds, type Meaning, meaningOf, placeIn } from './meaning.ts';
import { anyAt, errorCodeIn, payloadIn } from './payload.ts';
import type { FilterSubject } from './subject.ts';
import { textTest } from './text-test.ts';
import { timeOfDay } from './time-literal.ts';

/** Whether an entry passes a filter. */
export type Predicate = (subject: FilterSubject) => boolean;

/** A subject whose payloads are parsed once, and only where a condition asks for them. */
interface Looked {
  readonly subject: FilterSubject;
  payload(side: PayloadSide): JsonValue | undefined;
}

type Condition = (looked: Looked) => boolean;

/**
 * A filter as a function over one entry; it gives the answer that `compileSql` gives over a session's rows. A
 * condition on a field that an entry lacks does not hold, and `!=` and `not in` say exactly that `==` and `in` do not.
 * What `checkFilter` refuses holds for nothing. Never throws, whatever the frame is.
 */
export function compilePredicate(node: FilterNode, environment: FilterEnvironment): Predicate {
  const condition = conditionOf(node, environment);
  return (subject) => condition(look(subject));
}

function conditionOf(node: FilterNode, environment: FilterEnvironment): Condition {
  switch (node.kind) {
    case 'and': {
      const conditions = node.operands.map((operand) => conditionOf(operand, environment));
      return (looked) => conditions.every((condition) => condition(looked));
    }
    case 'or': {
      const conditions = node.operands.map((operand) => conditionOf(operand, environment));
      return (looked) => conditions.some((condition) => condition(looked));
    }
    case 'not': {
      const condition = conditionOf(node.operand, environment);
      return (looked) => !condition(looked);
    }
    case 'compare':
      return comparison(node.field, node.operator, [node.value], environment);
    case 'in':
      return comparison(node.field, node.negated ? '!=' : '==', node.values, environment);
    case 'exists':
      return existence(node.field);
    case 'text':
      return comparison(TEXT, 'contains', [{ kind: 'string', value: node.text }], environment);
  }
}

const TEXT: FieldRef = { kind: 'row', name: 'text' };

function comparison(
  field: FieldRef,
  operator: Operator,
  values: readonly Literal[],
  environment: FilterEnvironment,
): Condition {
  if (operator === '!=') {
    const equal = comparison(field, '==', values, environment);
    return (looked) => !equal(looked);
  }
  const type = typeOfField(field);
  const meaning = type && meaningOf('', type, operator, values, environment);
  if (meaning === undefined || meaning.kind === 'senseless') return () => false;
  if (field.kind === 'payload') {
    const test = jsonTest(operator, values, environment);
    return (looked) => anyAt(looked.payload(field.side), field.path, test);
  }
  return rowCondition(field.name, meaning, environment);
}

function rowCondition(name: string, meaning: Meaning, environment: FilterEnvironment): Condition {
  if (!isFieldName(name)) return () => false;
  if (name === 'finding.rule') {
    const test = meaning.kind === 'string' ? textTest(meaning.test) : () => false;
    return ({ subject }) => subject.findingRules().some(test);
  }
  const value = VALUES[name];
  const test = valueTest(meaning, environment);
  return ({ subject }) => {
    const found = value(subject);
    return found !== undefined && found !== null && test(found);
  };
}

function existence(field: FieldRef): Condition {
  if (field.kind === 'payload') {
    return (looked) => anyAt(looked.payload(field.side), field.path, () => true);
  }
  const { name } = field;
  if (!isFieldName(name)) return () => false;
  if (name === 'finding.rule') return ({ subject }) => subject.findingRules().length > 0;
  const value = VALUES[name];
  return ({ subject }) => {
    const found = value(subject);
    return found !== undefined && found !== null && found !== false;
  };
}

type Value = string | number | boolean | null | undefined;

/** The value of each field that has one at most. */
const VALUES: Readonly<Record<Exclude<FieldName, 'finding.rule'>, (subject: FilterSubject) => Value>> = {
  entry: ({ row }) => row.entry,
  time: ({ row }) => row.wall,
  kind: ({ row }) => row.kind,
  station: ({ row }) => row.station,
  direction: ({ row }) => row.direction,
  type: ({ row }) => row.type,
  action: ({ row }) => row.action,
  version: ({ row }) => row.version,
  messageId: ({ row }) => row.messageId,
  summary: ({ row }) => row.summary,
  text: (subject) => subject.text(),
  size: ({ row }) => row.size,
  latency: ({ row }) => row.latency,
  answered: ({ row }) => row.answer !== null,
  errorCode: (subject) => errorCodeIn(subject.row.type, subject.text()),
  finding: ({ row }) => row.findings > 0,
  'finding.severity': ({ row }) => row.severity,
  'finding.count': ({ row }) => row.findings,
  sent: ({ row }) => row.origin === 'sent',
  received: ({ row }) => row.origin === 'received',
  edited: ({ row }) => row.origin === 'edited' || row.fate === 'edited',
  injected: ({ row }) => row.origin === 'injected',
  dropped: ({ row }) => row.fate === 'dropped',
  fate: ({ row }) => row.fate,
  original: ({ row }) => row.original,
  link: ({ row }) => row.link,
  conversation: ({ conversation }) => conversation,
};

function valueTest(meaning: Meaning, environment: FilterEnvironment): (value: string | number | boolean) => boolean {
  switch (meaning.kind) {
    case 'number':
      return (value) =>
        typeof value === 'number' && meaning.values.some((wanted) => holds(meaning.operator, value - wanted));
    case 'enum':
      return (value) => meaning.values.has(String(value));
    case 'boolean':
      return (value) => meaning.values.some((wanted) => wanted === value);
    case 'string': {
      const test = textTest(meaning.test);
      // What a session file holds has no lone surrogates.
      return (value) => typeof value === 'string' && test(value.toWellFormed());
    }
    case 'time':
      return (value) =>
        typeof value === 'number' &&
        meaning.spans.some((span) => {
          const at = span.kind === 'instant' ? value : timeOfDay(value, environment);
          return holds(meaning.operator, placeIn(span, at));
        });
    case 'json':
      return () => false;
  }
}

function look(subject: FilterSubject): Looked {
  const payloads = new Map<PayloadSide, JsonValue | undefined>();
  return {
    subject,
    payload(side) {
      if (!payloads.has(side)) payloads.set(side, payloadOf(subject, side));
      return payloads.get(side);
    },
  };
}

/** The payload of a side; that of the message itself is parsed anew where it is asked for under two names. */
function payloadOf(subject: FilterSubject, side: PayloadSide): JsonValue | undefined {
  const { type, call, answer } = subject.row;
  const isRequest = type === 'CALL' || type === 'SEND';
  const isResponse = type === 'CALLRESULT' || type === 'CALLERROR';
  if (side === 'payload' || (side === 'request' ? isRequest : isResponse)) return payloadIn(type, subject.text());
  if (side === 'request' ? call === null : type !== 'CALL' || answer === null) return undefined;
  const other = subject.counterpart();
  const fits =
    side === 'request'
      ? other?.type === 'CALL' || other?.type === 'SEND'
      : other?.type === 'CALLRESULT' || other?.type === 'CALLERROR';
  return fits ? payloadIn(other?.type ?? null, other?.text) : undefined;
}
