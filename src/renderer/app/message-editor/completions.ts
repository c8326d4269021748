import { findNodeAtLocation, getLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import { actionsOf, maySend } from '../../../ocpp/actions.ts';
import { MESSAGE_TYPE } from '../../../ocpp/frame.ts';
import type { JsonValue } from '../../../ocpp/json.ts';
import { type JsonSchema, resolve } from '../../../ocpp/json-schema.ts';
import { RPC_ERROR_CODES_1_6, RPC_ERROR_CODES_2 } from '../../../ocpp/rpc-error.ts';
import { template } from '../../../ocpp/template.ts';
import type { EditedMessage } from './edited-message.ts';
import type { FrameHead } from './frame-head.ts';
import { placeOf, schemaAt } from './schema-place.ts';
import { descriptionOf, limitsInWords } from './schema-words.ts';

/** Something that can stand where the cursor is. */
export interface Completion {
  readonly kind: 'property' | 'value';
  /** What it is called in the list. */
  readonly label: string;
  /** What the list says beside it. */
  readonly detail: string;
  readonly documentation: string;
  /** JSON that takes the place of the stretch. */
  readonly insert: string;
  /** Where to put the cursor in `insert`; at its end where it is left out. */
  readonly cursor?: number;
  readonly start: number;
  readonly end: number;
  /** What must be there comes first. */
  readonly required: boolean;
}

/** What can stand at an offset in the text of a message. `now` is the point in time that is suggested. */
export function completionsAt(
  text: string,
  offset: number,
  message: EditedMessage,
  now: string,
): readonly Completion[] {
  const location = getLocation(text, offset);
  const typed = location.previousNode;
  const inside = typed !== undefined && typed.offset <= offset && offset <= typed.offset + typed.length;
  const stretch = inside ? lineOf(text, typed) : { start: offset, end: offset };
  const place = placeOf(text, location.path, message);
  if (place === null) return [];
  const values = (found: readonly Value[]): readonly Completion[] =>
    found.map((value) => ({ kind: 'value', required: false, documentation: '', ...value, ...stretch }));
  if (place.in === 'frame') return values(elementValues(place.element, place.head, message));
  if (!location.isAtPropertyKey) {
    const found = schemaAt(place.head, place.keys, message);
    return found === null ? [] : values(valuesOf(found.part, found.root, now));
  }
  const holder = schemaAt(place.head, place.keys.slice(0, -1), message);
  if (holder === null) return [];
  const present = keysAt(text, location.path.slice(0, -1));
  return properties(holder, present, typedKey(typed, inside), text, stretch, now);
}

interface Value {
  readonly label: string;
  readonly detail: string;
  readonly documentation?: string;
  readonly insert: string;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What stands before the payload of a frame: the message type, the action, the error code. */
function elementValues(element: number, { type }: FrameHead, message: EditedMessage): readonly Value[] {
  if (element === 0) {
    return Object.entries(MESSAGE_TYPE).map(([name, number]) => ({
      label: String(number),
      detail: name,
      insert: String(number),
    }));
  }
  if (element !== 2 || message.version === null) return [];
  if (type === 'CALLERROR' || type === 'CALLRESULTERROR') {
    const codes = message.version === '1.6' ? RPC_ERROR_CODES_1_6 : RPC_ERROR_CODES_2;
    return codes.map((code) => ({ label: code, detail: 'error code', insert: JSON.stringify(code) }));
  }
  return [...actionsOf(message.version).values()]
    .filter((action) => action.messageType === type && maySend(action, message.direction))
    .map(({ name, functionalBlock }) => ({ label: name, detail: functionalBlock, insert: JSON.stringify(name) }));
}

function properties(
  { root, part }: { root: JsonSchema; part: JsonSchema },
  present: ReadonlySet<string>,
  typed: string | undefined,
  text: string,
  stretch: Range,
  now: string,
): readonly Completion[] {
  const holder = resolve(part, root);
  const after = text.slice(stretch.end);
  const hasValue = /^\s*:/.test(after);
  const comma = !hasValue && /^\s*"/.test(after) ? ',' : '';
  return Object.entries(holder.properties ?? {})
    .filter(([name]) => name === typed || !present.has(name))
    .map(([name, property]) => {
      const required = holder.required?.includes(name) ?? false;
      const key = JSON.stringify(name);
      const value = hasValue ? '' : `: ${skeleton(name, property, root, now)}`;
      const empty = value.endsWith('""') ? key.length + value.length - 1 : undefined;
      return {
        kind: 'property',
        label: name,
        detail: `${limitsInWords(property, root)}${required ? ', required' : ''}`,
        documentation: descriptionOf(property, root),
        insert: `${key}${value}${comma}`,
        ...(empty === undefined ? {} : { cursor: empty }),
        ...stretch,
        required,
      };
    });
}

/** A value to begin with, as JSON: what must be in an object, an empty text where one is to be chosen or typed. */
function skeleton(name: string, property: JsonSchema, root: JsonSchema, now: string): string {
  const schema = resolve(property, root);
  if (schema.type === 'string' && schema.format === undefined) return '""';
  const wrapper: JsonSchema = { ...root, properties: { [name]: property }, required: [name] };
  return JSON.stringify(template(wrapper, { fill: 'required', now })[name], null, 2);
}

function valuesOf(part: JsonSchema, root: JsonSchema, now: string): readonly Value[] {
  const schema = resolve(part, root);
  const value = (found: JsonValue, detail: string): Value => ({
    label: String(found),
    detail,
    insert: JSON.stringify(found),
  });
  if (schema.enum) return schema.enum.map((one) => value(one, ''));
  if (schema.type === 'boolean') return [true, false].map((one) => value(one, ''));
  if (schema.format === 'date-time') return [value(now, 'now')];
  if (schema.type === 'object' || schema.type === 'array') {
    const insert = skeleton('value', part, root, now);
    const detail = 'with what must be there';
    return [{ label: schema.type === 'array' ? '[…]' : '{…}', detail, insert }];
  }
  return schema.default === undefined ? [] : [value(schema.default, 'default')];
}

/** Names that the object at a path has already. Nothing is known of a text that is too deep to be read. */
function keysAt(text: string, path: JSONPath): ReadonlySet<string> {
  try {
    const tree = parseTree(text);
    const node = tree && (path.length === 0 ? tree : findNodeAtLocation(tree, path));
    return new Set(node?.children?.map(({ children }) => String(children?.[0]?.value)));
  } catch {
    return new Set();
  }
}

function typedKey(node: Node | undefined, inside: boolean): string | undefined {
  return inside ? String(node?.value) : undefined;
}

/** A string that is not closed reaches to the end of its line for the parser; what is replaced ends with its word. */
function lineOf(text: string, { offset, length }: Node): Range {
  const literal = text.slice(offset, offset + length);
  const closed = literal.length > 1 && literal.endsWith('"');
  if (!literal.startsWith('"') || closed) return { start: offset, end: offset + length };
  const word = /^"[\w.-]*/.exec(literal)?.[0] ?? '"';
  return { start: offset, end: offset + word.length };
}
