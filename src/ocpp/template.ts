import { FORMATS } from './formats.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { type JsonSchema, resolve } from './json-schema.ts';
import { isLonger } from './words.ts';

/** What a template is made of. */
export interface TemplateOptions {
  /** Only what must be there, or every property that may be there, with one item in each list. */
  readonly fill: 'required' | 'everything';
  /** Value of every point in time, in RFC 3339. */
  readonly now: string;
  /**
   * Scalar values by property name, at any depth, such as `{ evseId: 1 }`; a property that has one is filled in even
   * where it is optional. One that the schema refuses at a place is not used there.
   */
  readonly values?: Readonly<Record<string, JsonValue>>;
  /** Names of optional properties that are left out even of everything, such as `customData`. */
  readonly except?: readonly string[];
}

const SAMPLE_URI = 'https://example.com/';

/**
 * A payload that its schema accepts; the same arguments yield the same payload. An enumeration gets its first value, a
 * number 1 where that is allowed (0 often stands for the whole station), a text the name of its property.
 */
export function template(schema: JsonSchema, options: TemplateOptions): JsonObject {
  return objectOf(schema, schema, options);
}

/** A value for one property or item, of a part of the schema `root`. */
export function itemTemplate(name: string, schema: JsonSchema, root: JsonSchema, options: TemplateOptions): JsonValue {
  return placeholder(name, schema, root, options);
}

function objectOf(schema: JsonSchema, root: JsonSchema, options: TemplateOptions): JsonObject {
  const entries: [string, JsonValue][] = [];
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const property = resolve(part, root);
    const filled = options.fill === 'everything' && !options.except?.includes(name);
    const wanted = filled || schema.required?.includes(name) || given(name, property, options);
    if (wanted) entries.push([name, placeholder(name, property, root, options)]);
  }
  return Object.fromEntries(entries);
}

function placeholder(name: string, schema: JsonSchema, root: JsonSchema, options: TemplateOptions): JsonValue {
  if (given(name, schema, options)) return options.values?.[name] ?? null;
  switch (schema.type) {
    case 'object':
      return objectOf(schema, root, options);
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, options.fill === 'everything' ? 1 : 0);
      const items = resolve(schema.items ?? {}, root);
      return Array.from({ length }, () => placeholder(name, items, root, options));
    }
    case 'integer':
    case 'number':
      return Math.min(Math.max(1, schema.minimum ?? 1), schema.maximum ?? Number.POSITIVE_INFINITY);
    case 'boolean':
      return false;
    default:
      return textOf(name, schema, options);
  }
}

function textOf(name: string, schema: JsonSchema, options: TemplateOptions): string {
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  if (schema.format === 'date-time') return options.now;
  if (schema.format === 'uri') return SAMPLE_URI;
  return name.slice(0, schema.maxLength);
}

/** Whether the caller gave a value for a property that may stand there; only scalar ones are taken. */
function given(name: string, schema: JsonSchema, { values }: TemplateOptions): boolean {
  if (values === undefined || !Object.hasOwn(values, name)) return false;
  const value = values[name];
  switch (typeof value) {
    case 'string':
      return schema.type === 'string' && isAllowedText(value, schema);
    case 'number':
      return (schema.type === 'number' || schema.type === 'integer') && isAllowedNumber(value, schema);
    case 'boolean':
      return schema.type === 'boolean';
    default:
      return false;
  }
}

function isAllowedText(text: string, schema: JsonSchema): boolean {
  if (schema.format !== undefined && !FORMATS[schema.format](text)) return false;
  return (schema.enum?.includes(text) ?? true) && !isLonger(text, schema.maxLength ?? Number.POSITIVE_INFINITY);
}

function isAllowedNumber(number: number, schema: JsonSchema): boolean {
  if (!Number.isFinite(number) || (schema.type === 'integer' && !Number.isInteger(number))) return false;
  // Steps are such as 0.1: only a whole number is sure to be a multiple, whatever the precision.
  if (schema.multipleOf !== undefined && !Number.isInteger(number)) return false;
  return number >= (schema.minimum ?? number) && number <= (schema.maximum ?? number);
}
