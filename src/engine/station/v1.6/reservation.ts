import { reply } from '../reply.ts';
import type { Handlers16 } from './station-1.6.ts';

/** Profile "Reservation" of 1.6. */
export const RESERVATION: Handlers16<'CancelReservation' | 'ReserveNow'> = {
  CancelReservation({ reservationId }, { core, speaker }) {
    const evse = core.reservations.cancel(reservationId);
    if (!evse) return reply({ status: 'Rejected' });
    return reply({ status: 'Accepted' }, () => speaker.reportStatus(evse, false));
  },

  ReserveNow({ connectorId, expiryDate, idTag, parentIdTag, reservationId }, { core, speaker }) {
    const evse = core.evse(connectorId);
    // 5.13: ReserveConnectorZeroSupported is false.
    if (!evse) return reply({ status: 'Rejected' });
    if (!core.isOperative(evse)) return reply({ status: 'Unavailable' });
    const expiresAt = Date.parse(expiryDate);
    if (expiresAt <= core.now()) return reply({ status: 'Rejected' });
    const reservedForOther = evse.reservation && evse.reservation.id !== reservationId;
    if (evse.session.phase !== 'idle' || !core.runner.isFree(evse) || reservedForOther) {
      return reply({ status: 'Occupied' });
    }
    const before = core.evses.find(({ reservation }) => reservation?.id === reservationId);
    const idToken = { token: idTag, type: 'Central' };
    core.reservations.reserve(evse, { id: reservationId, idToken, group: parentIdTag, expiresAt });
    return reply({ status: 'Accepted' }, () => {
      if (before) speaker.reportStatus(before, false);
      speaker.reportStatus(evse, false);
    });
  },
};
