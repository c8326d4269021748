import type { FieldRef, FilterNode, Literal, Operator } from './ast.ts';
import { ALIASES, FIELDS, isFieldName, typeOfField } from './fields.ts';
import type { FilterKnowledge } from './knowledge.ts';
import { meaningOf, textOf } from './meaning.ts';
import { type ParsedFilter, parseFilter } from './parse.ts';
import { fieldText, quote } from './print.ts';
import { mistake, type Problem, type TextRange, warning } from './problem.ts';
import { hint } from './spelling.ts';

/** Local time is no matter to whether a filter has a meaning. */
const UTC = { offsetAt: () => 0 };

/** What is wrong with the meaning of a filter that was read: errors; and warnings from what is known of the capture. */
export function checkFilter({ node, places }: ParsedFilter, knowledge?: FilterKnowledge): readonly Problem[] {
  const problems: Problem[] = [];
  const place = (...parts: readonly (object | undefined)[]): TextRange =>
    parts.map((part) => part && places.get(part)).find((range) => range !== undefined) ?? { start: 0, end: 0 };
  if (node !== undefined) new Checker(problems, place, knowledge).check(node, undefined);
  return problems.sort((a, b) => a.start - b.start);
}

/** A filter that can be used, or what is wrong with it; an empty text is a filter that lets everything pass. */
export interface ReadFilter {
  /** Undefined where everything passes, or where there is an error among the problems. */
  readonly filter?: FilterNode;
  readonly problems: readonly Problem[];
}

/** Reads and checks a filter. Never throws. */
export function readFilter(text: string, knowledge?: FilterKnowledge): ReadFilter {
  const parsed = parseFilter(text);
  // What is half written is not judged as well.
  const meaning = checkFilter(parsed, knowledge).filter(
    ({ start, end }) => !parsed.problems.some((syntax) => syntax.start < end && start < syntax.end),
  );
  const problems = [...parsed.problems, ...meaning].sort((a, b) => a.start - b.start);
  const usable = problems.every(({ severity }) => severity === 'warning');
  return { filter: usable ? parsed.node : undefined, problems };
}

class Checker {
  readonly #problems: Problem[];
  readonly #place: (...parts: readonly (object | undefined)[]) => TextRange;
  readonly #knowledge: FilterKnowledge | undefined;

  constructor(
    problems: Problem[],
    place: (...parts: readonly (object | undefined)[]) => TextRange,
    knowledge: FilterKnowledge | undefined,
  ) {
    this.#problems = problems;
    this.#place = place;
    this.#knowledge = knowledge;
  }

  /** `action` is the one that this part of the filter is about, where a condition beside it says so. */
  check(node: FilterNode, action: string | undefined): void {
    switch (node.kind) {
      case 'and': {
        const said = node.operands.map(actionIn).find((name) => name !== undefined) ?? action;
        for (const operand of node.operands) this.check(operand, said);
        break;
      }
      case 'or':
        for (const operand of node.operands) this.check(operand, action);
        break;
      case 'not':
        this.check(node.operand, action);
        break;
      case 'compare':
        this.#comparison(node, node.field, node.operator, [node.value], action);
        break;
      case 'in':
        if (node.values.length === 0) this.#mistake('The list has no values.', node);
        this.#comparison(node, node.field, '==', node.values, action);
        break;
      case 'exists':
        this.#field(node.field, action);
        break;
      case 'text':
        if (node.text === '') this.#warning('This text is empty; every frame contains it.', node);
    }
  }

  #comparison(
    node: FilterNode,
    field: FieldRef,
    operator: Operator,
    values: readonly Literal[],
    action: string | undefined,
  ): void {
    this.#field(field, action);
    const type = typeOfField(field);
    if (type === undefined) return;
    const meaning = meaningOf(fieldText(field), type, operator === '!=' ? '==' : operator, values, UTC);
    if (meaning.kind === 'senseless') this.#mistake(meaning.sentence, meaning.value, node);
    else if (operator === '==' || operator === '!=') for (const value of values) this.#value(field, value, action);
  }

  #field(field: FieldRef, action: string | undefined): void {
    if (field.kind === 'payload') {
      this.#path(field, action);
      return;
    }
    if (isFieldName(field.name)) return;
    const names = [...Object.keys(FIELDS), ...Object.keys(ALIASES), 'payload', 'request', 'response'];
    const end = hint(field.name, names);
    this.#mistake(`There is no field ${field.name}${end || '.'}`, field);
  }

  #path(field: Extract<FieldRef, { kind: 'payload' }>, action: string | undefined): void {
    if (action === undefined) return;
    for (const [index, step] of field.path.entries()) {
      const known = this.#knowledge?.properties(action, field.side, field.path.slice(0, index));
      // Of an action that is not known, and of data of a vendor, nothing is said.
      if (known === undefined || known.length === 0) return;
      if (step.kind !== 'key' || known.some(({ name }) => name === step.name)) continue;
      const names = known.map(({ name }) => name);
      const end = hint(step.name, names) || '.';
      this.#warning(`${action} has no ${quote(step.name)} there${end}`, field);
      return;
    }
  }

  #value(field: FieldRef, literal: Literal, action: string | undefined): void {
    const text = textOf(literal);
    const known = text === undefined ? undefined : this.#valuesOf(field, action);
    if (text === undefined || known === undefined || known.includes(text)) return;
    const end = hint(text, known) || '.';
    this.#warning(`${quote(text)} is no known value of ${fieldText(field)}${end}`, literal);
  }

  /** The values that a field can have, where they are few enough to be told. */
  #valuesOf(field: FieldRef, action: string | undefined): readonly string[] | undefined {
    if (field.kind === 'row') {
      if (field.name === 'action') return this.#knowledge?.actions;
      return field.name === 'errorCode' ? this.#knowledge?.errorCodes : undefined;
    }
    const last = field.path.at(-1);
    if (action === undefined || last?.kind !== 'key') return undefined;
    const properties = this.#knowledge?.properties(action, field.side, field.path.slice(0, -1));
    return properties?.find(({ name }) => name === last.name)?.values;
  }

  #mistake(sentence: string, ...parts: readonly (object | undefined)[]): void {
    this.#problems.push(mistake(this.#place(...parts), sentence));
  }

  #warning(sentence: string, ...parts: readonly (object | undefined)[]): void {
    this.#problems.push(warning(this.#place(...parts), sentence));
  }
}

/** The action that a condition demands. */
function actionIn(node: FilterNode): string | undefined {
  const isAction = node.kind === 'compare' && node.field.kind === 'row' && node.field.name === 'action';
  return isAction && node.operator === '==' ? textOf(node.value) : undefined;
}
