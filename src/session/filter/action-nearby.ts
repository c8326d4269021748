import { type IToken, tokenMatcher } from 'chevrotain';
import { CloseParenthesis, OpenParenthesis, Or, Text, Word } from './tokens.ts';

/**
 * The action that a place in a filter is about: that of a condition `action == X` which has to hold as well, on either
 * side of it or around its parentheses. `index` counts tokens; it may point behind the last one.
 */
export function actionNearby(tokens: readonly IToken[], index: number): string | undefined {
  return search(tokens, index - 1, -1) ?? search(tokens, index, 1);
}

/** Goes one way: what stands behind an `or` does not have to hold, what stands around the parentheses does. */
function search(tokens: readonly IToken[], from: number, step: 1 | -1): string | undefined {
  const [opening, closing] = step < 0 ? [CloseParenthesis, OpenParenthesis] : [OpenParenthesis, CloseParenthesis];
  let depth = 0;
  let alternative = false;
  for (let index = from; index >= 0 && index < tokens.length; index += step) {
    const token = tokens[index];
    if (token === undefined) return undefined;
    if (token.tokenType === opening) depth += 1;
    else if (token.tokenType === closing && depth > 0) depth -= 1;
    else if (token.tokenType === closing) alternative = false;
    else if (depth === 0 && tokenMatcher(token, Or)) alternative = true;
    else if (depth === 0 && !alternative) {
      const action = actionAt(tokens, index);
      if (action !== undefined) return action;
    }
  }
  return undefined;
}

/** The value of `action == value` where it starts here. */
function actionAt(tokens: readonly IToken[], index: number): string | undefined {
  const [field, operator, value] = tokens.slice(index, index + 3);
  if (field?.image !== 'action' || operator?.image !== '==' || tokens[index - 1]?.image === '.') return undefined;
  if (value?.tokenType === Text) return value.image.slice(1, -1);
  return value?.tokenType === Word ? value.image : undefined;
}
