import { EOF, type IRecognitionException, type IToken, tokenMatcher } from 'chevrotain';
import { And, CloseParenthesis, In, OpenBracket, OpenParenthesis, OperatorToken, Or, Point } from './tokens.ts';

/** A syntax error in words, and the token at fault. */
export interface SyntaxSentence {
  readonly token: IToken | undefined;
  readonly sentence: string;
}

/** Says what is wrong, for someone who has never seen a grammar. */
export function sentenceOf(error: IRecognitionException, tokens: readonly IToken[]): SyntaxSentence {
  // At the end of the text there is no token: what stands last is shown.
  const last = tokens.at(-1);
  const atEnd = error.token.tokenType === EOF;
  const before = 'previousToken' in error ? (error.previousToken as IToken | undefined) : undefined;
  const token = atEnd ? last : error.token;
  const after = atEnd ? last : before;
  if (error.name === 'NotAllInputParsedException') return { token, sentence: leftOver(error.token, tokens) };
  const missing = atEnd ? ` after ${shown(after)}` : ' here';
  switch (error.context.ruleStack.at(-1)) {
    case 'literal':
      return { token, sentence: `A value is missing${missing}, such as "text", 5 or error.` };
    case 'membership':
      if (last !== undefined && atEnd && last.image !== '[' && !tokenMatcher(last, In)) {
        return { token, sentence: 'The list of values is not closed.' };
      }
      return { token, sentence: 'A list of values in brackets is expected, such as in ["a", "b"].' };
    case 'step':
      return { token, sentence: stepSentence(after) };
    default: {
      const open = unclosed(tokens);
      if (error.name === 'MismatchedTokenException' && open) {
        return { token: open, sentence: 'This parenthesis is not closed.' };
      }
      return { token, sentence: `A condition is missing${missing}, such as action == "Heartbeat".` };
    }
  }
}

function stepSentence(after: IToken | undefined): string {
  if (after?.image === '.') return 'The name of a property is missing after the point.';
  if (after?.image === '[') return `[*], [0] or ['name'] is expected here.`;
  return 'The bracket is not closed.';
}

function leftOver(token: IToken, tokens: readonly IToken[]): string {
  const start = 'A condition starts with a field, such as action or payload.eventType.';
  if (token.tokenType === CloseParenthesis) return 'This parenthesis closes none.';
  if (tokenMatcher(token, And) || tokenMatcher(token, Or)) return `A condition is missing before ${shown(token)}.`;
  if (tokenMatcher(token, OperatorToken) || token === tokens[0]) return start;
  if (token.tokenType === Point || token.tokenType === OpenBracket) {
    return 'A field is compared with a value, not with another field.';
  }
  return `and or or is missing before ${shown(token)}.`;
}

/** The first parenthesis that none closes. */
function unclosed(tokens: readonly IToken[]): IToken | undefined {
  const open: IToken[] = [];
  for (const token of tokens) {
    if (token.tokenType === OpenParenthesis) open.push(token);
    else if (token.tokenType === CloseParenthesis) open.pop();
  }
  return open[0];
}

function shown(token: IToken | undefined): string {
  const image = token?.image ?? 'this';
  return image.length > 24 ? `${image.slice(0, 23)}…` : image;
}
