import type { JsonValue } from './json.ts';

/** The most characters of a peer's value that a sentence repeats. */
const ECHO_MAX = 40;

/**
 * A peer's text in quotes, shortened to 40 characters and with control characters escaped, so that it can neither
 * flood a sentence nor steer a terminal.
 */
export function quoted(text: string): string {
  const shown = text.length > ECHO_MAX ? `${text.slice(0, ECHO_MAX)}…` : text;
  return JSON.stringify(shown).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value in a few words, never long whatever the value is: `the string "1"`, `an array of 3`, `null`. */
export function inWords(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`;
  return value.length > ECHO_MAX
    ? `the string ${quoted(value)} (${value.length} characters)`
    : `the string ${quoted(value)}`;
}

/** A scalar as it would be written in JSON, shortened; anything else in words. */
export function literal(value: JsonValue | undefined): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : inWords(value);
}

/** A number of things: `1 item`, `3 items`. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${count} ${count === 1 ? thing : things}`;
}

/** Characters (code points) of a text, which is how JSON Schema measures its length. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Whether a text has more characters than `limit`; a text that is far too long is not counted through. */
export function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  return text.length > 2 * limit || lengthOf(text) > limit;
}
