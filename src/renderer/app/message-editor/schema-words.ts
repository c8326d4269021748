import { type JsonSchema, resolve } from '../../../ocpp/json-schema.ts';

/** What a schema allows, in a few words: `integer, at least 0`; `text of at most 50 characters`; `list of 1 to 4`. */
export function limitsInWords(part: JsonSchema, root: JsonSchema): string {
  const schema = resolve(part, root);
  const { minimum, maximum, multipleOf, maxLength, minItems, maxItems } = schema;
  switch (schema.type) {
    case 'integer':
    case 'number':
      return [
        schema.type,
        ...(minimum === undefined ? [] : [`at least ${minimum}`]),
        ...(maximum === undefined ? [] : [`at most ${maximum}`]),
        ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
      ].join(', ');
    case 'array': {
      const length =
        maxItems === undefined ? (minItems ? ` of at least ${minItems}` : '') : ` of ${minItems ?? 0} to ${maxItems}`;
      return `list${length}: ${schema.items ? limitsInWords(schema.items, root) : 'anything'}`;
    }
    case 'string':
      if (schema.enum) return 'one of an enumeration';
      if (schema.format === 'date-time') return 'point in time (RFC 3339)';
      if (schema.format === 'uri') return 'URI';
      return maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`;
    default:
      return schema.type ?? 'any value';
  }
}

/**
 * The description of a schema as a reader wants it: without the names and URNs of the data model that the schemas of
 * 2.0.1 put before it. A reference without a description of its own has that of what it stands for.
 */
export function descriptionOf(part: JsonSchema, root: JsonSchema): string {
  const text = part.description ?? resolve(part, root).description ?? '';
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const urn = lines.findLastIndex((line) => line.startsWith('urn:'));
  return lines
    .slice(urn + 1)
    .join('\n')
    .replace(/&gt;/g, '>')
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .trim();
}
