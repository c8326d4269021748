import { fullFormats } from 'ajv-formats/dist/formats.js';

/** A text of a format may be this long; beyond it no pattern is tried, so that none exhausts memory or stack. */
const LENGTH_MAX = { 'date-time': 100, uri: 16_384 } as const;

/** RFC 3339 with a capital T and Z, up to the 28th: nearly every timestamp, decided without an allocation. */
const USUAL_DATE_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

const fullDateTime = predicate('date-time');
const fullUri = predicate('uri');

/** The formats that OCPP's schemas use, with the meaning of `ajv-formats`. */
export const FORMATS = {
  'date-time': (text: string) =>
    USUAL_DATE_TIME.test(text) || (text.length <= LENGTH_MAX['date-time'] && fullDateTime(text)),
  uri: (text: string) => text.length <= LENGTH_MAX.uri && fullUri(text),
} as const;

/** The library types a format as one of many things; these two are predicates or hold one. */
function predicate(name: 'date-time' | 'uri'): (text: string) => boolean {
  const format: unknown = fullFormats[name];
  const test: unknown =
    typeof format === 'object' && format !== null && 'validate' in format ? format.validate : format;
  if (typeof test !== 'function') throw new Error(`ajv-formats has no predicate for ${name}`);
  return (text) => test(text) === true;
}
