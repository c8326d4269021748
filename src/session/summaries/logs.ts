import type { ActionWords } from './action-words.ts';
import { object, text } from './payload.ts';
import { acknowledged, request, statusWithReason } from './terms.ts';

/** Log messages, which 1.6 (security whitepaper) and 2.x have alike. */
export const GET_LOG: ActionWords = {
  request: (payload) => [
    text(payload, 'logType'),
    text(object(payload, 'log'), 'remoteLocation', 60),
    request(payload),
  ],
  response: (payload) => [statusWithReason(payload), text(payload, 'filename', 60)],
};

export const LOG_STATUS_NOTIFICATION: ActionWords = {
  request: (payload) => [statusWithReason(payload), request(payload)],
  response: acknowledged,
};
