import { isJsonObject, type JsonObject } from './json.ts';

/** Why a payload is not what it should be: thrown by the readers below, caught where a payload is parsed. */
export class FieldFault extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** What was read, or why not, with the shape of an outcome of the session. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string; readonly sentence: string } };

/** The result of reading, with a fault of a field as a value. */
export function parsed<T>(read: () => T): Parsed<T> {
  try {
    return { ok: true, value: read() };
  } catch (fault) {
    if (!(fault instanceof FieldFault)) throw fault;
    return { ok: false, error: { code: fault.code, sentence: fault.message } };
  }
}

/** The object under a name. */
export function objectAt(holder: JsonObject, name: string): JsonObject {
  const value = holder[name];
  if (!isJsonObject(value)) throw new FieldFault('field', `${name} is no object.`);
  return value;
}

/** The objects of the list under a name; none where it is absent. */
export function objectsAt(holder: JsonObject, name: string): readonly JsonObject[] {
  const value = holder[name];
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every(isJsonObject)) throw new FieldFault('field', `${name} is no list.`);
  return value;
}

/** The number under a name, if it is there. */
export function numberAt(holder: JsonObject, name: string): number | undefined {
  const value = holder[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw new FieldFault('field', `${name} is no number.`);
  // `1e999` is a number of JSON with which nothing can be calculated.
  if (!Number.isFinite(value)) throw new FieldFault('field', `${name} is too large.`);
  return value;
}

/** The number under a name. */
export function requiredNumberAt(holder: JsonObject, name: string): number {
  const value = numberAt(holder, name);
  if (value === undefined) throw new FieldFault('field', `${name} is missing.`);
  return value;
}

/** The boolean under a name, if it is there. */
export function booleanAt(holder: JsonObject, name: string): boolean | undefined {
  const value = holder[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new FieldFault('field', `${name} is neither true nor false.`);
}

/** The text under a name, if it is there and one of those that are known. */
export function choiceAt<T extends string>(holder: JsonObject, name: string, choices: readonly T[]): T | undefined {
  const value = holder[name];
  if (value === undefined) return undefined;
  const choice = choices.find((each) => each === value);
  if (choice === undefined) throw new FieldFault('field', `${name} is none of ${choices.join(', ')}.`);
  return choice;
}

/** The text under a name, which must be one of those that are known. */
export function requiredChoiceAt<T extends string>(holder: JsonObject, name: string, choices: readonly T[]): T {
  const choice = choiceAt(holder, name, choices);
  if (choice === undefined) throw new FieldFault('field', `${name} is missing.`);
  return choice;
}

const POINT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d+)?([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * The point in time under a name, if it is there, in milliseconds. Without an offset it is at UTC; `local` takes the
 * digits as they stand and leaves the offset aside (K01.FR.90).
 */
export function timeAt(holder: JsonObject, name: string, local = false): number | undefined {
  const value = holder[name];
  if (value === undefined) return undefined;
  const match = typeof value === 'string' ? POINT.exec(value) : null;
  const [, day, minute, second = ':00', fraction = '', offset = 'Z'] = match ?? [];
  const zone = local ? 'Z' : offset.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2');
  const milliseconds = Date.parse(`${day}T${minute}${second}${fraction.slice(0, 4)}${zone}`);
  if (!match || Number.isNaN(milliseconds)) throw new FieldFault('field', `${name} is no point in time.`);
  return milliseconds;
}
