import { decimal } from '../../words.ts';
import type { Block2 } from '../action-words.ts';
import { names, number, objects, phrase, text } from '../payload.ts';
import { acknowledged, evseId, idToken, request } from '../terms.ts';

export const BATTERY_SWAPPING = {
  BatterySwap: {
    request: (payload) => [
      text(payload, 'eventType'),
      names(objects(payload, 'batteryData'), (battery) => {
        const soc = number(battery, 'soC');
        return phrase(
          evseId(number(battery, 'evseId')),
          text(battery, 'serialNumber'),
          soc === undefined ? undefined : `SoC ${decimal(soc, 0)} %`,
        );
      }),
      request(payload),
    ],
    response: acknowledged,
  },
  RequestBatterySwap: { request: (payload) => [idToken(payload), request(payload)] },
} satisfies Block2<'S Battery Swapping'>;
