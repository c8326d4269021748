import type { JsonObject } from '../../ocpp/json.ts';
import type { BackOffSettings } from './back-off.ts';
import type { Evse, IdToken, Reservation, Transaction } from './evse.ts';
import type { SigningSettings } from './security/certificate-renewal.ts';
import type { RetrySettings } from './transaction-queue.ts';

/** Why the station boots (2.x BootReasonEnumType). */
export type BootReason = 'PowerUp' | 'RemoteReset' | 'ScheduledReset' | 'Triggered';

/** What set a transaction off. */
export type StartCause = 'local' | 'remote';

/** What ended a transaction. */
export type EndCause =
  | 'local'
  | 'remote'
  | 'deauthorized'
  | 'reset'
  | 'immediate-reset'
  | 'unlock'
  | 'transfer-rejected';

/** Why there is a meter reading between start and end: its interval passed, or the CSMS asked for it. */
export type SampleCause = 'periodic' | 'trigger';

/** The station's voice in one OCPP version: says what happens at its EVSEs. */
export interface Speaker {
  bootNotification(reason: BootReason): JsonObject;
  /** Reports the status of the connector if it is another than was last reported, or always. */
  reportStatus(evse: Evse, always: boolean): void;
  /** Reports the status of the station itself, where the version has such a thing (1.6 connector 0). */
  reportStation(always: boolean): void;
  /** Asks the CSMS whether this driver may charge; false where it does not say so. */
  authorize(idToken: IdToken): Promise<boolean>;
  started(evse: Evse, transaction: Transaction, cause: StartCause): void;
  /** The vehicle charges, or is suspended, from now on. */
  stateChanged(evse: Evse, transaction: Transaction): void;
  /** The vehicle says what it needs until it leaves (2.x K15 to K17). */
  chargingNeeds(evse: Evse, departsAt: number): void;
  /** The operation mode is another from now on (2.1 K01.FR.110). */
  modeChanged(evse: Evse, transaction: Transaction): void;
  sampled(evse: Evse, transaction: Transaction, cause: SampleCause): void;
  ended(evse: Evse, transaction: Transaction, cause: EndCause): void;
  /** The SignCertificate by which a certificate of the station's own is asked for. `requestId` is of 2.1. */
  signCertificate(csr: string, requestId: number): JsonObject;
  /** A reservation has come to its end unused (2.x H04). */
  reservationExpired(reservation: Reservation): void;
}

/** Values that the CSMS can set, read where they are needed; each version has its own way to hold them. */
export interface Settings {
  heartbeatInterval(): number;
  /** Takes the interval of an accepted BootNotification over (B01.FR.04). */
  adoptHeartbeatInterval(seconds: number): void;
  /** Seconds between meter readings in a transaction; 0 for none. */
  sampleInterval(): number;
  retry(): RetrySettings;
  backOff(): BackOffSettings;
  /** Seconds of being offline from which on every status is reported again (B04). */
  offlineThreshold(): number;
  /** Seconds between pings on the WebSocket; 0 for none. */
  pingInterval(): number;
  authorizeRemoteStart(): boolean;
  localAuthorizeOffline(): boolean;
  localPreAuthorize(): boolean;
  localListEnabled(): boolean;
  /** Name of the operator, as it stands in certificates; empty where none is set. */
  organization(): string;
  signing(): SigningSettings;
  /** Whose setpoint counts where an external system sets one too; only 2.1 knows such (Q06.FR.20). */
  setpointPriority?(): 'ExternalSystem' | 'CSMS';
}
