import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block2 } from '../action-words.ts';
import { count, hashed, labelled, list, names, number, object, objects, phrase, text } from '../payload.ts';
import { acknowledged, request } from '../terms.ts';

export const DISPLAY_MESSAGE = {
  ClearDisplayMessage: { request: (payload) => labelled('Clear message #', number(payload, 'id')) },
  GetDisplayMessages: {
    request: (payload) => [
      names(list(payload, 'id'), (id) => hashed(id)),
      text(payload, 'priority'),
      text(payload, 'state'),
      request(payload),
    ],
  },
  NotifyDisplayMessages: {
    request: (payload) => [
      count(list(payload, 'messageInfo').length, 'message'),
      names(objects(payload, 'messageInfo'), content, 1),
      request(payload),
    ],
    response: acknowledged,
  },
  SetDisplayMessage: {
    request(payload) {
      const message = object(payload, 'message');
      return [phrase(labelled('#', number(message, 'id')), content(message)), text(message, 'priority')];
    },
  },
} satisfies Block2<'O Display Message'>;

function content(message: JsonObject): string | undefined {
  const said = text(object(message, 'message'), 'content', 60);
  return said === undefined ? undefined : `"${said}"`;
}
