import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import { decimal } from '../words.ts';

const EMPTY: JsonObject = {};
const NONE: readonly JsonValue[] = [];
/** The most characters of one foreign string that a summary takes. */
const TEXT_MAX = 40;

/** A property that is a string, shortened; undefined where it is none or empty. */
export function text(payload: JsonObject, key: string, length = TEXT_MAX): string | undefined {
  return shortened(payload[key], length);
}

/** A value that is a string, shortened; undefined where it is none or empty. */
export function shortened(value: JsonValue | undefined, length = TEXT_MAX): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.length > length ? `${value.slice(0, length - 1)}…` : value;
}

/** A property that is a finite number. */
export function number(payload: JsonObject, key: string): number | undefined {
  const value = payload[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A property that is an object; an empty one where it is none. */
export function object(payload: JsonObject, key: string): JsonObject {
  const value = payload[key];
  return isJsonObject(value) ? value : EMPTY;
}

/** A property that is an array; an empty one where it is none. */
export function list(payload: JsonObject, key: string): readonly JsonValue[] {
  const value = payload[key];
  return Array.isArray(value) ? value : NONE;
}

/** The objects of a property that is an array of them, or an object alone. */
export function objects(payload: JsonObject, key: string): readonly JsonObject[] {
  const value = payload[key];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).filter(isJsonObject);
  return isJsonObject(value) ? [value] : [];
}

/** A number with a word before it: `labelled('#', 5)` is `#5`. */
export function labelled(label: string, value: number | string | undefined): string | undefined {
  return value === undefined ? undefined : `${label}${value}`;
}

/** A numeric id in a list of them: `#5`. */
export function hashed(id: JsonValue | undefined): string | undefined {
  return typeof id === 'number' ? `#${id}` : undefined;
}

/** Parts that are there, with blanks between them. */
export function phrase(...parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(' ');
}

/** `1 period`, `2 periods`. */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many} ${many === 1 ? one : more}`;
}

/** The first few names of a list, and how many more there are. */
export function names<T>(items: readonly T[], say: (item: T) => string | undefined, first = 3): string | undefined {
  if (items.length === 0) return undefined;
  const said = items.slice(0, first).map((item) => say(item) ?? '?');
  return items.length > first ? `${said.join(', ')} +${items.length - first}` : said.join(', ');
}

/** An instant as the wire has it, without its fraction of a second. */
export function instant(payload: JsonObject, key: string): string | undefined {
  return text(payload, key, 30)?.replace(/\.\d+/, '');
}

/** A property in seconds: `300 s`. */
export function seconds(payload: JsonObject, key: string): string | undefined {
  const value = number(payload, key);
  return value === undefined ? undefined : `${value} s`;
}

/** A property that is an amount of money, with at most so many digits as its currency may have. */
export function amount(payload: JsonObject, key: string): string | undefined {
  const value = number(payload, key);
  return value === undefined ? undefined : decimal(value, 4);
}
