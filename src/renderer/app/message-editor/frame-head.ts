import { type MessageTypeName, messageTypeName } from '../../../ocpp/frame.ts';
import type { EditedMessage } from './edited-message.ts';

/** What is known of a message from its beginning alone, so that it is known while the rest is being typed. */
export interface FrameHead {
  readonly type: MessageTypeName | null;
  /** The action that its payload belongs to. */
  readonly action: string | null;
}

const HEAD = /^\s*\[\s*(\d+)\s*(?:,\s*(?:"(?:[^"\\]|\\.)*"|[^",[\]{}]*)\s*(?:,\s*("(?:[^"\\]|\\.)*"))?)?/;
/** Far more than any id and action take. */
const HEAD_MAX = 2000;

/** Index of the payload in the frame's array (1.6-J 4.2, part 4 4.2); of an error it is the details. */
export const PAYLOAD_INDEX = {
  CALL: 3,
  SEND: 3,
  CALLRESULT: 2,
  CALLERROR: 4,
  CALLRESULTERROR: 4,
} as const satisfies Record<MessageTypeName, number>;

/** Reads the beginning of a text that is a frame, or is going to be one. */
export function frameHead(text: string, message: EditedMessage): FrameHead {
  if (message.part === 'request') return { type: 'CALL', action: message.action };
  if (message.part === 'response') return { type: 'CALLRESULT', action: message.action };
  const [, number, third] = HEAD.exec(text.slice(0, HEAD_MAX)) ?? [];
  const type = number === undefined ? null : (messageTypeName(Number(number)) ?? null);
  const requests = type === 'CALL' || type === 'SEND';
  return { type, action: requests ? stringOf(third) : message.action };
}

function stringOf(literal: string | undefined): string | null {
  try {
    return literal === undefined ? null : (JSON.parse(literal) as string);
  } catch {
    return null;
  }
}
