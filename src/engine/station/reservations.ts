import type { Clock, Timer } from '../clock.ts';
import type { Evse, IdToken, Reservation } from './evse.ts';
import { sameToken } from './evse.ts';

/** The reservations of the EVSEs, each with its end (1.6 5.13; 2.x block H). */
export class Reservations {
  readonly #clock: Clock;
  readonly #evses: readonly Evse[];
  readonly #now: () => number;
  readonly #onExpired: (evse: Evse, reservation: Reservation) => void;
  readonly #timers = new Map<number, Timer>();

  constructor(
    clock: Clock,
    evses: readonly Evse[],
    now: () => number,
    onExpired: (evse: Evse, reservation: Reservation) => void,
  ) {
    this.#clock = clock;
    this.#evses = evses;
    this.#now = now;
    this.#onExpired = onExpired;
  }

  /** Reserves an EVSE in place of the reservation with the same id, wherever that is (H01.FR.02). */
  reserve(evse: Evse, reservation: Reservation): void {
    this.cancel(reservation.id);
    evse.reservation = reservation;
    const wait = Math.max(0, reservation.expiresAt - this.#now());
    this.#timers.set(
      reservation.id,
      this.#clock.after(wait, () => {
        this.#timers.delete(reservation.id);
        // Used up by a transaction, or replaced.
        if (evse.reservation !== reservation) return;
        evse.reservation = undefined;
        this.#onExpired(evse, reservation);
      }),
    );
  }

  /** Ends a reservation; the EVSE that it held, undefined where none had this id. */
  cancel(id: number): Evse | undefined {
    this.#timers.get(id)?.cancel();
    this.#timers.delete(id);
    const evse = this.#evses.find(({ reservation }) => reservation?.id === id);
    if (evse) evse.reservation = undefined;
    return evse;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }
}

/** Whether a reservation lets this driver in: by identifier or by group (H03.FR.07 and FR.08; 1.6 5.13). */
export function admits(reservation: Reservation | undefined, idToken: IdToken, group?: string): boolean {
  if (reservation === undefined || sameToken(reservation.idToken, idToken)) return true;
  return group !== undefined && reservation.group?.toLowerCase() === group.toLowerCase();
}
