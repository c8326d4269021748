import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import { SEVERITIES } from '../finding.ts';
import { FATES } from '../timeline.ts';
import type { FieldRef, Operator } from './ast.ts';

/** What the values of a field are, which decides how they compare. */
export type FieldType =
  | { readonly kind: 'number'; readonly unit: 'none' | 'duration' | 'size' }
  | { readonly kind: 'string' }
  /** One of a few; each may have other spellings. Ordered ones compare with `<`. */
  | { readonly kind: 'enum'; readonly values: Readonly<Record<string, string>>; readonly ordered: boolean }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'time' }
  | { readonly kind: 'json' };

interface Field {
  readonly type: FieldType;
  /** What it is, for lists of fields. */
  readonly words: string;
}

const NUMBER: FieldType = { kind: 'number', unit: 'none' };
const STRING: FieldType = { kind: 'string' };
const BOOLEAN: FieldType = { kind: 'boolean' };
/** The type of what a payload path names. */
const JSON_TYPE: FieldType = { kind: 'json' };

/** What may be written for each message type; the names of the wire are understood as well. */
const TYPES = {
  call: 'CALL',
  result: 'CALLRESULT',
  error: 'CALLERROR',
  callresulterror: 'CALLRESULTERROR',
  send: 'SEND',
  malformed: 'malformed',
  CALL: 'CALL',
  CALLRESULT: 'CALLRESULT',
  CALLERROR: 'CALLERROR',
  CALLRESULTERROR: 'CALLRESULTERROR',
  SEND: 'SEND',
} as const;

/** Every field but those of payloads, under the name that stands in the syntax tree. */
export const FIELDS = {
  entry: { type: NUMBER, words: 'Number of the entry in the session' },
  time: { type: { kind: 'time' }, words: 'When it was recorded: a time of day, a date or both' },
  kind: { type: oneOf(['frame', 'opened', 'refused', 'closed', 'remark']), words: 'A frame, or what a connection did' },
  station: { type: STRING, words: 'Identity of the charging station' },
  direction: { type: oneOf(['to-csms', 'to-station']), words: 'Which way it travelled' },
  type: { type: { kind: 'enum', values: TYPES, ordered: false }, words: 'Message type' },
  action: { type: STRING, words: 'Action; of an answer, that of its request' },
  version: { type: oneOf(OCPP_VERSIONS, true), words: 'OCPP version of the connection' },
  messageId: { type: STRING, words: 'Message id' },
  summary: { type: STRING, words: 'What the timeline says of it' },
  text: { type: STRING, words: 'Text of the frame' },
  size: { type: { kind: 'number', unit: 'size' }, words: 'Bytes of the frame' },
  latency: { type: { kind: 'number', unit: 'duration' }, words: 'Of an answer: time since its request' },
  answered: { type: BOOLEAN, words: 'A request that has its answer' },
  errorCode: { type: STRING, words: 'Error code of a CALLERROR or CALLRESULTERROR' },
  finding: { type: BOOLEAN, words: 'Something is wrong or remarkable' },
  'finding.severity': { type: oneOf(SEVERITIES, true), words: 'The worst of its findings' },
  'finding.rule': { type: STRING, words: 'Rule of any of its findings' },
  'finding.count': { type: NUMBER, words: 'How many findings it has' },
  sent: { type: BOOLEAN, words: 'Sent by an endpoint of Plugscope' },
  received: { type: BOOLEAN, words: 'Received from the wire' },
  edited: { type: BOOLEAN, words: 'Edited on its way: what came in, and what went out in its place' },
  injected: { type: BOOLEAN, words: 'Made by Plugscope beside the traffic of others' },
  dropped: { type: BOOLEAN, words: 'Dropped on its way' },
  fate: { type: oneOf(FATES), words: 'What became of a frame that did not simply go on' },
  original: { type: NUMBER, words: 'Of what went out in place of a frame: entry of that frame' },
  link: { type: NUMBER, words: 'Number of the WebSocket connection' },
  conversation: { type: NUMBER, words: 'Number shared by both legs of a proxied connection' },
} as const satisfies Record<string, Field>;

/** The name of a field that exists. */
export type FieldName = keyof typeof FIELDS;

/** Other names for fields. */
export const ALIASES: Readonly<Record<string, FieldName>> = { number: 'entry', id: 'messageId' };

/** Whether there is a field of that name. */
export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(FIELDS, name);
}

/** The type of a field; undefined for one that does not exist. */
export function typeOfField(field: FieldRef): FieldType | undefined {
  if (field.kind === 'payload') return JSON_TYPE;
  return isFieldName(field.name) ? FIELDS[field.name].type : undefined;
}

/** The operators that make sense for a type; `in` goes wherever `==` does. */
export function operatorsOf(type: FieldType): readonly Operator[] {
  switch (type.kind) {
    case 'number':
    case 'time':
      return ['==', '!=', '<', '<=', '>', '>='];
    case 'string':
      return ['==', '!=', 'contains', 'matches'];
    case 'enum':
      return type.ordered ? ['==', '!=', '<', '<=', '>', '>='] : ['==', '!='];
    case 'boolean':
      return ['==', '!='];
    case 'json':
      return ['==', '!=', '<', '<=', '>', '>=', 'contains', 'matches'];
  }
}

function oneOf(names: readonly string[], ordered = false): FieldType {
  return { kind: 'enum', values: Object.fromEntries(names.map((name) => [name, name])), ordered };
}
