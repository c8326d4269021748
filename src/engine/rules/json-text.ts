import { type Node, parseTree } from 'jsonc-parser';
import { nestingFault } from '../../ocpp/json-fault.ts';

export type { Node };

/** The tree of a JSON text, with the place of every value; undefined where it is none, or is nested too deep to edit. */
export function treeOf(text: string): Node | undefined {
  if (nestingFault(text) !== undefined) return undefined;
  try {
    // The tree's own parser is more lenient about white space.
    JSON.parse(text);
    return parseTree(text, undefined, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return undefined;
  }
}

/** What keys lead to. Of a property that stands there twice, the last one counts, as it does for `JSON.parse`. */
export function nodeAt(root: Node, keys: readonly string[]): Node | undefined {
  let node: Node | undefined = root;
  for (const key of keys) {
    if (node === undefined) return undefined;
    if (node.type === 'object') {
      node = propertiesOf(node).findLast((property) => keyOf(property) === key)?.children?.[1];
    } else {
      node = node.type === 'array' && isIndex(key) ? node.children?.[Number(key)] : undefined;
    }
  }
  return node;
}

/** The text of a value exactly as it stands. */
export function rawOf(text: string, node: Node): string {
  return text.slice(node.offset, endOf(node));
}

/** The text with this one in place of a value; all else stays as it came. */
export function replaced(text: string, node: Node, raw: string): string {
  return splice(text, node.offset, endOf(node), raw);
}

/** The text with a property added to an object, behind those that it has. */
export function withProperty(text: string, object: Node, key: string, raw: string): string {
  const last = object.children?.at(-1);
  const property = `${JSON.stringify(key)}:${raw}`;
  if (last !== undefined) return splice(text, endOf(last), endOf(last), `,${property}`);
  return splice(text, object.offset + 1, object.offset + 1, property);
}

/** The text with an item put into an array before the one of that index, or at its end. */
export function withItem(text: string, array: Node, index: number, raw: string): string {
  const items = array.children ?? [];
  const before = items[index];
  if (before !== undefined) return splice(text, before.offset, before.offset, `${raw},`);
  const last = items.at(-1);
  if (last !== undefined) return splice(text, endOf(last), endOf(last), `,${raw}`);
  return splice(text, array.offset + 1, array.offset + 1, raw);
}

/** The text without a property or an item; undefined where there is none at that key. */
export function without(text: string, container: Node, key: string): string | undefined {
  const children = container.children ?? [];
  const isGone = (child: Node, index: number): boolean =>
    container.type === 'object' ? keyOf(child) === key : isIndex(key) && index === Number(key);
  const first = children.findIndex(isGone);
  const gone = children[first];
  if (gone === undefined || (container.type !== 'object' && container.type !== 'array')) return undefined;
  if (children.some((child, index) => index > first && isGone(child, index))) {
    // A property that stands there more than once goes altogether, and with it what stands between.
    const kept = children.filter((child, index) => !isGone(child, index)).map((child) => rawOf(text, child));
    return replaced(text, container, `{${kept.join(',')}}`);
  }
  const [before, after] = [children[first - 1], children[first + 1]];
  if (after !== undefined) return splice(text, gone.offset, after.offset, '');
  return splice(text, before === undefined ? gone.offset : endOf(before), endOf(gone), '');
}

/** Whether a key of a pointer is the index of an item (RFC 6901, 4). */
export function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(key);
}

function propertiesOf(object: Node): readonly Node[] {
  return object.children ?? [];
}

function keyOf(property: Node): unknown {
  return property.children?.[0]?.value;
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

function splice(text: string, start: number, end: number, raw: string): string {
  return text.slice(0, start) + raw + text.slice(end);
}
