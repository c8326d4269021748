import { createToken, Lexer, type TokenType } from 'chevrotain';

/** Words that can be a property's name: plain ones and, after a point, keywords. */
export const Name = createToken({ name: 'Name', pattern: Lexer.NA });
export const Word = createToken({ name: 'Word', pattern: /[A-Za-z_][\w-]*/, categories: Name });

export const And = keyword('And', /and/i);
export const Or = keyword('Or', /or/i);
export const Not = keyword('Not', /not/i);
export const In = keyword('In', /in/i);
export const Exists = keyword('Exists', /exists/i);
export const True = keyword('True', /true/);
export const False = keyword('False', /false/);
export const Null = keyword('Null', /null/);

/** Everything that stands between a field and a value. */
export const OperatorToken = createToken({ name: 'Operator', pattern: Lexer.NA });
const Contains = keyword('Contains', /contains/i, OperatorToken);
const Matches = keyword('Matches', /matches/i, OperatorToken);
const Sign = createToken({ name: 'Sign', pattern: /[=!<>]=|[<>]/, categories: OperatorToken });
/** Taken for `==`, with a word about it. */
export const Equals = createToken({ name: 'Equals', pattern: '=', categories: OperatorToken });
const AndSign = createToken({ name: 'AndSign', pattern: '&&', categories: And });
const OrSign = createToken({ name: 'OrSign', pattern: '||', categories: Or });
const NotSign = createToken({ name: 'NotSign', pattern: '!', categories: Not });

export const OpenParenthesis = createToken({ name: 'OpenParenthesis', pattern: '(' });
export const CloseParenthesis = createToken({ name: 'CloseParenthesis', pattern: ')' });
export const OpenBracket = createToken({ name: 'OpenBracket', pattern: '[' });
export const CloseBracket = createToken({ name: 'CloseBracket', pattern: ']' });
export const Comma = createToken({ name: 'Comma', pattern: ',' });
export const Point = createToken({ name: 'Point', pattern: '.' });
export const Star = createToken({ name: 'Star', pattern: '*' });

/** In either kind of quotes. A backslash stands for itself but before a backslash and the quote. */
export const Text = createToken({
  name: 'Text',
  pattern: /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/,
  line_breaks: true,
});
/** A quote that is not closed, with all that follows it. */
export const UnclosedText = createToken({ name: 'UnclosedText', pattern: /["'][\s\S]*/, line_breaks: true });
export const Time = createToken({
  name: 'Time',
  pattern: /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?|\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?/,
});
/** A version such as 2.0.1, which is no number. */
export const Version = createToken({ name: 'Version', pattern: /\d+\.\d+\.\d+/ });
/** With the letters that follow it, which should be a unit. */
export const NumberToken = createToken({ name: 'Number', pattern: /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[A-Za-zµ]*/ });

const Blank = createToken({ name: 'Blank', pattern: /\s+/, group: Lexer.SKIPPED, line_breaks: true });

/** In the order in which they are tried. */
export const TOKENS: readonly TokenType[] = [
  ...[Blank, Text, UnclosedText, Time, Version, NumberToken],
  ...[Sign, Equals, AndSign, OrSign, NotSign],
  ...[OpenParenthesis, CloseParenthesis, OpenBracket, CloseBracket, Comma, Point, Star],
  ...[And, Or, Not, In, Exists, True, False, Null, Contains, Matches],
  ...[Word, Name, OperatorToken],
];

function keyword(name: string, pattern: RegExp, ...categories: TokenType[]): TokenType {
  return createToken({ name, pattern, longer_alt: Word, categories: [Name, ...categories] });
}
