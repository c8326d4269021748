import type { ErrorObject } from 'ajv';
import type { JsonValue } from './json.ts';
import { childPointer } from './json-pointer.ts';
import type { RpcErrorCode } from './rpc-error.ts';
import type { Violation } from './violation.ts';
import { counted, inWords, lengthOf, literal, quoted } from './words.ts';

/** The most violations that are listed of one payload. */
export const VIOLATIONS_MAX = 50;

/** Schema keywords that OCPP's schemas use and a payload can break. */
type Keyword =
  | 'additionalProperties'
  | 'enum'
  | 'format'
  | 'maxItems'
  | 'maximum'
  | 'maxLength'
  | 'minItems'
  | 'minimum'
  | 'multipleOf'
  | 'required'
  | 'type';

/**
 * The error code for a broken keyword (2.x part 4, 4.3; 1.6-J table 7), under its name of 2.x, which `wireErrorCode`
 * spells for 1.6. Both tables tell the same four faults apart:
 * - a field that is missing, or a list of the wrong length, breaks its cardinality: an occurrence constraint. (1.6 also
 *   has ProtocolError for an "incomplete" payload, but that is no constraint of a field.)
 * - the JSON type is a data type constraint;
 * - the right type with a value out of its range, length, format or enumeration is an invalid value;
 * - a property that the message does not have is a payload that does not have the structure of the message.
 */
const ERROR_CODE: Readonly<Record<Keyword, RpcErrorCode>> = {
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  enum: 'PropertyConstraintViolation',
  format: 'PropertyConstraintViolation',
  maxLength: 'PropertyConstraintViolation',
  minimum: 'PropertyConstraintViolation',
  maximum: 'PropertyConstraintViolation',
  multipleOf: 'PropertyConstraintViolation',
  additionalProperties: 'FormatViolation',
};

/** An error of the schema library in the words of the specification and of the user. */
export function violationOf(error: ErrorObject): Violation {
  if (!isKnown(error.keyword)) throw new Error(`No words for the schema keyword ${error.keyword}`);
  const words = WORDS[error.keyword](error);
  const pointer = words.pointer ?? error.instancePath;
  return {
    pointer,
    rule: error.keyword,
    found: words.found,
    allowed: words.allowed,
    sentence: `${error.instancePath === '' ? 'The payload' : error.instancePath} ${words.predicate}`,
    errorCode: ERROR_CODE[error.keyword],
  };
}

/** Stands for the violations that are not listed. */
export function furtherViolations(found: string, sentence: string, errorCode: RpcErrorCode): Violation {
  return { pointer: '', rule: 'more', found, allowed: 'none', sentence, errorCode };
}

function isKnown(keyword: string): keyword is Keyword {
  return Object.hasOwn(ERROR_CODE, keyword);
}

interface Words {
  readonly found: string;
  readonly allowed: string;
  /** The sentence from its verb on. */
  readonly predicate: string;
  /** Where that is not the place of the value that was checked. */
  readonly pointer?: string;
}

/** An enumeration longer than this is cut short. */
const LISTED_MAX = 12;

/** A property name longer than this is not put into a pointer: the object is pointed at instead. */
const NAME_MAX = 64;

const WORDS: Readonly<Record<Keyword, (error: ErrorObject) => Words>> = {
  required({ params }) {
    const name = quoted(String(params.missingProperty));
    return { found: `no ${name}`, allowed: `${name} is required`, predicate: `lacks ${name}, which is required.` };
  },
  additionalProperties({ params, instancePath, parentSchema }) {
    const name = String(params.additionalProperty);
    const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
    const allowed = known.length === 0 ? 'none' : listed(known);
    return {
      found: `the property ${quoted(name)}`,
      allowed,
      predicate: `has the property ${quoted(name)}; ${allowedOnes(known.length)} ${allowed}.`,
      pointer: name.length > NAME_MAX ? instancePath : childPointer(instancePath, name),
    };
  },
  type({ params, data }) {
    const allowed = article(String(params.type));
    return {
      found: inWords(data as JsonValue),
      allowed,
      predicate: `is ${inWords(data as JsonValue)}; it must be ${allowed}.`,
    };
  },
  enum: ({ params, data }) =>
    is(data, allowedOnes((params.allowedValues as string[]).length), listed(params.allowedValues as string[])),
  format: ({ params, data }) =>
    params.format === 'date-time'
      ? is(data, 'it must be', 'a point in time with its zone, such as 2025-01-31T12:00:00Z (RFC 3339)')
      : is(data, 'it must be', 'an absolute URI (RFC 3986)'),
  minimum: ({ params, data }) => is(data, 'it must be', `at least ${params.limit}`),
  maximum: ({ params, data }) => is(data, 'it must be', `at most ${params.limit}`),
  multipleOf: ({ params, data }) => is(data, 'it must be', `a multiple of ${params.multipleOf}`),
  maxLength: ({ params, data }) => has(counted(lengthOf(String(data)), 'character'), `at most ${params.limit}`),
  minItems: ({ params, data }) => has(counted((data as unknown[]).length, 'item'), `at least ${params.limit}`),
  maxItems: ({ params, data }) => has(counted((data as unknown[]).length, 'item'), `at most ${params.limit}`),
};

function is(data: unknown, verb: string, allowed: string): Words {
  const found = literal(data as JsonValue);
  return { found, allowed, predicate: `is ${found}; ${verb} ${allowed}.` };
}

function has(found: string, allowed: string): Words {
  return { found, allowed, predicate: `has ${found}; it must have ${allowed}.` };
}

function allowedOnes(count: number): string {
  return count > 1 ? 'allowed are' : 'allowed is';
}

function listed(values: readonly string[]): string {
  if (values.length <= LISTED_MAX) return values.join(', ');
  return `${values.slice(0, LISTED_MAX).join(', ')}, … (${values.length} in all)`;
}

function article(type: string): string {
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`;
}
