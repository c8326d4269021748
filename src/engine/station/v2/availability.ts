import type { Evse } from '../evse.ts';
import { reply } from '../reply.ts';
import { because, type Common, type Station2 } from './station-2.ts';

/** Block G. */
export const AVAILABILITY: Common<'ChangeAvailability'> = {
  ChangeAvailability({ evse: asked, operationalStatus }, station) {
    const { core } = station;
    const evse = asked && core.evse(asked.id);
    if (asked && !evse) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    if (asked?.connectorId !== undefined && asked.connectorId !== 1) {
      return reply({ status: 'Rejected', ...because('UnknownConnectorId') });
    }
    const operative = operationalStatus === 'Operative';
    const evses = evse ? [evse] : core.evses;
    // G03.FR.03, G04.FR.04: what is so already is accepted.
    const changes = (evse ? evse.operative : core.operative) !== operative;
    if (evse) evse.operative = operative;
    else core.operative = operative;
    const scheduled = changes && !operative && evses.some(({ transaction }) => transaction);
    return reply({ status: scheduled ? 'Scheduled' : 'Accepted' }, () => {
      for (const one of evses) changed(one, station);
    });
  },
};

function changed(evse: Evse, { core, speaker }: Station2): void {
  if (evse.reservation && !core.isOperative(evse)) {
    // H01.FR.17.
    const { id } = evse.reservation;
    core.reservations.cancel(id);
    void speaker.call('ReservationStatusUpdate', { reservationId: id, reservationUpdateStatus: 'Removed' });
  }
  speaker.reportStatus(evse, false);
}
