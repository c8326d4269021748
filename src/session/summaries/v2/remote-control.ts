import type { Block2 } from '../action-words.ts';
import { labelled, number, object, phrase, text } from '../payload.ts';
import { profile } from '../profiles.ts';
import { evse, evseId, idToken, statusWithReason } from '../terms.ts';

export const REMOTE_CONTROL = {
  RequestStartTransaction: {
    request: (payload) => [
      phrase('Start', labelled('on ', evseId(number(payload, 'evseId')))),
      idToken(payload),
      profile(object(payload, 'chargingProfile')),
    ],
    response: (payload) => [statusWithReason(payload), labelled('transaction ', text(payload, 'transactionId'))],
  },
  RequestStopTransaction: { request: (payload) => phrase('Stop transaction', text(payload, 'transactionId')) },
  TriggerMessage: {
    request: (payload) => [phrase(text(payload, 'requestedMessage'), text(payload, 'customTrigger')), evse(payload)],
  },
  UnlockConnector: {
    request: (payload) =>
      phrase('Unlock', evseId(number(payload, 'evseId')), labelled('connector ', number(payload, 'connectorId'))),
  },
} satisfies Block2<'F Remote Control'>;
