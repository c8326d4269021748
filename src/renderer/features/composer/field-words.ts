import type { JsonSchema } from '../../../ocpp/json-schema.ts';
import type { FormField } from '../../../session/compose/form.ts';

const DESCRIPTION_MAX = 600;

/** What a field may be, in a few words: `integer, 0 to 100`, `text, at most 36 characters`. */
export function limitsOf(field: FormField): string {
  const { schema } = field;
  if (schema === undefined) return 'not in the schema';
  return [typeWords(field), ...rangeWords(schema)].join(', ');
}

function typeWords({ kind, schema }: FormField): string {
  switch (kind) {
    case 'number':
      return schema?.type === 'integer' ? 'integer' : 'number';
    case 'choice':
      return 'one of a list';
    case 'boolean':
      return 'true or false';
    case 'time':
      return 'date and time (RFC 3339)';
    case 'json':
      return 'any JSON';
    default:
      return kind;
  }
}

function rangeWords({ minimum, maximum, maxLength, multipleOf, minItems, maxItems, format }: JsonSchema): string[] {
  const words: string[] = [];
  if (minimum !== undefined && maximum !== undefined) words.push(`${minimum} to ${maximum}`);
  else if (minimum !== undefined) words.push(`at least ${minimum}`);
  else if (maximum !== undefined) words.push(`at most ${maximum}`);
  if (multipleOf !== undefined) words.push(`a multiple of ${multipleOf}`);
  if (maxLength !== undefined) words.push(`at most ${maxLength} characters`);
  if (format === 'uri') words.push('a URI');
  if (minItems !== undefined || maxItems !== undefined) {
    words.push(maxItems === undefined ? `${minItems} or more items` : `${minItems ?? 0} to ${maxItems} items`);
  }
  return words;
}

/** The schema's description of a field on one line, cut to what a hint can hold. */
export function descriptionOf({ schema }: FormField): string {
  const text = (schema?.description ?? '').replace(/\s+/g, ' ').trim();
  return text.length > DESCRIPTION_MAX ? `${text.slice(0, DESCRIPTION_MAX)}…` : text;
}
