import { type CstNode, type IRecognitionException, type IToken, tokenMatcher } from 'chevrotain';
import type { FilterNode } from './ast.ts';
import { GRAMMAR, LEXER } from './grammar.ts';
import { mistake, type Problem, type TextRange } from './problem.ts';
import { sentenceOf } from './syntax-sentences.ts';
import { type Places, TreeBuilder } from './syntax-tree.ts';
import { CloseParenthesis, Not, OpenParenthesis } from './tokens.ts';

/** The longest filter, in UTF-16 code units. */
export const FILTER_LENGTH_MAX = 4000;
/** How deep parentheses and `not` may be nested. */
export const FILTER_DEPTH_MAX = 64;

/** A text that was read as a filter. */
export interface ParsedFilter {
  /** Undefined where the text is empty, or so wrong that nothing of it is known. With problems it is not whole. */
  readonly node?: FilterNode;
  readonly problems: readonly Problem[];
  /** Where the parts of the tree stand. */
  readonly places: Places;
}

/** Reads a filter; its syntax only. Never throws. An empty text is no filter and no problem. */
export function parseFilter(text: string): ParsedFilter {
  const places = new Map<object, TextRange>();
  if (text.length > FILTER_LENGTH_MAX) {
    const sentence = `A filter has at most ${FILTER_LENGTH_MAX} characters; this one has ${text.length}.`;
    return { problems: [mistake({ start: FILTER_LENGTH_MAX, end: text.length }, sentence)], places };
  }
  const { tokens, errors } = LEXER.tokenize(text);
  const problems = errors.map(({ offset, length }) => {
    const range = { start: offset, end: offset + length };
    return mistake(range, `${text.slice(range.start, range.end)} has no meaning here.`);
  });
  const deep = tooDeep(tokens);
  if (deep !== undefined) {
    const sentence = `Parentheses and not are nested at most ${FILTER_DEPTH_MAX} deep.`;
    return { problems: [...problems, mistake(rangeOf(deep), sentence)], places };
  }
  GRAMMAR.input = tokens;
  const tree: CstNode = GRAMMAR.filter();
  for (const error of GRAMMAR.errors) {
    const problem = syntaxProblem(error, tokens);
    // What the parser did to recover it may stumble over as well.
    if (!problems.some(({ start }) => start === problem.start)) problems.push(problem);
  }
  const builder = new TreeBuilder(places, problems);
  const node = builder.filter(tree);
  problems.sort((a, b) => a.start - b.start);
  return { node, problems, places };
}

/** Where a token stands. */
export function rangeOf(token: IToken): TextRange {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

function syntaxProblem(error: IRecognitionException, tokens: readonly IToken[]): Problem {
  const { token, sentence } = sentenceOf(error, tokens);
  return mistake(token === undefined ? { start: 0, end: 0 } : rangeOf(token), sentence);
}

/** The parser is recursive: the first token that goes too deep, if one does. */
function tooDeep(tokens: readonly IToken[]): IToken | undefined {
  // What each open parenthesis adds: itself, and each `not` before it.
  const open: number[] = [];
  let depth = 0;
  let nots = 0;
  for (const token of tokens) {
    if (tokenMatcher(token, Not)) {
      nots += 1;
    } else if (token.tokenType === OpenParenthesis) {
      open.push(nots + 1);
      depth += nots + 1;
      nots = 0;
    } else {
      if (token.tokenType === CloseParenthesis) depth -= open.pop() ?? 0;
      nots = 0;
    }
    if (depth + nots > FILTER_DEPTH_MAX) return token;
  }
  return undefined;
}
