import { getLocation } from 'jsonc-parser';
import { findAction } from '../../../ocpp/actions.ts';
import { resolve } from '../../../ocpp/json-schema.ts';
import type { EditedMessage } from './edited-message.ts';
import { placeOf, schemaAt } from './schema-place.ts';
import { descriptionOf, limitsInWords } from './schema-words.ts';

/** What the specification has to say of a place: each line in words of its own, without any of the message. */
export interface Explanation {
  readonly title: string;
  readonly limits: string;
  readonly description: string;
  /** Of an enumeration. */
  readonly values: readonly string[];
  /** The key or value that it explains. */
  readonly start: number;
  readonly length: number;
}

/** Explains what stands at an offset of the text of a message. */
export function explanationAt(text: string, offset: number, message: EditedMessage): Explanation | null {
  const { path, previousNode } = getLocation(text, offset);
  if (previousNode === undefined || offset > previousNode.offset + previousNode.length) return null;
  const place = placeOf(text, path, message);
  if (place === null) return null;
  const stretch = { start: previousNode.offset, length: previousNode.length };
  if (place.in === 'frame') {
    const action = place.element === 2 && message.version && findAction(message.version, place.head.action ?? '');
    if (!action) return null;
    const limits = `${action.messageType}, ${action.functionalBlock}`;
    return { title: action.name, limits, description: WAY[action.direction], values: [], ...stretch };
  }
  const found = schemaAt(place.head, place.keys, message);
  if (found === null) return null;
  const schema = resolve(found.part, found.root);
  const items = schema.items ? resolve(schema.items, found.root) : schema;
  return {
    title: found.property?.name ?? 'Item',
    limits: `${limitsInWords(found.part, found.root)}${found.property?.required ? ', required' : ''}`,
    description: descriptionOf(found.part, found.root),
    values: items.enum ?? [],
    ...stretch,
  };
}

const WAY = {
  'to-csms': 'Sent by the charging station.',
  'to-station': 'Sent by the CSMS.',
  both: 'Sent by the charging station and by the CSMS.',
} as const;
