import { pointerKeys } from '../../ocpp/json-pointer.ts';

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

/**
 * Lays out JSON without changing a number, a string or a duplicate key: only white space between tokens is new. The
 * outer array of a frame stays on one line, so that the payload is what one sees. Works in one pass, without recursion.
 */
export function prettyPrint(raw: string, pointers: readonly string[], offsets: readonly number[]): PrettyText {
  if (!isJson(raw)) {
    const byOffset = new Map(offsets.map((offset) => [offset, { start: Math.min(offset, raw.length), length: 1 }]));
    return { text: raw, json: false, byPointer: new Map(), byOffset };
  }
  const printer = new Printer(raw, pointers, offsets);
  for (const token of raw.matchAll(TOKEN)) printer.take(token[0], token.index);
  return printer.result();
}

/** Tokens of text that is known to be JSON; what stands between them is white space. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^,:\]}[{"\s]+/gs;
/** Nothing is indented deeper, and nothing any more in a text grown by so much: hostile nesting stays readable. */
const DEPTH_MAX = 48;
const GROWTH_MAX = 5;
const SMALL = 65_536;

/** A pointer that is looked for, as a tree over all of them. */
interface Wanted {
  pointer: string | undefined;
  readonly children: Map<string, Wanted>;
}

/** A container that is open. */
interface Level {
  readonly array: boolean;
  /** Its members stand on lines of their own. */
  readonly lines: boolean;
  readonly wanted: Wanted | undefined;
  index: number;
  /** Nothing was written into it yet. */
  empty: boolean;
}

class Printer {
  readonly #out: string[] = [];
  readonly #byPointer = new Map<string, Stretch>();
  readonly #byOffset = new Map<number, Stretch>();
  readonly #offsets: number[];
  readonly #root: Wanted;
  readonly #budget: number;
  readonly #levels: Level[] = [];
  #length = 0;
  #depth = 0;
  /** The key before the value that comes next. */
  #key: { readonly name: string; readonly stretch: Stretch } | undefined;

  constructor(raw: string, pointers: readonly string[], offsets: readonly number[]) {
    this.#root = treeOf(pointers);
    this.#offsets = [...offsets].sort((a, b) => a - b);
    this.#budget = GROWTH_MAX * raw.length + SMALL;
  }

  take(token: string, offset: number): void {
    const level = this.#levels.at(-1);
    const closes = token === '}' || token === ']';
    if (closes) this.#close(level);
    else if (level?.empty) {
      level.empty = false;
      this.#newLine(level);
    }
    this.#noteOffsets(offset + token.length, offset);
    if (token === '{' || token === '[') this.#open(token);
    else if (token === ',') this.#next(level);
    else if (token === ':') this.#emit(': ');
    else if (closes) this.#emit(token);
    else if (level && !level.array && this.#key === undefined) this.#takeKey(token);
    else {
      this.#noteValue(token.length);
      this.#emit(token);
    }
  }

  result(): PrettyText {
    return { text: this.#out.join(''), json: true, byPointer: this.#byPointer, byOffset: this.#byOffset };
  }

  #open(bracket: string): void {
    const wanted = this.#noteValue(1, true);
    this.#emit(bracket);
    const array = bracket === '[';
    const outer = array && this.#levels.length === 0;
    const lines = !outer && this.#depth < DEPTH_MAX;
    if (lines) this.#depth++;
    this.#levels.push({ array, lines, wanted, index: 0, empty: true });
  }

  #close(level: Level | undefined): void {
    this.#levels.pop();
    if (!level?.lines) return;
    this.#depth--;
    if (!level.empty) this.#newLine(level);
  }

  #next(level: Level | undefined): void {
    if (!level) return;
    level.index++;
    this.#emit(level.lines ? ',' : ', ');
    this.#newLine(level);
  }

  #takeKey(token: string): void {
    this.#key = { name: JSON.parse(token) as string, stretch: { start: this.#length, length: token.length } };
    this.#emit(token);
  }

  /** Notes where a value stands that is looked for: a container by its key, else by its bracket. */
  #noteValue(length: number, container = false): Wanted | undefined {
    const level = this.#levels.at(-1);
    const key = this.#key;
    this.#key = undefined;
    const name = level?.array ? String(level.index) : (key?.name ?? '');
    const wanted = level ? level.wanted?.children.get(name) : this.#root;
    if (wanted?.pointer !== undefined) {
      this.#byPointer.set(wanted.pointer, container && key ? key.stretch : { start: this.#length, length });
    }
    return wanted;
  }

  /** Notes where the offsets before the end of a token came to stand. */
  #noteOffsets(end: number, start: number): void {
    for (let [next] = this.#offsets; next !== undefined && next < end; [next] = this.#offsets) {
      this.#byOffset.set(next, { start: this.#length + Math.max(0, next - start), length: 1 });
      this.#offsets.shift();
    }
  }

  #newLine(level: Level): void {
    if (level.lines && this.#length < this.#budget) this.#emit(`\n${'  '.repeat(this.#depth)}`);
  }

  #emit(text: string): void {
    this.#out.push(text);
    this.#length += text.length;
  }
}

function isJson(raw: string): boolean {
  try {
    JSON.parse(raw);
    return true;
  } catch {
    return false;
  }
}

function treeOf(pointers: readonly string[]): Wanted {
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
