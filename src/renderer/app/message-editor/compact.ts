import { createScanner, type SyntaxKind } from 'jsonc-parser';

/**
 * JSON without the white space between its tokens, every token as it stands; what is no JSON is left as it is. The
 * editor lays a frame out for reading: without an edit, this leads back to the frame as most peers write it.
 */
export function compactJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const tokens: string[] = [];
  const scanner = createScanner(text, true);
  for (let kind = scanner.scan(); kind !== END; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    tokens.push(text.slice(start, start + scanner.getTokenLength()));
  }
  return tokens.join('');
}

/** `SyntaxKind` is a const enum of the library's types, which has no value at run time. */
const END = 17 satisfies SyntaxKind.EOF;
