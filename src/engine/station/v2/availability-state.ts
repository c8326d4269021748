import type { RequestOf } from '../../../ocpp/messages.ts';
import type { Evse } from '../evse.ts';

/** Status of a connector (2.x G01). A transaction goes on where the EVSE is to become unavailable after it (G03.FR.05). */
export function availabilityOf(
  evse: Evse,
  operative: boolean,
): RequestOf<'2.0.1', 'StatusNotification'>['connectorStatus'] {
  if (!operative && !evse.transaction) return 'Unavailable';
  if (evse.session.phase !== 'idle') return 'Occupied';
  return evse.reservation ? 'Reserved' : 'Available';
}
