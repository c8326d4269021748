import type { JsonObject } from '../../ocpp/json.ts';
import { decimal } from '../words.ts';
import type { Parts } from './action-words.ts';
import { number, text } from './payload.ts';
import { reason } from './terms.ts';

const ACCEPTED = 'Accepted';

/** The answer to a BootNotification, alike in all versions. */
export function bootAnswer(payload: JsonObject): Parts {
  const status = text(payload, 'status');
  if (status === undefined) return undefined;
  const interval = number(payload, 'interval');
  const what = status === ACCEPTED ? 'heartbeat every' : 'retry in';
  // An interval of 0 leaves the choice to the station (1.6, 4.2; B01.FR.04).
  const when = interval === undefined ? '' : interval === 0 ? '' : `, ${what} ${decimal(interval, 0)} s`;
  return [`Boot ${status.toLowerCase()}${when}`, reason(payload, 'statusInfo')];
}
