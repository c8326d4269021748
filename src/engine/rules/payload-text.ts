import { pointerKeys } from '../../ocpp/json-pointer.ts';
import { isIndex, type Node, nodeAt, rawOf, replaced, treeOf, withItem, without, withProperty } from './json-text.ts';

/*
 * Changes of a JSON text at a JSON pointer. Each yields the whole text, in which all else stands as it came, or
 * undefined where there is nothing to change. `raw` is the JSON text of the new value.
 */

/** Puts a value there, over what stands there; the objects on the way to it are made where they are missing. */
export function put(text: string, pointer: string, raw: string): string | undefined {
  const root = treeOf(text);
  if (root === undefined) return undefined;
  const keys = pointerKeys(pointer);
  const found = nodeAt(root, keys);
  if (found !== undefined) return replaced(text, found, raw);
  const [parent, missing] = deepest(root, keys);
  const [key, ...deeper] = missing;
  if (key === undefined) return undefined;
  if (deeper.some(isIndex)) return undefined;
  return inserted(
    text,
    parent,
    key,
    deeper.reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, raw),
  );
}

/** Adds a value as JSON Patch does: over a property, before an item, `-` for the end of a list (RFC 6902, 4.1). */
export function add(text: string, pointer: string, raw: string): string | undefined {
  const root = treeOf(text);
  if (root === undefined) return undefined;
  const keys = pointerKeys(pointer);
  const key = keys.at(-1);
  if (key === undefined) return replaced(text, root, raw);
  const parent = nodeAt(root, keys.slice(0, -1));
  if (parent === undefined) return undefined;
  const found = parent.type === 'object' ? nodeAt(parent, [key]) : undefined;
  return found === undefined ? inserted(text, parent, key, raw) : replaced(text, found, raw);
}

/** Replaces what stands there. */
export function replace(text: string, pointer: string, raw: string): string | undefined {
  const root = treeOf(text);
  const found = root && nodeAt(root, pointerKeys(pointer));
  return found && replaced(text, found, raw);
}

/** Takes out what stands there. */
export function remove(text: string, pointer: string): string | undefined {
  const root = treeOf(text);
  const keys = pointerKeys(pointer);
  const key = keys.at(-1);
  const parent = root && nodeAt(root, keys.slice(0, -1));
  return parent && key !== undefined ? without(text, parent, key) : undefined;
}

/** The text of what stands there, as it stands. */
export function read(text: string, pointer: string): string | undefined {
  const root = treeOf(text);
  const found = root && nodeAt(root, pointerKeys(pointer));
  return found && rawOf(text, found);
}

/** The last value on the way that exists, and the keys that are missing. */
function deepest(root: Node, keys: readonly string[]): readonly [Node, readonly string[]] {
  let node = root;
  for (const [index, key] of keys.entries()) {
    const next = nodeAt(node, [key]);
    if (next === undefined) return [node, keys.slice(index)];
    node = next;
  }
  return [node, []];
}

function inserted(text: string, parent: Node, key: string, raw: string): string | undefined {
  if (parent.type === 'object') return withProperty(text, parent, key, raw);
  if (parent.type !== 'array') return undefined;
  const length = parent.children?.length ?? 0;
  const index = key === '-' ? length : isIndex(key) ? Number(key) : Number.NaN;
  return index <= length ? withItem(text, parent, index, raw) : undefined;
}
