import { type IToken, tokenMatcher } from 'chevrotain';
import { LEXER } from '../../../session/filter/grammar.ts';
import type { Problem, TextRange } from '../../../session/filter/problem.ts';
import {
  And,
  CloseBracket,
  Exists,
  False,
  In,
  Not,
  Null,
  NumberToken,
  OpenBracket,
  OperatorToken,
  Or,
  Point,
  Text,
  Time,
  True,
  UnclosedText,
  Version,
} from '../../../session/filter/tokens.ts';

/** How a part of an expression is coloured. */
export type PartKind = 'plain' | 'field' | 'keyword' | 'operator' | 'text' | 'value';

/** A part of an expression that looks the same throughout. */
export interface Part extends TextRange {
  readonly kind: PartKind;
  readonly severity: Problem['severity'] | null;
}

/**
 * An expression cut into parts: all of its text, in its order. What is wrong at its end is marked on one place more,
 * which has no text.
 */
export function partsOf(text: string, problems: readonly Problem[]): readonly Part[] {
  const coloured = colours(text);
  const marks = problems.map(({ start, end, severity }) => ({ start, end: Math.max(end, start + 1), severity }));
  const atEnd = marks.some(({ end }) => end > text.length);
  const cuts = new Set([0, text.length, ...(atEnd ? [text.length + 1] : [])]);
  for (const { start, end } of [...coloured, ...marks]) cuts.add(start).add(Math.min(end, text.length + 1));
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, index) => {
    const here = marks.filter((mark) => mark.start <= start && start < mark.end).map(({ severity }) => severity);
    return {
      start,
      end: places[index + 1] ?? start,
      kind: coloured.find((part) => part.start <= start && start < part.end)?.kind ?? 'plain',
      severity: here.includes('error') ? 'error' : (here[0] ?? null),
    };
  });
}

interface Coloured extends TextRange {
  readonly kind: PartKind;
}

function colours(text: string): readonly Coloured[] {
  const { tokens } = LEXER.tokenize(text);
  let inList = false;
  return tokens.map((token, index) => {
    const before = tokens[index - 1];
    if (token.tokenType === OpenBracket && is(before, In)) inList = true;
    if (token.tokenType === CloseBracket) inList = false;
    const start = token.startOffset;
    return { start, end: start + token.image.length, kind: kindOf(token, before, inList) };
  });
}

function kindOf(token: IToken, before: IToken | undefined, inList: boolean): PartKind {
  const type = token.tokenType;
  if (type === Text || type === UnclosedText) return 'text';
  if (before?.tokenType === Point) return 'field';
  if ([NumberToken, Time, Version, True, False, Null].includes(type)) return 'value';
  if (tokenMatcher(token, OperatorToken)) return 'operator';
  if ([And, Or, Not, In, Exists].some((keyword) => tokenMatcher(token, keyword))) return 'keyword';
  if (!/^\w/.test(token.image)) return 'plain';
  return inList || is(before, OperatorToken) ? 'value' : 'field';
}

function is(token: IToken | undefined, type: typeof In): boolean {
  return token !== undefined && tokenMatcher(token, type);
}
