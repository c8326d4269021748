import { isJsonObject, type JsonValue } from '../../ocpp/json.ts';
import type { ActionWords } from './action-words.ts';
import { count, phrase, shortened, text } from './payload.ts';
import { statusWithReason } from './terms.ts';

/** DataTransfer, alike in all versions, but for 2.x allowing any JSON as data. */
export const DATA_TRANSFER: ActionWords = {
  request: (payload) => [phrase(text(payload, 'vendorId'), text(payload, 'messageId')), data(payload.data)],
  response: (payload) => [statusWithReason(payload), data(payload.data)],
};

function data(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return shortened(value, 60);
  if (Array.isArray(value)) return count(value.length, 'element');
  return isJsonObject(value) ? count(Object.keys(value).length, 'field') : String(value);
}
