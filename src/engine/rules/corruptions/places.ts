import { isJsonObject, type JsonValue } from '../../../ocpp/json.ts';
import { childPointer } from '../../../ocpp/json-pointer.ts';
import { type JsonSchema, resolve } from '../../../ocpp/json-schema.ts';
import { schemaOf } from '../../../ocpp/official-schemas.ts';
import { type Draft, payloadIn, payloadKind } from '../draft.ts';
import { rawOf } from '../json-text.ts';

/** A value in a payload, with what its schema says of it. */
export interface Place {
  readonly pointer: string;
  readonly value: JsonValue;
  readonly schema?: JsonSchema;
  /** Whether what it stands in must have it. */
  readonly required: boolean;
}

/** Places that are looked at: enough for any message, and a bound for a hostile one. */
const PLACES_MAX = 5000;

/** The values in the payload of a message that its schema knows, in the order in which they stand there. */
export function placesOf(draft: Draft): readonly Place[] {
  const { frame, action } = draft;
  const kind = payloadKind(draft);
  if (frame.version === undefined || action === null || kind === undefined) return [];
  const root = schemaOf(frame.version, action, kind);
  const payload = payloadIn(draft.text);
  if (root === undefined || payload === undefined) return [];
  const places: Place[] = [];
  walk(JSON.parse(rawOf(payload)) as JsonValue, root, root, '', places);
  return places;
}

/** As deep as the schema goes, which none does without end. */
function walk(value: JsonValue, schema: JsonSchema, root: JsonSchema, pointer: string, places: Place[]): void {
  if (places.length >= PLACES_MAX) return;
  if (Array.isArray(value)) {
    if (schema.items === undefined) return;
    const items = resolve(schema.items, root);
    for (const [index, item] of (value as readonly JsonValue[]).entries()) {
      add(item, items, false, root, childPointer(pointer, index), places);
    }
  } else if (isJsonObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const part = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
      if (part === undefined) continue;
      const required = schema.required?.includes(name) ?? false;
      add(item, resolve(part, root), required, root, childPointer(pointer, name), places);
    }
  }
}

function add(
  value: JsonValue,
  schema: JsonSchema,
  required: boolean,
  root: JsonSchema,
  pointer: string,
  places: Place[],
): void {
  if (places.length >= PLACES_MAX) return;
  places.push({ pointer, value, schema, required });
  walk(value, schema, root, pointer, places);
}
