import type { OperationMode } from '../../ocpp/schedule/profile.ts';
import type { ChargingSession } from './charging-session.ts';

/** An identifier of a driver. 1.6 knows no types; there it is `Central` and not sent. */
export interface IdToken {
  readonly token: string;
  readonly type: string;
}

/** A transaction as the station knows it. */
export interface Transaction {
  /** The station's own id, unique over all its transactions (E01.FR.08); on the wire in 2.x. */
  readonly id: string;
  readonly idToken: IdToken;
  /** By the clock of the CSMS, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Register at the start, in watt-hours. */
  readonly startEnergyWh: number;
  /** Id of the request that started it, where one did (F02.FR.01). */
  readonly remoteStartId?: number;
  /** The reservation that it used up (E01.FR.13). */
  readonly reservationId?: number;
  /** When that reservation was made. */
  readonly reservedAt?: number;
}

/** A reservation of an EVSE. */
export interface Reservation {
  readonly id: number;
  readonly idToken: IdToken;
  /** Group whose members may use it too. */
  readonly group?: string;
  /** By the clock of the CSMS, in milliseconds since 1970. */
  readonly receivedAt?: number;
  /** By the clock of the CSMS, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** One EVSE with its one connector; in 1.6 it is the connector of the same number. */
export interface Evse {
  readonly id: number;
  /** As set by ChangeAvailability; it outlives reboots (B01.FR.07). */
  operative: boolean;
  session: ChargingSession;
  transaction?: Transaction;
  /** Since when priority charging is in use, by the clock of the CSMS. */
  priority?: number;
  /** In which its transaction was last seen. */
  mode?: OperationMode;
  /** Which of several schedules of its TxProfile the vehicle has chosen, from 0. */
  scheduleIndex?: number;
  reservation?: Reservation;
}

/** Whether identifiers are the same; they are case-insensitive (1.6 7.28 CiString, 2.x IdTokenType). */
export function sameToken(one: IdToken, other: IdToken): boolean {
  return one.token.toLowerCase() === other.token.toLowerCase();
}
