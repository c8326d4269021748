import { isJsonObject } from '../../json.ts';
import { schemaOf } from '../../official-schemas.ts';
import type { OcppVersion } from '../../version.ts';

const DEFINITIONS: Readonly<Record<string, string>> = {
  measurand: 'MeasurandEnumType',
  phase: 'PhaseEnumType',
  context: 'ReadingContextEnumType',
  location: 'LocationEnumType',
};

/** The values that the official schema of MeterValues allows for a field of a sampled value, in alphabetical order. */
export function allowedBySchema(version: OcppVersion, field: string): readonly string[] {
  const found = version === '1.6' ? find(schemaOf(version, 'MeterValues', 'request'), field) : undefined;
  const schema = found ?? find(schemaOf(version, 'MeterValues', 'request'), DEFINITIONS[field] ?? field);
  if (!isJsonObject(schema) || !Array.isArray(schema.enum)) throw new Error(`No enumeration of ${field} in ${version}`);
  return (schema.enum as string[]).toSorted();
}

function find(holder: unknown, name: string): unknown {
  if (!isJsonObject(holder)) return undefined;
  if (Object.hasOwn(holder, name)) return holder[name];
  for (const inner of Object.values(holder)) {
    const found = find(inner, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
