import { type Action, findAction, maySend } from '../../ocpp/actions.ts';
import type { Direction } from '../../ocpp/direction.ts';
import {
  type Call,
  type FlawCode,
  type MalformedFrame,
  MESSAGE_ID_MAX_LENGTH,
  MESSAGE_TYPE,
  type Send,
} from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Violation } from '../../ocpp/violation.ts';
import type { RpcError } from './effects.ts';
import { FRAMEWORK } from './framework.ts';

/** Message id of a CALLERROR for a message whose own id cannot be read (part 4, 4.2.3). */
export const UNREADABLE_MESSAGE_ID = '-1';

/** An error description has at most 255 characters (part 4, table 7). */
const DESCRIPTION_MAX_LENGTH = 255;

/** Violations told to the peer in the details; the rest would only make the frame long. */
const VIOLATIONS_TOLD = 10;

/**
 * The CALLERROR that a frame gets which is no message: its id and the error. Undefined where the specification has
 * no answer to it, so that it is ignored:
 * - a malformed answer or SEND: a CALLERROR answers a CALL alone (part 4, 4.2.3 and 4.2.4);
 * - 1.6: a message type number that it does not have (1.6-J 4.1.3: the payload is ignored), and everything whose id
 *   cannot be read, since the id of a CALLERROR is that of the CALL (1.6-J table 6) and "-1" came with 2.0.1.
 */
export function answerToMalformed(
  version: OcppVersion,
  frame: MalformedFrame,
): { readonly messageId: string; readonly error: RpcError } | undefined {
  const { flaw, messageTypeNumber, messageId } = frame;
  const typeUnknown = isTypeUnknown(flaw.code) && messageTypeNumber !== undefined;
  // A frame without a readable type may well have been a CALL, so it is answered like one.
  const mayBeCall = typeUnknown || messageTypeNumber === undefined || messageTypeNumber === MESSAGE_TYPE.CALL;
  if (!mayBeCall) return undefined;
  if (messageId === undefined && !FRAMEWORK[version].answersUnreadable) return undefined;
  if (isTypeUnknown(flaw.code) && !FRAMEWORK[version].answersUnknownTypes) return undefined;
  return { messageId: messageId ?? UNREADABLE_MESSAGE_ID, error: errorOfMalformed(frame) };
}

function isTypeUnknown(code: FlawCode): boolean {
  return code === 'message-type-unknown' || code === 'message-type-not-in-version';
}

/** The error that names what is wrong with a malformed frame (part 4, 4.3). */
export function errorOfMalformed({ flaw, messageTypeNumber }: MalformedFrame): RpcError {
  if (isTypeUnknown(flaw.code) && messageTypeNumber !== undefined) {
    // 2.0.1 part 4, 4.4 demands it; 2.1 keeps the code for it in table 9.
    return { code: 'MessageTypeNotSupported', description: flaw.sentence };
  }
  if (flaw.code === 'payload-not-object') return { code: 'FormatViolation', description: flaw.sentence };
  return { code: 'RpcFrameworkError', description: flaw.sentence };
}

/** What a request is judged by. */
export interface RequestRules {
  readonly version: OcppVersion;
  readonly validator: PayloadValidator;
  /** The way that messages take which are received here. */
  readonly incoming: Direction;
}

/** What is wrong with a readable CALL or SEND (part 4, 4.1.7); undefined where it is valid. */
export function faultOfRequest(rules: RequestRules, message: Call | Send): RpcError | undefined {
  if (message.messageId.length > MESSAGE_ID_MAX_LENGTH) {
    // 1.6-J 4.2.3 and part 4, 4.2.3 name an id that is too long as a reason for a CALLERROR.
    return {
      code: 'RpcFrameworkError',
      description: `The message id has ${message.messageId.length} characters; at most ${MESSAGE_ID_MAX_LENGTH} are allowed.`,
    };
  }
  const action = findAction(rules.version, message.action);
  return action === undefined
    ? { code: 'NotImplemented', description: `OCPP ${rules.version} has no action of this name.` }
    : (faultOfAction(rules, message, action) ?? faultOfPayload(rules, message));
}

function faultOfAction(rules: RequestRules, message: Call | Send, action: Action): RpcError | undefined {
  if (!maySend(action, rules.incoming)) {
    const sender = rules.incoming === 'to-csms' ? 'CSMS' : 'charging station';
    return { code: 'NotSupported', description: `${action.name} is sent by the ${sender} only.` };
  }
  if (action.messageType !== message.type) {
    // 2.1 part 4, 4.1.3: requests travel as CALL, unconfirmed messages as SEND.
    return {
      code: 'NotSupported',
      description: `${action.name} travels as ${action.messageType}, not ${message.type}.`,
    };
  }
  return undefined;
}

function faultOfPayload(rules: RequestRules, message: Call | Send): RpcError | undefined {
  const violations = rules.validator.validate(rules.version, message.action, 'request', message.payload);
  return violations[0] === undefined ? undefined : errorOfViolations(violations[0], violations);
}

/** One error for all violations of a payload: the first gives the code, the details list them. */
export function errorOfViolations(first: Violation, all: readonly Violation[]): RpcError {
  const details: JsonObject = {
    violations: all.slice(0, VIOLATIONS_TOLD).map(({ pointer, rule, sentence }) => ({ pointer, rule, sentence })),
  };
  return { code: first.errorCode, description: first.sentence, details };
}

/** A description cut to what the wire allows, never between the halves of a surrogate pair. */
export function shortDescription(text: string): string {
  if (text.length <= DESCRIPTION_MAX_LENGTH) return text;
  return `${text.slice(0, DESCRIPTION_MAX_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
