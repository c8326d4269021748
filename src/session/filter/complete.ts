import { type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import { actionNearby } from './action-nearby.ts';
import type { FieldRef } from './ast.ts';
import { expectedAfter } from './expected-tokens.ts';
import { ALIASES, FIELDS, type FieldType, isFieldName, operatorsOf, typeOfField } from './fields.ts';
import { LEXER } from './grammar.ts';
import type { FilterKnowledge, KnownProperty } from './knowledge.ts';
import { FILTER_LENGTH_MAX, parseFilter } from './parse.ts';
import { quote } from './print.ts';
import type { TextRange } from './problem.ts';
import {
  And,
  CloseBracket,
  CloseParenthesis,
  Exists,
  In,
  Name,
  Not,
  NumberToken,
  OpenParenthesis,
  OperatorToken,
  Or,
  Point,
  Star,
  Text,
  UnclosedText,
  Word,
} from './tokens.ts';

/** Something that could stand at the caret; `insert` takes the place of the range. */
export interface Suggestion extends TextRange {
  readonly kind: 'field' | 'property' | 'operator' | 'value' | 'keyword';
  readonly insert: string;
  /** What it is, where that is known. */
  readonly detail?: string;
}

type Offer = Pick<Suggestion, 'kind' | 'insert' | 'detail'>;

/** Suggestions that are given at most. */
const SUGGESTIONS_MAX = 200;

/** What could stand at a place of a filter, as it is so far. Never throws. */
export function complete(text: string, offset: number, knowledge: FilterKnowledge): readonly Suggestion[] {
  if (text.length > FILTER_LENGTH_MAX) return [];
  const { tokens } = LEXER.tokenize(text);
  const begun = tokens.find((token) => isBegun(token, offset));
  const start = begun?.startOffset ?? offset;
  const before = tokens.filter((token) => token !== begun && token.startOffset < start);
  const around = tokens.filter((token) => token !== begun);
  const action = actionNearby(around, before.length);
  const offers = new Offers(text, before, action, knowledge).all();
  const typed = text.slice(start, offset).replace(/^["']/, '').toLowerCase();
  const end = begun === undefined || begun.tokenType === UnclosedText ? offset : begun.startOffset + begun.image.length;
  return fitting(offers, typed).map((offer) => ({ ...offer, start, end }));
}

/** Whether the caret is in or at the end of something that is being written. */
function isBegun(token: IToken, offset: number): boolean {
  const begins = token.startOffset < offset && offset <= token.startOffset + token.image.length;
  const closed = token.tokenType === Text && offset === token.startOffset + token.image.length;
  const written = [Text, UnclosedText, NumberToken].includes(token.tokenType) || tokenMatcher(token, Name);
  return begins && written && !closed;
}

/** Those that start with what was typed, then those that contain it. */
function fitting(offers: readonly Offer[], typed: string): readonly Offer[] {
  const place = ({ insert }: Offer): number => insert.replace(/^"/, '').toLowerCase().indexOf(typed);
  const starting = offers.filter((offer) => place(offer) === 0);
  return [...starting, ...offers.filter((offer) => place(offer) > 0)].slice(0, SUGGESTIONS_MAX);
}

class Offers {
  readonly #text: string;
  readonly #before: readonly IToken[];
  readonly #action: string | undefined;
  readonly #knowledge: FilterKnowledge;

  constructor(text: string, before: readonly IToken[], action: string | undefined, knowledge: FilterKnowledge) {
    this.#text = text;
    this.#before = before;
    this.#action = action;
    this.#knowledge = knowledge;
  }

  all(): readonly Offer[] {
    const seen = new Set<string>();
    const offers: Offer[] = [];
    for (const { token, rule } of expectedAfter(this.#before)) {
      const key = rule === 'literal' ? rule : `${rule} ${token.name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      offers.push(...this.#of(rule, token));
    }
    return offers;
  }

  #of(rule: string, token: TokenType): readonly Offer[] {
    if (rule === 'literal') return this.#values();
    if (rule === 'field' && token === Word) return fieldOffers();
    if (rule === 'step') return this.#steps(token);
    if (token === OperatorToken) return this.#operators();
    const type = this.#typeBefore();
    if (token === In && type?.kind !== 'boolean') return [{ kind: 'operator', insert: 'in' }];
    if (token === Not && rule === 'membership' && type?.kind !== 'boolean')
      return [{ kind: 'operator', insert: 'not in' }];
    if (token === Exists && type?.kind === 'json') return [{ kind: 'operator', insert: 'exists' }];
    const word = KEYWORDS.get(token);
    return word !== undefined && rule !== 'membership' ? [{ kind: 'keyword', insert: word }] : [];
  }

  #steps(token: TokenType): readonly Offer[] {
    if (token === Star) return [{ kind: 'keyword', insert: '*', detail: 'Any item' }];
    if (token !== Name) return [];
    const field = this.#fieldBefore(this.#before.length - 1);
    if (field?.kind === 'row') return rowSteps(field.name);
    return (this.#properties(field) ?? []).map(({ name, description }) => ({
      kind: 'property',
      insert: name,
      detail: description,
    }));
  }

  #operators(): readonly Offer[] {
    const type = this.#typeBefore();
    return (type ? operatorsOf(type) : []).map((insert) => ({ kind: 'operator', insert }));
  }

  #values(): readonly Offer[] {
    const field = this.#comparedField();
    const type = field && typeOfField(field);
    if (field === undefined || type === undefined) return [];
    const property = this.#property(field);
    const isBoolean = type.kind === 'boolean' || property?.type === 'boolean';
    if (isBoolean) return [value('true'), value('false')];
    if (type.kind === 'enum') return [...new Set(Object.values(type.values))].map((name) => value(wordFor(type, name)));
    const texts = field.kind === 'row' ? this.#texts(field.name) : property?.values;
    return (texts ?? []).map((text) => value(quote(text)));
  }

  #texts(field: string): readonly string[] | undefined {
    switch (field) {
      case 'station':
        return this.#knowledge.stations;
      case 'action':
        return this.#knowledge.actions;
      case 'errorCode':
        return this.#knowledge.errorCodes;
      case 'finding.rule':
        return this.#knowledge.rules;
    }
    return undefined;
  }

  /** The field to which a value belongs that could stand here: before its operator or its list. */
  #comparedField(): FieldRef | undefined {
    let index = this.#before.length - 1;
    if (!this.#is(index, OperatorToken)) {
      while (index >= 0 && !this.#is(index, In)) index -= 1;
      if (this.#is(index - 1, Not)) index -= 1;
    }
    return this.#fieldBefore(index);
  }

  #typeBefore(): FieldType | undefined {
    const field = this.#fieldBefore(this.#before.length);
    if (field === undefined) return undefined;
    const property = this.#property(field)?.type;
    if (property === 'number') return { kind: 'number', unit: 'none' };
    return property === 'string' || property === 'boolean' ? { kind: property } : typeOfField(field);
  }

  /** The field whose last token is the one before the index. */
  #fieldBefore(index: number): FieldRef | undefined {
    let first = index - 1;
    while (first > 0 && (this.#is(first, CloseBracket) || this.#is(first - 1, Point))) {
      first -= this.#is(first, CloseBracket) ? 3 : 2;
    }
    const [head, last] = [this.#before[first], this.#before[index - 1]];
    if (head?.tokenType !== Word || last === undefined) return undefined;
    const { node } = parseFilter(this.#text.slice(head.startOffset, last.startOffset + last.image.length));
    return node?.kind === 'exists' ? node.field : undefined;
  }

  #property(field: FieldRef): KnownProperty | undefined {
    const last = field.kind === 'payload' ? field.path.at(-1) : undefined;
    if (field.kind !== 'payload' || last === undefined) return undefined;
    const path = field.path.slice(0, -1);
    // What stands in a list is of the kind that the list says.
    if (last.kind !== 'key') return this.#property({ ...field, path });
    return this.#properties({ ...field, path })?.find(({ name }) => name === last.name);
  }

  #properties(field: FieldRef | undefined): readonly KnownProperty[] | undefined {
    if (field?.kind !== 'payload') return undefined;
    return this.#knowledge.properties(this.#action, field.side, field.path);
  }

  #is(index: number, type: TokenType): boolean {
    const token = this.#before[index];
    return token !== undefined && tokenMatcher(token, type);
  }
}

const KEYWORDS: ReadonlyMap<TokenType, string> = new Map([
  [And, 'and'],
  [Or, 'or'],
  [Not, 'not'],
  [OpenParenthesis, '('],
  [CloseParenthesis, ')'],
]);

function fieldOffers(): readonly Offer[] {
  const payloads: readonly (readonly [string, string])[] = [
    ['payload', 'Payload of the message'],
    ['request', 'Payload of the request of the exchange'],
    ['response', 'Payload of the answer of the exchange'],
  ];
  const rows = Object.entries(FIELDS).map(([name, { words }]) => [name, words] as const);
  const aliases = Object.entries(ALIASES).map(([name, field]) => [name, FIELDS[field].words] as const);
  return [...rows, ...payloads, ...aliases].map(([insert, detail]) => ({ kind: 'field', insert, detail }));
}

/** What follows `finding.`, say. */
function rowSteps(head: string): readonly Offer[] {
  return Object.keys(FIELDS)
    .filter((name) => name.startsWith(`${head}.`))
    .map((name) => ({
      kind: 'field',
      insert: name.slice(head.length + 1),
      detail: isFieldName(name) ? FIELDS[name].words : undefined,
    }));
}

/** The first way to write a value of an enumeration. */
function wordFor(type: Extract<FieldType, { kind: 'enum' }>, name: string): string {
  return Object.keys(type.values).find((word) => type.values[word] === name) ?? name;
}

function value(insert: string): Offer {
  return { kind: 'value', insert };
}
