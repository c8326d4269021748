import type { JSONPath } from 'jsonc-parser';
import { type JsonSchema, resolve } from '../../../ocpp/json-schema.ts';
import { schemaOf } from '../../../ocpp/official-schemas.ts';
import type { EditedMessage } from './edited-message.ts';
import { type FrameHead, frameHead, PAYLOAD_INDEX } from './frame-head.ts';

/** A place in a message for which there is a schema. */
export interface SchemaPlace {
  /** The schema of the whole payload, which has the definitions. */
  readonly root: JsonSchema;
  /** As it stands there: perhaps a reference with a description of its own. */
  readonly part: JsonSchema;
  /** Of a property: its name, and whether it must be there. */
  readonly property?: { readonly name: string; readonly required: boolean };
}

/** A place in the text of a message: in its payload, or an element of the frame before it. */
export type MessagePlace =
  | { readonly in: 'payload'; readonly keys: JSONPath; readonly head: FrameHead }
  | { readonly in: 'frame'; readonly element: number; readonly head: FrameHead };

/** Where in a message a path of its JSON leads; null outside of it. */
export function placeOf(text: string, path: JSONPath, message: EditedMessage): MessagePlace | null {
  const head = frameHead(text, message);
  if (message.part !== 'frame') return { in: 'payload', keys: path, head };
  const [element, ...keys] = path;
  if (typeof element !== 'number') return null;
  if (head.type !== null && element === PAYLOAD_INDEX[head.type]) return { in: 'payload', keys, head };
  return keys.length === 0 ? { in: 'frame', element, head } : null;
}

/** The schema of what stands at keys in the payload of a message; null where the version has none. */
export function schemaAt({ type, action }: FrameHead, keys: JSONPath, message: EditedMessage): SchemaPlace | null {
  if (message.version === null || action === null || type === null) return null;
  if (type === 'CALLERROR' || type === 'CALLRESULTERROR') return null;
  const root = schemaOf(message.version, action, type === 'CALLRESULT' ? 'response' : 'request');
  if (root === undefined) return null;
  let place: SchemaPlace = { root, part: root };
  for (const key of keys) {
    const schema: JsonSchema = resolve(place.part, root);
    if (typeof key === 'number') {
      if (schema.items === undefined) return null;
      place = { root, part: schema.items };
      continue;
    }
    const properties = schema.properties ?? {};
    const part = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (part === undefined) return null;
    place = { root, part, property: { name: key, required: schema.required?.includes(key) ?? false } };
  }
  return place;
}
