import { createScanner, type JSONScanner } from 'jsonc-parser';
import { nestingFault } from '../../ocpp/json-fault.ts';

/** A JSON value at its place in a text: all of the text, or a part of it. */
export interface JsonPlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A property or an item. */
interface Member {
  readonly key: string;
  /** Where it starts: a property with its name. */
  readonly start: number;
  readonly value: JsonPlace;
}

/** The value that a text is; undefined where it is no JSON. */
export function jsonIn(text: string): JsonPlace | undefined {
  if (nestingFault(text) !== undefined) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const start = text.length - text.trimStart().length;
  return { text, start, end: text.trimEnd().length };
}

/** The text of a value exactly as it stands. */
export function rawOf({ text, start, end }: JsonPlace): string {
  return text.slice(start, end);
}

/** Whether a value is an object, an array, or neither. */
export function kindOf({ text, start }: JsonPlace): 'object' | 'array' | 'scalar' {
  if (text[start] === '{') return 'object';
  return text[start] === '[' ? 'array' : 'scalar';
}

/**
 * What keys lead to. Of a property that stands there twice, the last one counts, as it does for `JSON.parse`. Nothing is
 * read but what is on the way, and nothing recursively.
 */
export function valueAt(root: JsonPlace, keys: readonly string[]): JsonPlace | undefined {
  let value: JsonPlace | undefined = root;
  for (const key of keys) {
    const found: JsonPlace | undefined = value && memberOf(value, key)?.value;
    if (found === undefined) return undefined;
    value = found;
  }
  return value;
}

/** How many items an array has. */
export function lengthOf(array: JsonPlace): number {
  return [...membersOf(array)].length;
}

/** The value with another in the place of one within it; all else stays as it came. */
export function replaced(root: JsonPlace, { start, end }: JsonPlace, raw: string): JsonPlace {
  return spliced(root, start, end, raw);
}

/** The value with a property added to an object within it, behind those that it has. */
export function withProperty(root: JsonPlace, object: JsonPlace, key: string, raw: string): JsonPlace {
  return appended(root, object, `${JSON.stringify(key)}:${raw}`);
}

/** The value with an item put into an array within it, before the one of that index, or at its end. */
export function withItem(root: JsonPlace, array: JsonPlace, index: number, raw: string): JsonPlace {
  const before = memberOf(array, String(index));
  return before === undefined ? appended(root, array, raw) : spliced(root, before.start, before.start, `${raw},`);
}

/** The value without a property or an item of something within it; undefined where there is none at that key. */
export function without(root: JsonPlace, container: JsonPlace, key: string): JsonPlace | undefined {
  const members = [...membersOf(container)];
  const first = members.findIndex((member) => member.key === key);
  const gone = members[first];
  if (gone === undefined) return undefined;
  if (members.some((member, index) => index > first && member.key === key)) {
    // A property that stands there more than once goes altogether, and with it what stands between.
    const kept = members.filter((member) => member.key !== key);
    const texts = kept.map(({ start, value }) => root.text.slice(start, value.end));
    return replaced(root, container, `{${texts.join(',')}}`);
  }
  const [before, after] = [members[first - 1], members[first + 1]];
  if (after !== undefined) return spliced(root, gone.start, after.start, '');
  return spliced(root, before === undefined ? gone.start : before.value.end, gone.value.end, '');
}

/** Whether a key of a pointer is the index of an item (RFC 6901, 4). */
export function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(key);
}

function appended(root: JsonPlace, container: JsonPlace, raw: string): JsonPlace {
  const last = [...membersOf(container)].at(-1);
  if (last !== undefined) return spliced(root, last.value.end, last.value.end, `,${raw}`);
  return spliced(root, container.start + 1, container.start + 1, raw);
}

function memberOf(container: JsonPlace, key: string): Member | undefined {
  let found: Member | undefined;
  for (const member of membersOf(container)) {
    if (member.key !== key) continue;
    found = member;
    if (kindOf(container) === 'array') break;
  }
  return found;
}

/** The properties or items of a value; none of a scalar. */
function* membersOf(container: JsonPlace): Generator<Member> {
  const { text, start } = container;
  const kind = kindOf(container);
  if (kind === 'scalar') return;
  const scanner = createScanner(text, true);
  scanner.setPosition(start + 1);
  for (let index = 0; ; index++) {
    if (tokenOf(text, scanner) === ',') scanner.scan();
    const memberStart = scanner.getTokenOffset();
    if (memberStart >= container.end - 1) return;
    const key = kind === 'object' ? scanner.getTokenValue() : String(index);
    if (kind === 'object') {
      // The colon, and then the first token of the value.
      scanner.scan();
      scanner.scan();
    }
    const valueStart = scanner.getTokenOffset();
    const end = passValue(text, scanner);
    yield { key, start: memberStart, value: { text, start: valueStart, end } };
  }
}

/** The next token, by its first character. */
function tokenOf(text: string, scanner: JSONScanner): string | undefined {
  scanner.scan();
  return text[scanner.getTokenOffset()];
}

/** Goes over the value whose first token was just read; yields where it ends. */
function passValue(text: string, scanner: JSONScanner): number {
  let depth = 0;
  for (let token = text[scanner.getTokenOffset()]; ; token = tokenOf(text, scanner)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return scanner.getTokenOffset() + scanner.getTokenLength();
  }
}

function spliced(root: JsonPlace, start: number, end: number, raw: string): JsonPlace {
  const text = root.text.slice(0, start) + raw + root.text.slice(end);
  return { text, start: root.start, end: root.end + text.length - root.text.length };
}
