import type { z } from 'zod';
import { isJsonObject } from '../ocpp/json.ts';
import { firstJsonFault } from '../ocpp/json-fault.ts';
import { inWords } from '../ocpp/words.ts';
import { RULES_FORMAT, type Rule, type RuleSettings, ruleSchema, rulesFileSchema } from './rule.ts';

/** The id of the schema in `schemas/rules.schema.json`. */
export const RULES_SCHEMA_ID = 'urn:plugscope:rules:1';
/** Faults that are told at once. */
const FAULTS_MAX = 20;

/** Rules out of a file, or what is wrong with it, in sentences that name the place. */
export type ReadRules =
  | { readonly ok: true; readonly settings: RuleSettings }
  | { readonly ok: false; readonly sentences: readonly string[] };

/** Reads the text of a file of rules. Never throws. */
export function readRulesFile(text: string): ReadRules {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, sentences: [syntaxSentence(text)] };
  }
  const parsed = parsedBy(rulesFileSchema, json);
  if (parsed === undefined) return { ok: false, sentences: [TOO_DEEP] };
  if (!parsed.success) {
    const sentences = parsed.error.issues.flatMap((issue) => sentencesOf(issue, json));
    const rest = sentences.length - FAULTS_MAX;
    return { ok: false, sentences: [...sentences.slice(0, FAULTS_MAX), ...(rest > 0 ? [`And ${rest} more.`] : [])] };
  }
  const { seed, rules } = parsed.data;
  const doubled = doubledIds(rules);
  if (doubled.length > 0) return { ok: false, sentences: doubled };
  return { ok: true, settings: { seed, rules: withIds(rules) } };
}

/** One rule out of a text as it stands in a file, under an id of its own; or what is wrong with it. */
export function readRule(
  text: string,
  id: string,
): { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly sentences: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, sentences: [syntaxSentence(text)] };
  }
  if (!isJsonObject(json)) return { ok: false, sentences: ['A rule is an object.'] };
  const faults = faultsOfRule({ ...json, id });
  if (faults.length > 0) {
    return {
      ok: false,
      sentences: faults.map(({ path, sentence }) => (path === '' ? sentence : `${path}: ${sentence}`)),
    };
  }
  return { ok: true, rule: ruleSchema.parse({ ...json, id }) };
}

/** What is wrong with a rule, by the path within it, such as `action.pointer`. */
export function faultsOfRule(rule: unknown): readonly { readonly path: string; readonly sentence: string }[] {
  const parsed = parsedBy(ruleSchema, rule);
  if (parsed === undefined) return [{ path: '', sentence: TOO_DEEP }];
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) =>
    faultsOf(issue, rule).map(({ path, sentence }) => ({ path: written(path), sentence })),
  );
}

const TOO_DEEP = 'It is nested too deep to be read.';

/** What a schema makes of a value; undefined where the value is nested so deep that the schema, which recurses, fails. */
function parsedBy<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The text of a file of rules. */
export function rulesFileText({ seed, rules }: RuleSettings): string {
  const file = { $schema: RULES_SCHEMA_ID, format: RULES_FORMAT, version: 1, seed, rules };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

function syntaxSentence(text: string): string {
  const fault = firstJsonFault(text);
  if (fault === undefined) return 'The text is no JSON.';
  const before = text.slice(0, fault.offset).split('\n');
  return `The text is no JSON: ${fault.words} in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
}

type FileRule = z.infer<typeof rulesFileSchema>['rules'][number];

function doubledIds(rules: readonly FileRule[]): readonly string[] {
  const first = new Map<string, number>();
  return rules.flatMap(({ id }, index) => {
    if (id === undefined) return [];
    const before = first.get(id);
    first.set(id, before ?? index);
    return before === undefined
      ? []
      : [`Rules ${before + 1} and ${index + 1} have the same id, ${JSON.stringify(id)}.`];
  });
}

function withIds(rules: readonly FileRule[]): Rule[] {
  const taken = new Set(rules.map(({ id }) => id));
  let number = 0;
  const next = (): string => {
    do number += 1;
    while (taken.has(`rule-${number}`));
    return `rule-${number}`;
  };
  return rules.map(({ id = next(), ...rule }) => ({ id, ...rule }));
}

type Issue = z.core.$ZodIssue;

function sentencesOf(issue: Issue, json: unknown): readonly string[] {
  return faultsOf(issue, json).map(({ path, sentence }) => `${placeOf(path, json)} ${sentence}`);
}

function faultsOf(issue: Issue, json: unknown): readonly { path: readonly PropertyKey[]; sentence: string }[] {
  const { path } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, sentence: whatIsWrong(issue, valueAt(json, path)) }];
  return issue.keys.map((key) => ({ path: [...path, key], sentence: 'There is no property of this name.' }));
}

/** Where something is, such as `Rule 2 ("Reject the boot"), action.pointer:`. */
function placeOf(path: readonly PropertyKey[], json: unknown): string {
  const [head, index, ...rest] = path;
  if (head !== 'rules' || typeof index !== 'number') return path.length === 0 ? 'The file:' : `${written(path)}:`;
  const name: unknown = valueAt(json, ['rules', index, 'name']);
  const said = typeof name === 'string' && name !== '' ? ` (${JSON.stringify(name.slice(0, 60))})` : '';
  return `Rule ${index + 1}${said}${rest.length === 0 ? '' : `, ${written(rest)}`}:`;
}

function written(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );
}

function whatIsWrong(issue: Issue, value: unknown): string {
  if (value === undefined) return 'It is missing.';
  const is = `it is ${inWords(value as Parameters<typeof inWords>[0])}`;
  switch (issue.code) {
    case 'invalid_type':
      return `It must be ${article(issue.expected)}; ${is}.`;
    case 'invalid_value':
      return `It must be ${listed(issue.values)}; ${is}.`;
    case 'invalid_union': {
      const options = 'options' in issue ? issue.options : undefined;
      return Array.isArray(options) ? `It must be ${listed(options)}; ${is}.` : issue.message;
    }
    case 'too_big':
      return `${sized(issue.origin)} at most ${issue.maximum}${unitOf(issue.origin)}; ${is}.`;
    case 'too_small':
      return `${sized(issue.origin)} at least ${issue.minimum}${unitOf(issue.origin)}; ${is}.`;
    default:
      return issue.message;
  }
}

function sized(origin: string): string {
  return origin === 'number' || origin === 'int' ? 'It must be' : 'It must have';
}

function unitOf(origin: string): string {
  if (origin === 'string') return ' characters';
  return origin === 'array' ? ' items' : '';
}

function article(expected: string): string {
  const words: Readonly<Record<string, string>> = { int: 'a whole number', array: 'a list', record: 'an object' };
  return words[expected] ?? `${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`;
}

function listed(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
