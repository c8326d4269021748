import type { Block2 } from '../action-words.ts';
import { instant, labelled, number, phrase, text } from '../payload.ts';
import { acknowledged, evse, evseId } from '../terms.ts';

export const AVAILABILITY = {
  ChangeAvailability: {
    request: (payload) => phrase(evse(payload) ?? 'Station', text(payload, 'operationalStatus')),
  },
  Heartbeat: {
    request: () => 'Heartbeat',
    response: (payload) => labelled('Time ', instant(payload, 'currentTime')),
  },
  StatusNotification: {
    request: (payload) =>
      phrase(
        evseId(number(payload, 'evseId')),
        labelled('connector ', number(payload, 'connectorId')),
        text(payload, 'connectorStatus'),
      ),
    response: acknowledged,
  },
} satisfies Block2<'G Availability'>;
