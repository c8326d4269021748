import type { CstNode, IToken } from 'chevrotain';
import {
  type FieldRef,
  type FilterNode,
  joined,
  type Literal,
  OPERATORS,
  type Operator,
  PAYLOAD_SIDES,
  type PathStep,
  type PayloadSide,
} from './ast.ts';
import { ALIASES } from './fields.ts';
import { stepText } from './print.ts';
import { mistake, type Problem, type TextRange } from './problem.ts';

/** Where the nodes, fields and values of a tree stand in the text. */
export type Places = ReadonlyMap<object, TextRange>;

const NUMBER_PARTS = /^(?<digits>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?<unit>.*)$/;

/** Makes filters of what the grammar found; what a mistake has broken is left out. */
export class TreeBuilder {
  readonly #places: Map<object, TextRange>;
  readonly #problems: Problem[];

  constructor(places: Map<object, TextRange>, problems: Problem[]) {
    this.#places = places;
    this.#problems = problems;
  }

  /** The filter of the rule `filter`. */
  filter(tree: CstNode): FilterNode | undefined {
    const [node] = rules(tree, 'disjunction');
    return node && this.#disjunction(node);
  }

  #disjunction(tree: CstNode): FilterNode | undefined {
    const nodes = rules(tree, 'conjunction').map((node) => this.#conjunction(node));
    return this.#placed(tree, joined('or', nodes.filter(isThere)));
  }

  #conjunction(tree: CstNode): FilterNode | undefined {
    const nodes = rules(tree, 'negation').map((node) => this.#negation(node));
    return this.#placed(tree, joined('and', nodes.filter(isThere)));
  }

  #negation(tree: CstNode): FilterNode | undefined {
    const [inner] = rules(tree, 'negation');
    if (inner !== undefined) {
      const operand = this.#negation(inner);
      return this.#placed(tree, operand && { kind: 'not', operand });
    }
    const [group] = rules(tree, 'disjunction');
    if (group !== undefined) return this.#disjunction(group);
    const quoted = tokens(tree, 'Text')[0] ?? tokens(tree, 'UnclosedText')[0];
    if (quoted !== undefined) return this.#placed(tree, { kind: 'text', text: this.#textOf(quoted) });
    const [condition] = rules(tree, 'condition');
    return condition && this.#condition(condition);
  }

  #condition(tree: CstNode): FilterNode | undefined {
    const [fieldTree] = rules(tree, 'field');
    const field = fieldTree && this.#field(fieldTree);
    if (field === undefined) return undefined;
    const [operator] = tokens(tree, 'Operator');
    const [membership] = rules(tree, 'membership');
    if (membership !== undefined) {
      const values = rules(membership, 'literal').map((node) => this.#literal(node));
      const negated = tokens(membership, 'Not').length > 0;
      return this.#placed(tree, { kind: 'in', field, negated, values: values.filter(isThere) });
    }
    if (operator === undefined) return this.#placed(tree, { kind: 'exists', field });
    const [literal] = rules(tree, 'literal');
    const value = literal && this.#literal(literal);
    return this.#placed(tree, value && { kind: 'compare', field, operator: this.#operator(operator), value });
  }

  #operator(token: IToken): Operator {
    if (token.image === '=') this.#mistake(token, 'Equality is written ==.');
    return OPERATORS.find((name) => name === token.image.toLowerCase()) ?? '==';
  }

  #field(tree: CstNode): FieldRef | undefined {
    const [head] = tokens(tree, 'Word');
    if (head === undefined || head.image === '') return undefined;
    const steps = rules(tree, 'step').map((step) => this.#step(step));
    const side = PAYLOAD_SIDES.find((name) => name === head.image);
    const field = side ? this.#payload(side, steps) : row(head.image, steps);
    return this.#placed(tree, field);
  }

  #payload(side: PayloadSide, steps: readonly (PathStep | undefined)[]): FieldRef {
    return { kind: 'payload', side, path: steps.filter(isThere) };
  }

  #step(tree: CstNode): PathStep | undefined {
    const [name] = tokens(tree, 'Name');
    if (name !== undefined) return { kind: 'key', name: name.image };
    const [quoted] = tokens(tree, 'Text');
    if (quoted !== undefined) return { kind: 'key', name: this.#textOf(quoted) };
    if (tokens(tree, 'Star').length > 0) return { kind: 'any' };
    const [number] = tokens(tree, 'Number');
    if (number === undefined) return undefined;
    if (!/^\d{1,9}$/.test(number.image)) this.#mistake(number, 'An item is named by its number, from 0 on.');
    return { kind: 'index', index: Number.parseInt(number.image, 10) };
  }

  #literal(tree: CstNode): Literal | undefined {
    const [token] = Object.values(tree.children).flat();
    if (token === undefined || !('image' in token)) return undefined;
    const literal = this.#literalOf(token);
    return this.#placed(tree, literal);
  }

  #literalOf(token: IToken): Literal | undefined {
    const { image } = token;
    switch (token.tokenType.name) {
      case 'Text':
      case 'UnclosedText':
        return { kind: 'string', value: this.#textOf(token) };
      case 'Time':
        return { kind: 'time', value: image };
      case 'Number': {
        const { digits = '', unit = '' } = NUMBER_PARTS.exec(image)?.groups ?? {};
        // Adding 0 makes 0 of -0.
        return { kind: 'number', value: Number(digits) + 0, ...(unit === '' ? {} : { unit }) };
      }
      case 'True':
      case 'False':
        return { kind: 'boolean', value: image === 'true' };
      case 'Null':
        return { kind: 'null' };
      default:
        return image === '' ? undefined : { kind: 'word', value: image };
    }
  }

  #textOf(token: IToken): string {
    const closed = token.tokenType.name === 'Text';
    if (!closed) this.#mistake(token, 'This text has no closing quote.');
    const inner = token.image.slice(1, closed ? -1 : undefined);
    // A lone surrogate stands in no frame, for those are UTF-8.
    return inner.replace(/\\([\\"'])/g, '$1').toWellFormed();
  }

  #mistake(token: IToken, sentence: string): void {
    const { startOffset, image } = token;
    this.#problems.push(mistake({ start: startOffset, end: startOffset + image.length }, sentence));
  }

  #placed<T extends object | undefined>(tree: CstNode, made: T): T {
    const range = rangeOf(tree);
    if (made !== undefined && range !== undefined && !this.#places.has(made)) this.#places.set(made, range);
    return made;
  }
}

/** A field of the row by its name in full; brackets have no place in one. */
function row(head: string, steps: readonly (PathStep | undefined)[]): FieldRef {
  const name = head + steps.map((step) => (step ? stepText(step) : '[]')).join('');
  return { kind: 'row', name: Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name };
}

function rules(tree: CstNode, name: string): readonly CstNode[] {
  return (tree.children[name] ?? []).filter((child): child is CstNode => 'children' in child);
}

function tokens(tree: CstNode, name: string): readonly IToken[] {
  return (tree.children[name] ?? []).filter((child): child is IToken => 'image' in child);
}

/** From the first to the last token of a tree. */
function rangeOf(tree: CstNode): TextRange | undefined {
  let start = Number.POSITIVE_INFINITY;
  let end = -1;
  for (const child of Object.values(tree.children).flat()) {
    const range = 'image' in child ? tokenRange(child) : rangeOf(child);
    if (range === undefined) continue;
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  return end < 0 ? undefined : { start, end };
}

function tokenRange({ startOffset, image }: IToken): TextRange | undefined {
  return Number.isNaN(startOffset) ? undefined : { start: startOffset, end: startOffset + image.length };
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}
