import { type Edit, edited } from './edits.ts';

/** Where in its text a JSON string stands, quotes included, and what it means; or a number, as it is written. */
export interface StringLiteral {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/**
 * Edits of what a string means, which are in order, as edits of the text in which it stands: every other character stays
 * as it is written there, escapes too. What is cut, no string, or not as RFC 8259, 7 has it, is written anew
 * as a string.
 */
export function literalEdits(text: string, literal: StringLiteral, edits: readonly Edit[]): readonly Edit[] {
  const { start, end, value } = literal;
  const places = placesIn(
    text.slice(start, end),
    value,
    edits.flatMap((edit) => [edit.start, edit.end]),
  );
  if (places === undefined) return [{ start, end, replacement: JSON.stringify(edited(value, edits)) }];
  return edits.map(({ replacement }, index) => ({
    start: start + (places[2 * index] ?? 0),
    end: start + (places[2 * index + 1] ?? 0),
    replacement: JSON.stringify(replacement).slice(1, -1),
  }));
}

/**
 * Where the code units of these ascending indices begin in a literal. Undefined where the literal is not the JSON of the
 * value.
 */
function placesIn(literal: string, value: string, indices: readonly number[]): readonly number[] | undefined {
  const places: number[] = [];
  let at = 1;
  for (let index = 0; index <= value.length; index++) {
    while (indices[places.length] === index) places.push(at);
    if (index === value.length) break;
    const code = value.charCodeAt(index);
    if (literal.charCodeAt(at) !== BACKSLASH) {
      if (literal.charCodeAt(at) !== code) return undefined;
      at += 1;
      continue;
    }
    const kind = literal.charAt(at + 1);
    const escaped = kind === 'u' ? Number.parseInt(literal.slice(at + 2, at + 6), 16) : ESCAPED.get(kind);
    if (escaped !== code) return undefined;
    at += kind === 'u' ? 6 : 2;
  }
  return at === literal.length - 1 && literal.endsWith('"') ? places : undefined;
}

const BACKSLASH = 0x5c;
/** Code units by the letter behind the backslash. */
const ESCAPED: ReadonlyMap<string, number> = new Map([
  ['"', 0x22],
  ['\\', BACKSLASH],
  ['/', 0x2f],
  ['b', 0x08],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
]);
