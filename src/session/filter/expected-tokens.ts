import {
  Alternation,
  Alternative,
  type IProduction,
  type IToken,
  NonTerminal,
  Option,
  Repetition,
  RepetitionWithSeparator,
  Terminal,
  type TokenType,
  tokenMatcher,
} from 'chevrotain';
import { GRAMMAR } from './grammar.ts';

/** A kind of token that may come next, and the rule of the grammar in which it would stand. */
export interface Expected {
  readonly token: TokenType;
  readonly rule: string;
}

/** What is still to come: the rest of some productions, then the rest of what they stand in. */
interface Rest {
  readonly productions: readonly IProduction[];
  readonly rule: string;
  readonly outer: Rest | undefined;
}

interface Next extends Expected {
  readonly rest: Rest | undefined;
}

/**
 * Every kind of token that may follow these; none where they are no beginning of a filter. It walks the grammar that
 * Chevrotain recorded, for Chevrotain itself answers this no longer since its version 12.
 */
export function expectedAfter(tokens: readonly IToken[]): readonly Expected[] {
  let next = nextOf(ruleRest('filter', undefined));
  for (const token of tokens) {
    next = next.filter((expected) => tokenMatcher(token, expected.token)).flatMap(({ rest }) => nextOf(rest));
  }
  return next;
}

function ruleRest(rule: string, outer: Rest | undefined): Rest {
  return { productions: GRAMMAR.getGAstProductions()[rule]?.definition ?? [], rule, outer };
}

/** The tokens with which this rest may start. */
function nextOf(rest: Rest | undefined): readonly Next[] {
  if (rest === undefined) return [];
  const [first, ...others] = rest.productions;
  if (first === undefined) return nextOf(rest.outer);
  const { rule } = rest;
  const after: Rest = { productions: others, rule, outer: rest.outer };
  const into = (productions: readonly IProduction[], outer: Rest): readonly Next[] =>
    nextOf({ productions, rule, outer });
  if (first instanceof Terminal) return [{ token: first.terminalType, rule, rest: after }];
  if (first instanceof NonTerminal) return nextOf(ruleRest(first.nonTerminalName, after));
  if (first instanceof Alternation) return first.definition.flatMap((each) => into([each], after));
  if (first instanceof Alternative) return into(first.definition, after);
  if (first instanceof Option) return [...into(first.definition, after), ...nextOf(after)];
  if (first instanceof Repetition) return [...into(first.definition, rest), ...nextOf(after)];
  if (first instanceof RepetitionWithSeparator) {
    const separator = new Terminal({ terminalType: first.separator });
    const again = new Repetition({ definition: [separator, ...first.definition] });
    return [...into(first.definition, { ...after, productions: [again, ...others] }), ...nextOf(after)];
  }
  return [];
}
