import type { Block2 } from '../action-words.ts';
import { instant, labelled, number, phrase, text } from '../payload.ts';
import { acknowledged, evseId, idToken } from '../terms.ts';

export const RESERVATION = {
  CancelReservation: { request: (payload) => labelled('Cancel reservation #', number(payload, 'reservationId')) },
  ReservationStatusUpdate: {
    request: (payload) =>
      phrase(labelled('Reservation #', number(payload, 'reservationId')), text(payload, 'reservationUpdateStatus')),
    response: acknowledged,
  },
  ReserveNow: {
    request: (payload) => [
      phrase(
        labelled('Reservation #', number(payload, 'id')),
        labelled('on ', evseId(number(payload, 'evseId')) ?? text(payload, 'connectorType')),
      ),
      idToken(payload),
      labelled('until ', instant(payload, 'expiryDateTime')),
    ],
  },
} satisfies Block2<'H Reservation'>;
