import { create, type Delta, type DiffPatcher } from 'jsondiffpatch';
import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import { childPointer, pointerKeys } from '../../ocpp/json-pointer.ts';
import { type Ignored, identitiesOf, isHandedOutId, isInstant } from './identity.ts';

/** One place at which two JSON values differ. */
export interface Difference {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** Pointer (RFC 6901) to the place in the new value, or, where it was removed, in the old one. */
  readonly path: string;
  /** Pointer in the old value, where that is another: an item of a list that stands elsewhere now. */
  readonly oldPath?: string;
  /** Not of what was added. */
  readonly old?: JsonValue;
  /** Not of what was removed. */
  readonly new?: JsonValue;
}

/** How two JSON values differ. */
export interface SemanticDiff {
  /** In the order of the new value; what was removed stands where it was. */
  readonly differences: readonly Difference[];
  /** Differences that were ignored. */
  readonly ignored: number;
}

export interface DiffOptions {
  readonly ignore?: Ignored;
}

/** In lists longer than this on both sides, items are too many to be matched with each other. */
const LIST_MAX = 2000;

/**
 * Where two JSON values differ in their meaning: the order of properties has none, nor how a number is written. Items of
 * lists are matched by what names them (an id, a component with its variable, a measurand with its phase), else by their
 * place. Undefined where the values are too large for that.
 */
export function semanticDiff(a: JsonValue, b: JsonValue, { ignore = {} }: DiffOptions = {}): SemanticDiff | undefined {
  const names = new WeakMap<object, string>();
  const [longest, other] = [nameItems(a, ignore, names), nameItems(b, ignore, names)];
  if (longest === undefined || other === undefined || Math.min(longest, other) > LIST_MAX) return undefined;
  const differ: DiffPatcher = create({
    objectHash: (item) => names.get(item),
    arrays: { detectMove: true, includeValueOnMove: false },
  });
  const reader = new DeltaReader(names, ignore);
  reader.read(differ.diff(a, b), { old: a, new: b, path: '', oldPath: '' });
  return { differences: reader.differences, ignored: reader.ignored };
}

/**
 * Names what stands in the lists of a value. Yields the length of the longest list; undefined where a property is
 * called as one that every object inherits (`__proto__`, `valueOf`): the library loses it, or fails.
 */
function nameItems(root: JsonValue, ignore: Ignored, names: WeakMap<object, string>): number | undefined {
  let longest = 0;
  const open: JsonValue[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      const items = value as readonly JsonValue[];
      longest = Math.max(longest, items.length);
      const identities = identitiesOf(items, ignore);
      for (const [index, item] of items.entries()) {
        const identity = identities[index];
        if (identity !== undefined && isContainer(item)) names.set(item, identity);
        open.push(item);
      }
    } else if (isJsonObject(value)) {
      if (Object.keys(value).some((name) => name in Object.prototype)) return undefined;
      for (const child of Object.values(value)) open.push(child);
    }
  }
  return longest;
}

/** A place in both values. */
interface Place {
  readonly old: JsonValue | undefined;
  readonly new: JsonValue | undefined;
  readonly path: string;
  readonly oldPath: string;
}

/** Reads the library's delta as a list of differences. */
class DeltaReader {
  readonly differences: Difference[] = [];
  ignored = 0;
  readonly #names: WeakMap<object, string>;
  readonly #ignore: Ignored;

  constructor(names: WeakMap<object, string>, ignore: Ignored) {
    this.#names = names;
    this.#ignore = ignore;
  }

  read(delta: Delta, place: Place): void {
    if (delta === undefined) return;
    if (Array.isArray(delta))
      this.#take(delta.length === 1 ? 'added' : delta.length === 2 ? 'changed' : 'removed', place);
    else if (Array.isArray(place.old) && Array.isArray(place.new)) this.#readList(delta, place, place.old, place.new);
    else this.#readObject(delta, place);
  }

  #readObject(delta: object, place: Place): void {
    for (const [name, child] of Object.entries(delta) as [string, Delta][]) {
      this.read(child, {
        old: propertyOf(place.old, name),
        new: propertyOf(place.new, name),
        path: childPointer(place.path, name),
        oldPath: childPointer(place.oldPath, name),
      });
    }
  }

  /** In a list's delta `_3` is about the item that was at 3, `3` about the one that is there now. */
  #readList(delta: object, place: Place, olds: readonly JsonValue[], news: readonly JsonValue[]): void {
    const keys = Object.keys(delta).filter((key) => key !== '_t');
    const indexOf = (key: string): number => Number(key.replace('_', ''));
    const oldIndexes = this.#oldIndexes(olds);
    // What was removed comes before what is in its place now.
    const order = (one: string, other: string): number => indexOf(one) - indexOf(other) || (one < other ? 1 : -1);
    for (const key of keys.sort(order)) {
      const child = (delta as Readonly<Record<string, Delta>>)[key];
      const index = indexOf(key);
      if (!key.startsWith('_')) {
        const item = news[index];
        const name = isContainer(item) ? this.#names.get(item) : undefined;
        const oldIndex = (name === undefined ? undefined : oldIndexes.get(name)) ?? index;
        this.read(child, {
          old: olds[oldIndex],
          new: item,
          path: childPointer(place.path, index),
          oldPath: childPointer(place.oldPath, oldIndex),
        });
      } else if (Array.isArray(child) && child[2] === 3) {
        const to = Number(child[1]);
        this.#take('moved', {
          old: olds[index],
          new: news[to],
          path: childPointer(place.path, to),
          oldPath: childPointer(place.oldPath, index),
        });
      } else {
        this.#take('removed', {
          old: olds[index],
          new: undefined,
          path: childPointer(place.path, index),
          oldPath: childPointer(place.oldPath, index),
        });
      }
    }
  }

  #oldIndexes(olds: readonly JsonValue[]): ReadonlyMap<string, number> {
    const indexes = new Map<string, number>();
    for (const [index, item] of olds.entries()) {
      const name = isContainer(item) ? this.#names.get(item) : undefined;
      if (name !== undefined) indexes.set(name, index);
    }
    return indexes;
  }

  #take(kind: Difference['kind'], { old, new: next, path, oldPath }: Place): void {
    if (kind === 'changed' && this.#isExpected(path, old, next)) {
      this.ignored += 1;
      return;
    }
    this.differences.push({
      kind,
      path: kind === 'removed' ? oldPath : path,
      ...(kind !== 'removed' && kind !== 'added' && oldPath !== path ? { oldPath } : {}),
      ...(kind === 'added' ? {} : { old }),
      ...(kind === 'removed' ? {} : { new: next }),
    });
  }

  #isExpected(path: string, old: JsonValue | undefined, next: JsonValue | undefined): boolean {
    if (this.#ignore.times && isInstant(old) && isInstant(next)) return true;
    return this.#ignore.ids === true && isHandedOutId(pointerKeys(path));
  }
}

function isContainer(value: JsonValue | undefined): value is JsonObject | readonly JsonValue[] {
  return typeof value === 'object' && value !== null;
}

function propertyOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
