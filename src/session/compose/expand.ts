import { visit } from 'jsonc-parser';
import type { JsonValue } from '../../ocpp/json.ts';
import { type Outcome, success } from '../outcome.ts';
import { readVariable, type Variable } from './variable.ts';

/** A piece of a text: literal, or a variable. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly variable: Variable };

const OPEN = '{{';
const CLOSE = '}}';

/** A text as it is to be written where it is to stay as it is: `{{` is doubled. */
export function escapeBraces(text: string): string {
  return text.replaceAll(OPEN, OPEN + OPEN);
}

/** What a text consists of. Where a variable is wrong, the first one that is says why. */
export function piecesOf(text: string): Outcome<readonly Piece[]> {
  const pieces: Piece[] = [];
  let literal = '';
  let from = 0;
  for (;;) {
    const at = text.indexOf(OPEN, from);
    if (at < 0) break;
    literal += text.slice(from, at);
    if (text.startsWith(OPEN, at + OPEN.length)) {
      literal += OPEN;
      from = at + 2 * OPEN.length;
      continue;
    }
    const end = closeOf(text, at + OPEN.length);
    if (end === undefined) return UNCLOSED;
    const read = readVariable(text.slice(at + OPEN.length, end));
    if (!read.ok) return read;
    if (literal !== '') pieces.push({ kind: 'text', text: literal });
    literal = '';
    pieces.push({ kind: 'variable', variable: read.value });
    from = end + CLOSE.length;
  }
  literal += text.slice(from);
  if (literal !== '' || pieces.length === 0) pieces.push({ kind: 'text', text: literal });
  return success(pieces);
}

const UNCLOSED = {
  ok: false,
  error: { code: 'variable-open', sentence: 'A variable is not closed with }}; {{{{ stands for two braces.' },
} as const;

/** Where the braces close that opened before `from`; those in the quotes of a filter do not count. */
function closeOf(text: string, from: number): number | undefined {
  const pattern = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|(?<close>\}\})/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match.groups?.close) return match.index;
  }
  return undefined;
}

/** The strings of a JSON document that have something to expand, with what they consist of. */
export function templatesIn(document: string): readonly (PlacedPieces | PlacedFault)[] {
  const found: (PlacedPieces | PlacedFault)[] = [];
  if (!document.includes(OPEN)) return found;
  const take = (text: unknown, start: number, length: number, name: boolean): void => {
    if (typeof text !== 'string' || !text.includes(OPEN)) return;
    const pieces = piecesOf(text);
    const place = { start, end: start + length, name };
    found.push(pieces.ok ? { ...place, pieces: pieces.value } : { ...place, fault: pieces.error.sentence });
  };
  try {
    visit(document, {
      onObjectProperty: (property, offset, length) => take(property, offset, length, true),
      onLiteralValue: (value, offset, length) => take(value, offset, length, false),
    });
  } catch {
    // The visitor recurses, and has run out of stack.
    return [{ start: 0, end: 0, name: false, fault: 'This is nested too deeply to look for variables.' }];
  }
  return found;
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** Whether it is the name of a property, which is always a text. */
  readonly name: boolean;
}

/** A string literal with variables at its place in a document. */
export interface PlacedPieces extends Place {
  readonly pieces: readonly Piece[];
}

/** A string literal whose variables are wrong, and why. */
export interface PlacedFault extends Place {
  readonly fault: string;
}

/** The value of each variable as it comes; the same one may be asked for again and get another value. */
export type Values = (variable: Variable) => Outcome<JsonValue>;

/**
 * A JSON document with its variables replaced; all else stays as it is, to the character. A string that is one
 * variable and nothing else becomes the variable's value, with its type; in a longer one the value stands as text.
 * Fails with the first sentence of what is wrong: nothing is guessed.
 */
export function expand(document: string, values: Values): Outcome<string> {
  let expanded = '';
  let from = 0;
  for (const template of templatesIn(document)) {
    if ('fault' in template) return { ok: false, error: { code: 'variable-wrong', sentence: template.fault } };
    const value = valueIn(template, values);
    if (!value.ok) return value;
    expanded += document.slice(from, template.start) + JSON.stringify(value.value);
    from = template.end;
  }
  return success(expanded + document.slice(from));
}

function valueIn({ pieces, name }: PlacedPieces, values: Values): Outcome<JsonValue> {
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === 'variable' && !name) return values(only.variable);
  let text = '';
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      text += piece.text;
      continue;
    }
    const value = values(piece.variable);
    if (!value.ok) return value;
    text += typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
  }
  return success(text);
}
