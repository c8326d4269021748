import { pointerKeys } from '../../../ocpp/json-pointer.ts';

/** A stretch of a text, in UTF-16 code units. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** A text laid out for reading, and where in it the places that were asked for came to stand. */
export interface PrettyText {
  readonly text: string;
  /** False where the text is no JSON and was left as it is. */
  readonly json: boolean;
  /** By pointer into the whole text's value; one that leads nowhere is missing. */
  readonly byPointer: ReadonlyMap<string, Stretch>;
  /** By offset in the original text. */
  readonly byOffset: ReadonlyMap<number, Stretch>;
}

/** Nothing is indented deeper, and nothing any more in a text grown by so much: hostile nesting stays readable. */
const DEPTH_MAX = 48;
const GROWTH_MAX = 5;
const SMALL = 65_536;
const INDENT = '  ';
const WHITE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const SCALAR = /[^,:\]}[{" \t\r\n]+/y;

interface Wanted {
  pointer: string | undefined;
  readonly children: Map<string, Wanted>;
}

interface Level {
  readonly array: boolean;
  /** Its members stand on lines of their own. */
  readonly lines: boolean;
  readonly wanted: Wanted | undefined;
  index: number;
}

/**
 * Lays out JSON without changing a number, a string or a duplicate key: only white space between tokens is new. The
 * outer array of a frame stays on one line, so that the payload is what one sees. Works in one pass, without recursion.
 */
export function prettyPrint(raw: string, pointers: readonly string[], offsets: readonly number[]): PrettyText {
  if (!isJson(raw)) return verbatim(raw, offsets);
  const out: string[] = [];
  let length = 0;
  const emit = (text: string): void => {
    out.push(text);
    length += text.length;
  };
  const byPointer = new Map<string, Stretch>();
  const byOffset = new Map<number, Stretch>();
  const places = [...offsets].sort((a, b) => a - b);
  const root = trieOf(pointers);
  const levels: Level[] = [];
  let depth = 0;
  let at = 0;
  /** The key that stands before the value that comes next. */
  let key: { name: string; stretch: Stretch } | undefined;

  const budget = GROWTH_MAX * raw.length + SMALL;
  const line = (): void => {
    if (levels.at(-1)?.lines && length < budget) emit(`\n${INDENT.repeat(depth)}`);
  };
  const token = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    return pattern.exec(raw)?.[0] ?? raw.charAt(at);
  };
  const wantedHere = (): Wanted | undefined => {
    const level = levels.at(-1);
    return level ? level.wanted?.children.get(level.array ? String(level.index) : (key?.name ?? '')) : root;
  };
  /** Notes where a value stands: a container by its key, else by its bracket. */
  const note = (wanted: Wanted | undefined, value: string, container: boolean): void => {
    if (wanted?.pointer === undefined) return;
    byPointer.set(wanted.pointer, container && key ? key.stretch : { start: length, length: value.length });
  };

  while (true) {
    at += token(WHITE).length;
    if (at >= raw.length) break;
    const character = raw.charAt(at);
    const text = character === '"' ? token(STRING) : '{}[],:'.includes(character) ? character : token(SCALAR);
    while (places[0] !== undefined && places[0] < at + text.length) {
      byOffset.set(places[0], { start: length + Math.max(0, places[0] - at), length: 1 });
      places.shift();
    }
    const level = levels.at(-1);
    if (text === '{' || text === '[') {
      const wanted = wantedHere();
      note(wanted, text, true);
      key = undefined;
      emit(text);
      const closing = text === '{' ? '}' : ']';
      const outer = levels.length === 0 && text === '[';
      const empty = nextSolid(raw, at + 1) === closing;
      const lines = !outer && !empty && depth < DEPTH_MAX;
      levels.push({ array: text === '[', lines, wanted, index: 0 });
      if (lines) depth++;
      line();
    } else if (text === '}' || text === ']') {
      if (level?.lines) {
        depth--;
        line();
      }
      levels.pop();
      emit(text);
    } else if (text === ',') {
      if (level) level.index++;
      emit(level?.lines ? ',' : ', ');
      line();
    } else if (text === ':') emit(': ');
    else if (level && !level.array && key === undefined) {
      key = { name: JSON.parse(text) as string, stretch: { start: length, length: text.length } };
      emit(text);
      at += text.length;
      continue;
    } else {
      note(wantedHere(), text, false);
      emit(text);
      key = undefined;
    }
    at += text.length;
  }
  return { text: out.join(''), json: true, byPointer, byOffset };
}

function verbatim(raw: string, offsets: readonly number[]): PrettyText {
  const byOffset = new Map(offsets.map((offset) => [offset, { start: Math.min(offset, raw.length), length: 1 }]));
  return { text: raw, json: false, byPointer: new Map(), byOffset };
}

function isJson(raw: string): boolean {
  try {
    JSON.parse(raw);
    return true;
  } catch {
    return false;
  }
}

function nextSolid(raw: string, at: number): string {
  WHITE.lastIndex = at;
  return raw.charAt(at + (WHITE.exec(raw)?.[0].length ?? 0));
}

function trieOf(pointers: readonly string[]): Wanted {
  const root: Wanted = { pointer: undefined, children: new Map() };
  for (const pointer of pointers) {
    let node = root;
    for (const key of pointerKeys(pointer)) {
      const next = node.children.get(key) ?? { pointer: undefined, children: new Map() };
      node.children.set(key, next);
      node = next;
    }
    node.pointer = pointer;
  }
  return root;
}
