import { pointerKeys } from '../../ocpp/json-pointer.ts';
import {
  isIndex,
  type JsonPlace,
  kindOf,
  lengthOf,
  rawOf,
  replaced,
  valueAt,
  withItem,
  without,
  withProperty,
} from './json-text.ts';

/*
 * Changes of a JSON value at a JSON pointer. Each yields the changed value, in the text around it, in which all else
 * stands as it came; or undefined where there is nothing to change. `raw` is the JSON text of the new value.
 */

/** Puts a value there, over what stands there; the objects on the way to it are made where they are missing. */
export function put(root: JsonPlace, pointer: string, raw: string): JsonPlace | undefined {
  const keys = pointerKeys(pointer);
  const found = valueAt(root, keys);
  if (found !== undefined) return replaced(root, found, raw);
  const [parent, [key, ...deeper]] = deepest(root, keys);
  if (key === undefined || deeper.some(isIndex)) return undefined;
  return inserted(
    root,
    parent,
    key,
    deeper.reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, raw),
  );
}

/** Adds a value as JSON Patch does: over a property, before an item, `-` for the end of a list (RFC 6902, 4.1). */
export function add(root: JsonPlace, pointer: string, raw: string): JsonPlace | undefined {
  const keys = pointerKeys(pointer);
  const key = keys.at(-1);
  if (key === undefined) return replaced(root, root, raw);
  const parent = valueAt(root, keys.slice(0, -1));
  if (parent === undefined) return undefined;
  const found = kindOf(parent) === 'object' ? valueAt(parent, [key]) : undefined;
  return found === undefined ? inserted(root, parent, key, raw) : replaced(root, found, raw);
}

/** Replaces what stands there. */
export function replace(root: JsonPlace, pointer: string, raw: string): JsonPlace | undefined {
  const found = valueAt(root, pointerKeys(pointer));
  return found && replaced(root, found, raw);
}

/** Takes out what stands there. */
export function remove(root: JsonPlace, pointer: string): JsonPlace | undefined {
  const keys = pointerKeys(pointer);
  const key = keys.at(-1);
  const parent = valueAt(root, keys.slice(0, -1));
  return parent && key !== undefined ? without(root, parent, key) : undefined;
}

/** The text of what stands there, as it stands. */
export function read(root: JsonPlace, pointer: string): string | undefined {
  const found = valueAt(root, pointerKeys(pointer));
  return found && rawOf(found);
}

/** The last value on the way that exists, and the keys that are missing. */
function deepest(root: JsonPlace, keys: readonly string[]): readonly [JsonPlace, readonly string[]] {
  let value = root;
  for (const [index, key] of keys.entries()) {
    const next = valueAt(value, [key]);
    if (next === undefined) return [value, keys.slice(index)];
    value = next;
  }
  return [value, []];
}

function inserted(root: JsonPlace, parent: JsonPlace, key: string, raw: string): JsonPlace | undefined {
  if (kindOf(parent) === 'object') return withProperty(root, parent, key, raw);
  if (kindOf(parent) !== 'array') return undefined;
  const length = lengthOf(parent);
  const index = key === '-' ? length : isIndex(key) ? Number(key) : Number.NaN;
  return index <= length ? withItem(root, parent, index, raw) : undefined;
}
