import { isJsonObject, type JsonValue } from '../../ocpp/json.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Draft } from './draft.ts';
import type { ActionMeans } from './effect.ts';
import { readVariable, type VariableValue } from './variable.ts';

/** The JSON text that a template is for a frame; undefined where the frame lacks the value of a variable. */
export type Template = (draft: Draft, means: ActionMeans) => string | undefined;

/** Two opening braces, written twice where they are to stay; a variable; or braces that are not closed. */
const PLACE = /\{\{\{\{|\{\{(?<name>(?:(?!\{\{|\}\})[\s\S])*)\}\}|\{\{/g;

/**
 * Reads a template: any JSON, in whose texts variables may stand. A text that is a variable and nothing else becomes the
 * variable's value, digits and all; in a longer text the value is put in as words. Fails at the first variable that is
 * wrong.
 */
export function readTemplate(template: JsonValue): Outcome<Template> {
  if (typeof template === 'string') return readText(template);
  if (Array.isArray(template)) return readAll(template as readonly JsonValue[], (items) => `[${items.join(',')}]`);
  if (!isJsonObject(template)) return constant(template);
  const names = Object.keys(template).map((name) => JSON.stringify(name));
  return readAll(
    Object.values(template),
    (values) => `{${values.map((value, index) => `${names[index]}:${value}`).join(',')}}`,
  );
}

function readAll(parts: readonly JsonValue[], join: (texts: readonly string[]) => string): Outcome<Template> {
  const templates: Template[] = [];
  for (const part of parts) {
    const read = readTemplate(part);
    if (!read.ok) return read;
    templates.push(read.value);
  }
  return success((draft, means) => {
    const texts: string[] = [];
    for (const template of templates) {
      const text = template(draft, means);
      if (text === undefined) return undefined;
      texts.push(text);
    }
    return join(texts);
  });
}

function readText(text: string): Outcome<Template> {
  const pieces: (string | VariableValue)[] = [];
  let end = 0;
  for (const place of text.matchAll(PLACE)) {
    pieces.push(text.slice(end, place.index));
    end = place.index + place[0].length;
    const name = place.groups?.name;
    if (name !== undefined) {
      const variable = readVariable(name);
      if (!variable.ok) return variable;
      pieces.push(variable.value);
    } else if (place[0] === '{{{{') pieces.push('{{');
    else return failure('variable-open', 'A variable is not closed with }}; {{{{ stands for two braces.');
  }
  pieces.push(text.slice(end));
  const used = pieces.filter((piece) => piece !== '');
  const [only] = used;
  if (used.length === 1 && typeof only === 'function') return success(only);
  if (used.every((piece) => typeof piece === 'string')) return constant(used.join(''));
  return success((draft, means) => {
    let result = '';
    for (const piece of used) {
      const raw = typeof piece === 'string' ? JSON.stringify(piece) : piece(draft, means);
      if (raw === undefined) return undefined;
      const value: unknown = JSON.parse(raw);
      result += typeof value === 'string' ? value : raw;
    }
    return JSON.stringify(result);
  });
}

function constant(value: JsonValue): Outcome<Template> {
  const text = JSON.stringify(value);
  return success(() => text);
}
