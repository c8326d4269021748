// biome-ignore-all lint/correctness/noComponentHookFactories: ALT and DEF are properties of Chevrotain, no components of React.
import { CstParser, Lexer } from 'chevrotain';
import {
  And,
  CloseBracket,
  CloseParenthesis,
  Comma,
  Exists,
  False,
  In,
  Name,
  Not,
  Null,
  NumberToken,
  OpenBracket,
  OpenParenthesis,
  OperatorToken,
  Or,
  Point,
  Star,
  Text,
  Time,
  TOKENS,
  True,
  UnclosedText,
  Version,
  Word,
} from './tokens.ts';

/** The grammar of the filter language. After a mistake it goes on where it can. */
class FilterGrammar extends CstParser {
  filter = this.RULE('filter', () => {
    this.OPTION(() => this.SUBRULE(this.disjunction));
  });

  disjunction = this.RULE('disjunction', () => {
    this.SUBRULE(this.conjunction);
    this.MANY(() => {
      this.CONSUME(Or);
      this.SUBRULE2(this.conjunction);
    });
  });

  conjunction = this.RULE('conjunction', () => {
    this.SUBRULE(this.negation);
    this.MANY(() => {
      this.CONSUME(And);
      this.SUBRULE2(this.negation);
    });
  });

  negation = this.RULE('negation', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(Not);
          this.SUBRULE(this.negation);
        },
      },
      {
        ALT: () => {
          this.CONSUME(OpenParenthesis);
          this.SUBRULE(this.disjunction);
          this.CONSUME(CloseParenthesis);
        },
      },
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.CONSUME(UnclosedText) },
      { ALT: () => this.SUBRULE(this.condition) },
    ]);
  });

  condition = this.RULE('condition', () => {
    this.SUBRULE(this.field);
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(OperatorToken);
            this.SUBRULE(this.literal);
          },
        },
        { ALT: () => this.SUBRULE(this.membership) },
        { ALT: () => this.CONSUME(Exists) },
      ]),
    );
  });

  membership = this.RULE('membership', () => {
    this.OPTION(() => this.CONSUME(Not));
    this.CONSUME(In);
    this.CONSUME(OpenBracket);
    this.MANY_SEP({ SEP: Comma, DEF: () => this.SUBRULE(this.literal) });
    this.CONSUME(CloseBracket);
  });

  field = this.RULE('field', () => {
    this.CONSUME(Word);
    this.MANY(() => this.SUBRULE(this.step));
  });

  step = this.RULE('step', () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(Point);
          this.CONSUME(Name);
        },
      },
      {
        ALT: () => {
          this.CONSUME(OpenBracket);
          this.OR2([
            { ALT: () => this.CONSUME(Star) },
            { ALT: () => this.CONSUME(NumberToken) },
            { ALT: () => this.CONSUME(Text) },
          ]);
          this.CONSUME(CloseBracket);
        },
      },
    ]);
  });

  literal = this.RULE('literal', () => {
    this.OR([
      { ALT: () => this.CONSUME(Text) },
      { ALT: () => this.CONSUME(UnclosedText) },
      { ALT: () => this.CONSUME(Time) },
      { ALT: () => this.CONSUME(Version) },
      { ALT: () => this.CONSUME(NumberToken) },
      { ALT: () => this.CONSUME(True) },
      { ALT: () => this.CONSUME(False) },
      { ALT: () => this.CONSUME(Null) },
      { ALT: () => this.CONSUME(Word) },
    ]);
  });

  constructor() {
    super([...TOKENS], { recoveryEnabled: true, maxLookahead: 2 });
    this.performSelfAnalysis();
  }
}

/** Cuts a filter into tokens; it keeps nothing between two texts. */
export const LEXER = new Lexer([...TOKENS], { positionTracking: 'onlyOffset' });

/** Made once, for its analysis takes some milliseconds; `input` starts it afresh with every text. */
export const GRAMMAR = new FilterGrammar();
