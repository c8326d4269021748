import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block H, Reservation. */
export const reservation: Behaviours2<'ReservationStatusUpdate'> = {
  ReservationStatusUpdate: acknowledge,
};
