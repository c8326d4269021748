import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { firstJsonFault, type JsonFault, nestingFault } from './json-fault.ts';
import type { OcppVersion } from './version.ts';
import { inWords, isLonger, lengthOf } from './words.ts';

/** Message type numbers of the RPC framework (OCPP-J 1.6 table 2; 2.1 part 4 table 3). */
export const MESSAGE_TYPE = { CALL: 2, CALLRESULT: 3, CALLERROR: 4, CALLRESULTERROR: 5, SEND: 6 } as const;

export type MessageTypeName = keyof typeof MESSAGE_TYPE;
export type MessageTypeNumber = (typeof MESSAGE_TYPE)[MessageTypeName];

/** The name of a message type number, or undefined for a number that no version has. */
export function messageTypeName(number: number): MessageTypeName | undefined {
  return NAMES.get(number);
}

const NAMES = new Map<number, MessageTypeName>(
  (Object.keys(MESSAGE_TYPE) as MessageTypeName[]).map((name) => [MESSAGE_TYPE[name], name]),
);

/** Message types 5 and 6 came with 2.1 (part 4, 4.1.3). */
const TYPES_OF: Readonly<Record<OcppVersion, ReadonlySet<number>>> = {
  '1.6': new Set([2, 3, 4]),
  '2.0.1': new Set([2, 3, 4]),
  '2.1': new Set([2, 3, 4, 5, 6]),
};

/** A message id is a string of at most 36 characters (1.6-J table 3, part 4 table 4). */
export const MESSAGE_ID_MAX_LENGTH = 36;

interface MessageBase {
  readonly messageId: string;
}

export interface Call extends MessageBase {
  readonly type: 'CALL';
  readonly action: string;
  readonly payload: JsonObject;
}
export interface CallResult extends MessageBase {
  readonly type: 'CALLRESULT';
  readonly payload: JsonObject;
}
export interface CallError extends MessageBase {
  readonly type: 'CALLERROR';
  readonly errorCode: string;
  readonly errorDescription: string;
  readonly errorDetails: JsonObject;
}
export interface CallResultError extends MessageBase {
  readonly type: 'CALLRESULTERROR';
  readonly errorCode: string;
  readonly errorDescription: string;
  readonly errorDetails: JsonObject;
}
export interface Send extends MessageBase {
  readonly type: 'SEND';
  readonly action: string;
  readonly payload: JsonObject;
}

/** A frame understood. */
export type Message = Call | CallResult | CallError | CallResultError | Send;

export type FlawCode =
  | 'not-json'
  | 'not-utf-8'
  | 'binary'
  | 'not-array'
  | 'message-type-unknown'
  | 'message-type-not-in-version'
  | 'message-id-missing'
  | 'message-id-not-string'
  | 'message-id-empty'
  | 'message-id-too-long'
  | 'element-count'
  | 'action-not-string'
  | 'payload-null'
  | 'payload-not-object'
  | 'error-code-not-string'
  | 'error-description-not-string'
  | 'error-details-not-object';

/** What is wrong with a frame, and where in its text. */
export interface Flaw {
  readonly code: FlawCode;
  /** A sentence for the user. */
  readonly sentence: string;
  /** Index of the element of the outer array that is wrong; undefined where the frame is none. */
  readonly element?: number;
  /** Offset in UTF-16 code units of the place in the text, where it is not JSON. */
  readonly offset?: number;
}

/** A frame that cannot be understood as a message, with what could still be read of it. */
export interface MalformedFrame {
  readonly type: 'malformed';
  readonly flaw: Flaw;
  readonly messageTypeNumber?: number;
  readonly messageId?: string;
  readonly action?: string;
}

/** The outcome of parsing: a message, perhaps with flaws that do not hide its meaning, or a malformed frame. */
export type ParsedFrame =
  | { readonly ok: true; readonly message: Message; readonly flaws: readonly Flaw[] }
  | { readonly ok: false; readonly malformed: MalformedFrame };

const NO_FLAWS: readonly Flaw[] = [];
const EMPTY: JsonObject = {};

/**
 * Reads the text of a frame. Never throws: what is not a message comes back as a malformed frame.
 * A message id that is empty or too long and a payload of `null` leave the message readable, so they come
 * back as flaws beside it. Where no version is known (no subprotocol agreed), types 5 and 6 are let pass.
 */
export function parseFrame(text: string, version?: OcppVersion): ParsedFrame {
  const tooDeep = nestingFault(text);
  if (tooDeep !== undefined) return malformed(notJson(tooDeep));
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return malformed(notJson(firstJsonFault(text)));
  }
  if (!Array.isArray(value)) {
    return malformed({ code: 'not-array', sentence: `A frame is a JSON array; this one is ${inWords(value)}.` });
  }
  return parseElements(value as readonly JsonValue[], version);
}

/** A frame that arrived as a WebSocket binary message; OCPP-J uses text messages. */
export function binaryFrame(byteLength: number): MalformedFrame {
  return {
    type: 'malformed',
    flaw: { code: 'binary', sentence: `OCPP-J uses text messages; this is a binary message of ${byteLength} bytes.` },
  };
}

/** A text message whose bytes are not UTF-8 (RFC 6455, 8.1; part 4, 4.1.2). */
export function notUtf8Frame(byteOffset: number): MalformedFrame {
  return {
    type: 'malformed',
    flaw: {
      code: 'not-utf-8',
      sentence: `The text is not valid UTF-8 at byte ${byteOffset}.`,
      offset: byteOffset,
    },
  };
}

