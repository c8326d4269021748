import { applyEdits, type JSONPath, type ModificationOptions, modify } from 'jsonc-parser';
import type { JsonValue } from '../../ocpp/json.ts';
import { type JsonSchema, resolve } from '../../ocpp/json-schema.ts';
import { itemTemplate } from '../../ocpp/template.ts';
import type { FormField } from './form.ts';

const FORMATTING = { insertSpaces: true, tabSize: 2, eol: '\n' } as const;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A document in which what a field that is there shows is another text; all else stays as it is, to the character. In a
 * number field a number is written as a number, to the digit, and anything else as a string, so that a variable can
 * stand there.
 */
export function typed(document: string, field: FormField, text: string): string {
  const { written } = field;
  return written ? document.slice(0, written.start) + jsonOf(field, text) + document.slice(written.end) : document;
}

function jsonOf({ kind }: FormField, text: string): string {
  if (kind === 'number' && NUMBER.test(text)) return text;
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text;
  if (kind === 'json' && isJson(text)) return text;
  return JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A document with a property of an object that was not there, filled from its schema with what is required. */
export function added(document: string, parent: FormField, field: FormField, root: JsonSchema, now: string): string {
  const after = namesBehind(parent, field);
  const value = sample(field.name, field.schema, root, now);
  // In the order of the schema: before the first of those that come after it.
  return change(document, field.path, value, {
    getInsertionIndex(there) {
      const index = there.findIndex((name) => after.includes(name));
      return index < 0 ? there.length : index;
    },
  });
}

function namesBehind(parent: FormField, field: FormField): readonly string[] {
  const names = parent.children.map(({ name }) => name);
  return names.slice(names.indexOf(field.name) + 1);
}

/** A document without a property or an item. */
export function removed(document: string, { path }: FormField): string {
  return change(document, path, undefined);
}

/** A document with one more item at the end of a list. */
export function itemAdded(document: string, list: FormField, root: JsonSchema, now: string): string {
  const items = list.schema?.items && resolve(list.schema.items, root);
  const item = sample(list.name, items, root, now);
  return change(document, [...list.path, list.children.length], item, { isArrayInsertion: true });
}

function sample(name: string, schema: JsonSchema | undefined, root: JsonSchema, now: string): JsonValue {
  return schema === undefined ? '' : itemTemplate(name, schema, root, { fill: 'required', now });
}

function change(
  document: string,
  path: readonly (string | number)[],
  value: JsonValue | undefined,
  options: ModificationOptions = {},
): string {
  return applyEdits(
    document,
    modify(document, [...path] as JSONPath, value, { formattingOptions: FORMATTING, ...options }),
  );
}
