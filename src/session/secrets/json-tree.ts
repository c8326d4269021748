import { createScanner, type SyntaxKind } from 'jsonc-parser';

/** A value, or the name of a property, where it stands in a text. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'other';
  /** In UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** What a string means, or else how the token is written; empty for objects and arrays. */
  readonly value: string;
  /** The name of the property whose value it is. */
  readonly name: JsonNode | undefined;
  readonly children: readonly JsonNode[];
}

interface Open extends JsonNode {
  readonly children: JsonNode[];
}

/**
 * The values of a text that may be JSON, as far as they can be told. Never fails: what is cut or misplaced is taken for
 * what it looks like, and a text may be of several values. Not recursive, since peers decide how deep a text is nested.
 */
export function jsonNodes(text: string): readonly JsonNode[] {
  const scanner = createScanner(text, true);
  const top: JsonNode[] = [];
  const open: Open[] = [];
  let name: JsonNode | undefined;
  for (let kind = scanner.scan(); kind !== TOKEN.EOF; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    switch (kind) {
      case TOKEN.CommaToken:
        name = undefined;
        break;
      case TOKEN.ColonToken:
        break;
      case TOKEN.CloseBraceToken:
      case TOKEN.CloseBracketToken:
        open.pop();
        name = undefined;
        break;
      case TOKEN.OpenBraceToken:
      case TOKEN.OpenBracketToken: {
        const node: Open = {
          kind: kind === TOKEN.OpenBraceToken ? 'object' : 'array',
          start,
          end,
          value: '',
          name,
          children: [],
        };
        (open.at(-1)?.children ?? top).push(node);
        open.push(node);
        name = undefined;
        break;
      }
      default: {
        const owner = open.at(-1);
        const node: JsonNode = {
          kind: KINDS[kind] ?? 'other',
          start,
          end,
          value: scanner.getTokenValue(),
          name,
          children: [],
        };
        if (owner?.kind === 'object' && name === undefined) name = node;
        else {
          (owner?.children ?? top).push(node);
          name = undefined;
        }
      }
    }
  }
  return top;
}

/** `SyntaxKind` is a const enum of the library's types, which has no value at run time. */
const TOKEN = {
  OpenBraceToken: 1 satisfies SyntaxKind.OpenBraceToken,
  CloseBraceToken: 2 satisfies SyntaxKind.CloseBraceToken,
  OpenBracketToken: 3 satisfies SyntaxKind.OpenBracketToken,
  CloseBracketToken: 4 satisfies SyntaxKind.CloseBracketToken,
  CommaToken: 5 satisfies SyntaxKind.CommaToken,
  ColonToken: 6 satisfies SyntaxKind.ColonToken,
  EOF: 17 satisfies SyntaxKind.EOF,
} as const;
/** Of tokens that are values. */
const KINDS: Readonly<Record<number, JsonNode['kind'] | undefined>> = { 10: 'string', 11: 'number' } satisfies Readonly<
  Record<SyntaxKind.StringLiteral | SyntaxKind.NumericLiteral, JsonNode['kind']>
>;