function parseElements(elements: readonly JsonValue[], version: OcppVersion | undefined): ParsedFrame {
  const [number, id] = elements;
  if (typeof number !== 'number' || NAMES.get(number) === undefined) {
    return malformed(
      {
        code: 'message-type-unknown',
        element: 0,
        sentence:
          elements.length === 0
            ? 'The array is empty; the first element must be the message type number.'
            : `The first element must be a message type number (2 to 6); it is ${inWords(number)}.`,
      },
      { messageTypeNumber: typeof number === 'number' ? number : undefined, messageId: idOf(id) },
    );
  }
  const read = { messageTypeNumber: number, messageId: idOf(id), action: stringOf(elements[2], number) };
  const type = NAMES.get(number) as MessageTypeName;
  if (version !== undefined && !TYPES_OF[version].has(number)) {
    return malformed(
      {
        code: 'message-type-not-in-version',
        element: 0,
        sentence: `Message type ${number} (${type}) does not exist in OCPP ${version}.`,
      },
      read,
    );
  }
  if (elements.length < 2) {
    return malformed({ code: 'message-id-missing', element: 1, sentence: 'The message id is missing.' }, read);
  }
  if (typeof id !== 'string') {
    return malformed(
      {
        code: 'message-id-not-string',
        element: 1,
        sentence: `The message id must be a string; it is ${inWords(id)}.`,
      },
      read,
    );
  }
  const expected = type === 'CALLRESULT' ? 3 : type === 'CALL' || type === 'SEND' ? 4 : 5;
  if (elements.length !== expected) {
    return malformed(
      {
        code: 'element-count',
        element: Math.min(elements.length, expected),
        sentence: `A ${type} has ${expected} elements; this one has ${elements.length}.`,
      },
      read,
    );
  }
  const flaws = flawsOfId(id);
  switch (type) {
    case 'CALL':
    case 'SEND': {
      const action = elements[2];
      if (typeof action !== 'string') {
        return malformed(
          {
            code: 'action-not-string',
            element: 2,
            sentence: `The action must be a string; it is ${inWords(action)}.`,
          },
          read,
        );
      }
      return withPayload(elements[3], 3, flaws, read, (payload) => ({ type, messageId: id, action, payload }));
    }
    case 'CALLRESULT':
      return withPayload(elements[2], 2, flaws, read, (payload) => ({ type, messageId: id, payload }));
    case 'CALLERROR':
    case 'CALLRESULTERROR':
      return parseError(type, id, elements, flaws, read);
  }
}

function parseError(
  type: 'CALLERROR' | 'CALLRESULTERROR',
  messageId: string,
  elements: readonly JsonValue[],
  flaws: readonly Flaw[],
  read: Readable,
): ParsedFrame {
  const [, , errorCode, errorDescription, errorDetails] = elements;
  if (typeof errorCode !== 'string') {
    return malformed(
      {
        code: 'error-code-not-string',
        element: 2,
        sentence: `The error code must be a string; it is ${inWords(errorCode)}.`,
      },
      read,
    );
  }
  if (typeof errorDescription !== 'string') {
    return malformed(
      {
        code: 'error-description-not-string',
        element: 3,
        sentence: `The error description must be a string, empty where there is none; it is ${inWords(errorDescription)}.`,
      },
      read,
    );
  }
  if (!isJsonObject(errorDetails)) {
    return malformed(
      {
        code: 'error-details-not-object',
        element: 4,
        sentence: `The error details must be an object, {} where there are none; they are ${inWords(errorDetails)}.`,
      },
      read,
    );
  }
  return { ok: true, flaws, message: { type, messageId, errorCode, errorDescription, errorDetails } };
}

function withPayload(
  payload: JsonValue | undefined,
  element: number,
  flaws: readonly Flaw[],
  read: Readable,
  build: (payload: JsonObject) => Message,
): ParsedFrame {
  if (isJsonObject(payload)) return { ok: true, flaws, message: build(payload) };
  if (payload === null) {
    // 1.6-J 4.2.1 and part 4, 4.1.5: null is another notation for no payload, {} the one to use.
    const flaw: Flaw = { code: 'payload-null', element, sentence: 'An empty payload is written {}, not null.' };
    return { ok: true, flaws: [...flaws, flaw], message: build(EMPTY) };
  }
  return malformed(
    {
      code: 'payload-not-object',
      element,
      sentence: `The payload must be a JSON object; it is ${inWords(payload)}.`,
    },
    read,
  );
}

function flawsOfId(id: string): readonly Flaw[] {
  if (id.length === 0) {
    return [{ code: 'message-id-empty', element: 1, sentence: 'The message id is empty.' }];
  }
  if (isLonger(id, MESSAGE_ID_MAX_LENGTH)) {
    return [
      {
        code: 'message-id-too-long',
        element: 1,
        sentence: `The message id has ${lengthOf(id)} characters; at most ${MESSAGE_ID_MAX_LENGTH} are allowed.`,
      },
    ];
  }
  return NO_FLAWS;
}

type Readable = Omit<MalformedFrame, 'type' | 'flaw'>;

function malformed(flaw: Flaw, read?: Readable): ParsedFrame {
  return { ok: false, malformed: { type: 'malformed', flaw, ...read } };
}

function idOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function stringOf(value: JsonValue | undefined, type: number): string | undefined {
  return (type === MESSAGE_TYPE.CALL || type === MESSAGE_TYPE.SEND) && typeof value === 'string' ? value : undefined;
}

function notJson(fault: JsonFault | undefined): Flaw {
  return fault === undefined
    ? { code: 'not-json', sentence: 'The text is not valid JSON.' }
    : {
        code: 'not-json',
        offset: fault.offset,
        sentence: `The text is not valid JSON: ${fault.words} at offset ${fault.offset}.`,
      };
}
