import type { MalformedFrame, Message } from '../ocpp/frame.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import { plain } from './words.ts';

/** The longest summary, in UTF-16 code units. */
export const SUMMARY_MAX = 120;

/**
 * What an engineer would say of a message, in at most 120 characters. Of an answer, `action` is that of its CALL,
 * null where it has none. Never throws, whatever the payload is.
 */
export function summaryOf(message: Message, _version: OcppVersion | undefined, _action: string | null): string {
  switch (message.type) {
    case 'CALLERROR':
    case 'CALLRESULTERROR': {
      const description = message.errorDescription === '' ? '' : `: ${message.errorDescription.slice(0, SUMMARY_MAX)}`;
      return plain(`${message.errorCode.slice(0, SUMMARY_MAX)}${description}`, SUMMARY_MAX);
    }
    default:
      return '';
  }
}

/** What is wrong with a frame that is no message. */
export function summaryOfMalformed(malformed: MalformedFrame): string {
  return plain(malformed.flaw.sentence, SUMMARY_MAX);
}
