import { reply } from '../reply.ts';
import { because, type Common } from './station-2.ts';

/** Block H. */
export const RESERVATION: Common<'CancelReservation' | 'ReserveNow'> = {
  CancelReservation({ reservationId }, { core, speaker }) {
    const evse = core.reservations.cancel(reservationId);
    if (!evse) return reply({ status: 'Rejected', ...because('NotFound') });
    return reply({ status: 'Accepted' }, () => speaker.reportStatus(evse, false));
  },

  ReserveNow({ id, evseId, expiryDateTime, connectorType, idToken, groupIdToken }, { core, speaker }) {
    // H01.FR.19: NonEvseSpecific is false.
    if (evseId === undefined) return reply({ status: 'Rejected', ...because('UnsupportedRequest', 'without evseId') });
    const evse = core.evse(evseId);
    if (!evse) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    if (connectorType !== undefined && connectorType !== 'sType2') {
      return reply({ status: 'Rejected', ...because('UnknownConnectorType') });
    }
    if (!core.isOperative(evse)) return reply({ status: 'Unavailable' });
    const expiresAt = Date.parse(expiryDateTime);
    if (expiresAt <= core.now()) return reply({ status: 'Rejected', ...because('InvalidValue', 'expiryDateTime') });
    // H01.FR.02: its own reservation may be replaced.
    const reserved = evse.reservation && evse.reservation.id !== id;
    if (evse.session.phase !== 'idle' || !core.runner.isFree(evse) || reserved) return reply({ status: 'Occupied' });
    const before = core.evses.find(({ reservation }) => reservation?.id === id);
    core.reservations.reserve(evse, {
      id,
      idToken: { token: idToken.idToken, type: idToken.type },
      group: groupIdToken?.idToken,
      receivedAt: core.now(),
      expiresAt,
    });
    return reply({ status: 'Accepted' }, () => {
      if (before) speaker.reportStatus(before, false);
      speaker.reportStatus(evse, false);
    });
  },
};
