import { MESSAGE_TYPE, parseFrame } from '../../ocpp/frame.ts';
import type { PayloadKind } from '../../ocpp/official-schemas.ts';
import { PAYLOAD_ELEMENT } from '../../session/filter/payload.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import type { RowType } from '../../session/timeline.ts';
import type { InterceptedFrame } from '../intercept/verdict.ts';
import { type JsonPlace, jsonIn, kindOf, rawOf, replaced, valueAt } from './json-text.ts';

/** A frame as the rules before have left it: what the next rule looks at, and changes. */
export interface Draft {
  readonly frame: InterceptedFrame;
  readonly edited: boolean;
  readonly data: Uint8Array;
  readonly binary: boolean;
  /** Undefined where it is binary or not UTF-8. */
  readonly text: string | undefined;
  readonly type: RowType;
  readonly action: string | null;
  readonly messageId: string | null;
  /** What filters are evaluated on. */
  readonly subject: FilterSubject;
}

/** A frame before any rule. */
export function draftOf(frame: InterceptedFrame): Draft {
  const { data, binary, subject } = frame;
  const { type, action, messageId } = subject.row;
  // A frame always has a type; the row of a link's event has none.
  return {
    frame,
    edited: false,
    data,
    binary,
    text: subject.text(),
    type: type ?? 'malformed',
    action,
    messageId,
    subject,
  };
}

/** The frame with another text. */
export function withText(draft: Draft, text: string): Draft {
  if (text === draft.text) return draft;
  const parsed = parseFrame(text, draft.frame.version);
  const read = parsed.ok ? parsed.message : parsed.malformed;
  const messageId = read.messageId ?? null;
  // An answer belongs to its request by its message id alone.
  const action = 'action' in read ? (read.action ?? null) : messageId === draft.messageId ? draft.action : null;
  const data = Buffer.from(text);
  return withSubject({ ...draft, edited: true, data, binary: false, text, type: read.type, action, messageId });
}

/** The frame with other bytes that are no text. */
export function withBytes(draft: Draft, data: Uint8Array): Draft {
  return withSubject({
    ...draft,
    edited: true,
    data,
    text: undefined,
    type: 'malformed',
    action: null,
    messageId: null,
  });
}

/** The subject as the row of the edited frame would say it. */
function withSubject(draft: Draft): Draft {
  const { type, action, messageId, data, text, frame } = draft;
  const row = { ...frame.subject.row, type, action, messageId, size: data.length, origin: 'edited' as const };
  const before = frame.subject;
  const subject: FilterSubject = {
    row,
    conversation: before.conversation,
    text: () => text,
    findingRules: () => before.findingRules(),
    counterpart: () => before.counterpart(),
  };
  return { ...draft, subject };
}

/** The payload in the text of a frame, at its place; of an error, its details. Undefined where there is none. */
export function payloadIn(text: string | undefined): JsonPlace | undefined {
  const root = text === undefined ? undefined : jsonIn(text);
  if (root === undefined || kindOf(root) !== 'array') return undefined;
  // Rules change what is there, even where the frame around it is not what its version allows.
  const number = valueAt(root, ['0']);
  const element = number && PAYLOAD_OF.get(rawOf(number));
  return element === undefined ? undefined : valueAt(root, [element]);
}

/** The text of the frame with another element of its array; undefined where it has no such one. */
export function withElement({ text }: Draft, element: number, raw: string): string | undefined {
  const root = text === undefined ? undefined : jsonIn(text);
  if (root === undefined || kindOf(root) !== 'array') return undefined;
  const found = valueAt(root, [String(element)]);
  return found && replaced(root, found, raw).text;
}

/** Which schema the payload of a frame has; undefined where it has none. */
export function payloadKind({ type }: Draft): PayloadKind | undefined {
  if (type === 'CALL' || type === 'SEND') return 'request';
  return type === 'CALLRESULT' ? 'response' : undefined;
}

/** The place of the payload by the message type number, both as they are written. */
const PAYLOAD_OF: ReadonlyMap<string, string> = new Map(
  (Object.keys(MESSAGE_TYPE) as (keyof typeof MESSAGE_TYPE)[]).map((name) => [
    String(MESSAGE_TYPE[name]),
    String(PAYLOAD_ELEMENT[name]),
  ]),
);
