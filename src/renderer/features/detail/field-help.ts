import { getLocation, type JSONPath } from 'jsonc-parser';
import { findAction } from '../../../ocpp/actions.ts';
import { isJsonObject, type JsonValue } from '../../../ocpp/json.ts';
import { resolve } from '../../../ocpp/json-schema.ts';
import type { FieldRef } from '../../../session/filter/ast.ts';
import type { EditedMessage } from '../../app/message-editor/edited-message.ts';
import { placeOf, type SchemaPlace, schemaAt } from '../../app/message-editor/schema-place.ts';
import { descriptionOf, limitsInWords } from '../../app/message-editor/schema-words.ts';

/** What stands at a place in a message, and what the specification has to say of it. */
export interface FieldHelp {
  /** Where it is, such as `evse.id`. */
  readonly path: string;
  /** What a filter calls it; undefined where no filter can ask for it. */
  readonly field: FieldRef | undefined;
  /** Undefined where the text has no whole value there. */
  readonly value: JsonValue | undefined;
  /** Type, limits, and whether it must be there; empty where nothing is known. */
  readonly limits: string;
  /** From the specification, or in our words why it has nothing. */
  readonly description: string;
  /** Of an enumeration. */
  readonly values: readonly string[];
  /** The key or value in the text that this is about. */
  readonly start: number;
  readonly length: number;
}

/**
 * What stands at an offset of the text of a frame, and what the schema of its action, version and side says of it; null
 * between values. `frame` is the value of the text.
 */
export function fieldHelpAt(
  text: string,
  offset: number,
  message: EditedMessage,
  frame: JsonValue | undefined,
): FieldHelp | null {
  const { path, previousNode } = getLocation(text, offset);
  if (previousNode === undefined || offset > previousNode.offset + previousNode.length) return null;
  const place = placeOf(text, path, message);
  if (place === null) return null;
  const common = { value: valueAt(frame, path), start: previousNode.offset, length: previousNode.length };
  if (place.in === 'frame') return { ...common, ...elementHelp(place.element, place.head.type, common.value, message) };
  const found = schemaAt(place.head, place.keys, message);
  return {
    ...common,
    path: pathText(place.keys),
    field: { kind: 'payload', side: 'payload', path: place.keys.map(stepOf) },
    ...(found === null ? unknownField(place.head, place.keys, message) : knownField(found)),
  };
}

type Words = Pick<FieldHelp, 'limits' | 'description' | 'values'>;

function knownField({ root, part, property }: SchemaPlace): Words {
  const schema = resolve(part, root);
  const items = schema.items ? resolve(schema.items, root) : schema;
  const need = property === undefined ? '' : property.required ? ', required' : ', optional';
  return {
    limits: `${limitsInWords(part, root)}${need}`,
    description: descriptionOf(part, root),
    values: items.enum ?? [],
  };
}

function unknownField(
  head: { readonly type: string | null; readonly action: string | null },
  keys: JSONPath,
  message: EditedMessage,
): Words {
  const nothing = { limits: '', values: [] };
  if (head.type === 'CALLERROR' || head.type === 'CALLRESULTERROR') {
    return { ...nothing, description: 'Details of an error: the specification leaves them open.' };
  }
  if (message.version === null) return { ...nothing, description: 'No OCPP version was agreed, so no schema applies.' };
  if (keys.includes('customData')) {
    return { ...nothing, description: 'Custom data: what stands beside vendorId is up to the vendor.' };
  }
  if (head.action === null) {
    return { ...nothing, description: 'The call that this answers is not known, so neither is its schema.' };
  }
  if (findAction(message.version, head.action) === undefined) {
    return { ...nothing, description: `OCPP ${message.version} has no such action, so no schema applies.` };
  }
  return { ...nothing, description: `Not in the schema of this message in OCPP ${message.version}.` };
}

function elementHelp(
  element: number,
  type: string | null,
  value: JsonValue | undefined,
  message: EditedMessage,
): Pick<FieldHelp, 'path' | 'field' | 'limits' | 'description' | 'values'> {
  const row = (name: string): FieldRef => ({ kind: 'row', name });
  const plain = { limits: '', values: [] };
  if (element === 0)
    return { path: 'message type', field: undefined, ...plain, description: type ?? 'No type of OCPP.' };
  if (element === 1) {
    const description = 'The same in a call and in its answer.';
    return {
      path: 'message id',
      field: row('messageId'),
      limits: 'text of at most 36 characters',
      values: [],
      description,
    };
  }
  const isError = type === 'CALLERROR' || type === 'CALLRESULTERROR';
  if (element === 2 && isError) {
    return { path: 'error code', field: row('errorCode'), ...plain, description: 'What went wrong, in a word.' };
  }
  if (element === 2) {
    const action = message.version && typeof value === 'string' ? findAction(message.version, value) : undefined;
    const description = action ? WAY[action.direction] : 'No action of this version.';
    return {
      path: 'action',
      field: row('action'),
      limits: action ? `${action.messageType}, ${action.functionalBlock}` : '',
      values: [],
      description,
    };
  }
  if (element === 3 && isError) {
    return { path: 'error description', field: undefined, ...plain, description: 'What went wrong, in words.' };
  }
  return { path: `element ${element}`, field: undefined, ...plain, description: 'No frame has anything here.' };
}

const WAY = {
  'to-csms': 'Sent by the charging station.',
  'to-station': 'Sent by the CSMS.',
  both: 'Sent by the charging station and by the CSMS.',
} as const;

/** A list's item stands for any of them: which one it was by chance is seldom what one looks for. */
function stepOf(key: string | number) {
  return typeof key === 'number' ? ({ kind: 'any' } as const) : ({ kind: 'key', name: key } as const);
}

function pathText(keys: JSONPath): string {
  const text = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text === '' ? 'payload' : text.replace(/^\./, '');
}

function valueAt(root: JsonValue | undefined, path: JSONPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => {
    if (Array.isArray(value)) return typeof key === 'number' ? (value as readonly JsonValue[])[key] : undefined;
    return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, root);
}
