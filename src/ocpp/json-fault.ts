import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';

/** Where a text stops being JSON. */
export interface JsonFault {
  /** Offset in UTF-16 code units. */
  readonly offset: number;
  /** What is wrong there, such as `property name expected`. */
  readonly words: string;
}

/** The first fault of a text that is not JSON; undefined where it cannot be told, as in very deep nesting. */
export function firstJsonFault(text: string): JsonFault | undefined {
  let first: JsonFault | undefined;
  try {
    visit(
      text,
      {
        onError(error, offset) {
          first = { offset, words: wordsOf(error) };
          // There may be millions more: a text has as many faults as tokens.
          throw FOUND;
        },
      },
      { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false },
    );
  } catch {
    // Either the fault was found, or the visitor, which recurses, has run out of stack.
  }
  return first;
}

/**
 * Brackets may be nested this deep. JSON sets no limit (RFC 8259, 9 leaves it to the reader), but `JSON.parse` takes
 * seconds and a gigabyte for the 16 million levels that fit into one frame.
 */
const NESTING_MAX = 200_000;

/** The place where a text is nested deeper than is read here, if there is one. */
export function nestingFault(text: string): JsonFault | undefined {
  if (text.length <= NESTING_MAX) return undefined;
  let depth = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === QUOTE) {
      offset = endOfString(text, offset);
    } else if (code === BRACKET || code === BRACE) {
      if (++depth > NESTING_MAX) return { offset, words: `nested deeper than ${NESTING_MAX} levels` };
    } else if (code === BRACKET + 2 || code === BRACE + 2) {
      depth--;
    }
  }
  return undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** The closing ones come two after. */
const BRACKET = 0x5b;
const BRACE = 0x7b;

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end > 0 ? end : text.length;
}

function isEscaped(text: string, offset: number): boolean {
  let first = offset;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (offset - first) % 2 === 1;
}

const FOUND = new Error('found');

function wordsOf(error: ParseErrorCode): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
