import { type Node, parseTree } from 'jsonc-parser';
import { pointerKeys } from './json-pointer.ts';

/** A stretch of a text, in UTF-16 code units. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the value that a JSON pointer names stands in the text of a frame. `element` is the index of the payload in
 * the frame's array, at which the pointer starts: 3 for CALL and SEND, 2 for CALLRESULT, 4 for the details of an
 * error. Undefined where there is no such value, or where the text is nested too deep to be read. Never throws.
 */
export function locate(text: string, element: number, pointer: string): Place | undefined {
  let node: Node | undefined;
  try {
    node = parseTree(text);
  } catch {
    return undefined;
  }
  for (const key of [String(element), ...pointerKeys(pointer)]) {
    node = childOf(node, key);
    if (node === undefined) return undefined;
  }
  return node && { offset: node.offset, length: node.length };
}

function childOf(node: Node | undefined, key: string): Node | undefined {
  if (node?.type === 'array') return /^(?:0|[1-9]\d*)$/.test(key) ? node.children?.[Number(key)] : undefined;
  if (node?.type !== 'object') return undefined;
  // Of a name that occurs twice JSON.parse takes the last.
  return node.children?.findLast((property) => property.children?.[0]?.value === key)?.children?.[1];
}
