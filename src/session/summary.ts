import type { MalformedFrame, Message } from '../ocpp/frame.ts';
import type { JsonObject } from '../ocpp/json.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { ActionWords, Parts } from './summaries/action-words.ts';
import { count, shortened } from './summaries/payload.ts';
import { statusWithReason } from './summaries/terms.ts';
import { WORDS_1_6 } from './summaries/v1.6/table.ts';
import { WORDS_2 } from './summaries/v2/table.ts';
import { plain } from './words.ts';

/** The longest summary, in UTF-16 code units. */
export const SUMMARY_MAX = 120;

/** Properties that the fallback says at most. */
const FIELDS_MAX = 3;

const WORDS_OF_2 = flat(WORDS_2);
const WORDS: Readonly<Record<OcppVersion, ReadonlyMap<string, ActionWords>>> = {
  '1.6': flat(WORDS_1_6),
  '2.0.1': WORDS_OF_2,
  '2.1': WORDS_OF_2,
};

/**
 * What an engineer would say of a message, in at most 120 characters. Of an answer, `action` is that of its CALL,
 * null where it has none. Never throws, whatever the payload is.
 */
export function summaryOf(message: Message, version: OcppVersion | undefined, action: string | null): string {
  const words = version === undefined || action === null ? undefined : WORDS[version].get(action);
  switch (message.type) {
    case 'CALL':
    case 'SEND':
      return said(words?.request(message.payload)) || fallback(message.payload, 'No arguments');
    case 'CALLRESULT': {
      const response = words?.response ?? statusWithReason;
      return said(response(message.payload)) || fallback(message.payload, 'Acknowledged');
    }
    case 'CALLERROR':
    case 'CALLRESULTERROR':
      return plain(errorWords(message.errorCode, message.errorDescription), SUMMARY_MAX);
  }
}

/** What is wrong with a frame that is no message. */
export function summaryOfMalformed(malformed: MalformedFrame): string {
  return plain(malformed.flaw.sentence, SUMMARY_MAX);
}

function flat(
  table: Readonly<Record<string, Readonly<Record<string, ActionWords>>>>,
): ReadonlyMap<string, ActionWords> {
  return new Map(Object.values(table).flatMap((block) => Object.entries(block)));
}

function said(parts: Parts): string {
  if (parts === undefined) return '';
  const sentence =
    typeof parts === 'string' ? parts : parts.filter((part) => part !== undefined && part !== '').join(' · ');
  return plain(sentence, SUMMARY_MAX);
}

function errorWords(code: string, description: string): string {
  const shortCode = shortened(code) ?? 'No error code';
  const shortDescription = shortened(description, SUMMARY_MAX);
  return shortDescription === undefined ? shortCode : `${shortCode}: ${shortDescription}`;
}

/** The first few scalar properties, for a payload of which nothing better is known. */
function fallback(payload: JsonObject, empty: string): string {
  const fields: string[] = [];
  let others = 0;
  for (const key in payload) {
    const value = payload[key];
    const scalar = typeof value === 'string' ? shortened(value) : typeof value === 'object' ? undefined : value;
    if (scalar === undefined || fields.length >= FIELDS_MAX) others += 1;
    else fields.push(`${shortened(key, 24)} ${scalar}`);
  }
  if (fields.length === 0) return others === 0 ? empty : count(others, 'field');
  return said(others === 0 ? fields.join(', ') : `${fields.join(', ')} +${others}`);
}
