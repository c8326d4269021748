import type { JsonObject } from '../../ocpp/json.ts';
import type { Interval, StepSeries } from '../../ocpp/schedule/context.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CallOutcome } from '../rpc/effects.ts';
import type { CertificateStore } from './certificate-store.ts';
import type { ChargingHardware } from './charging-session.ts';
import type { Evse } from './evse.ts';
import type { LocalList } from './local-list.ts';
import type { ProfileStore } from './profile-store.ts';
import type { Reservations } from './reservations.ts';
import type { CertificateRenewal } from './security/certificate-renewal.ts';
import type { StationSecurity } from './security/station-security.ts';
import type { SessionRunner } from './session-runner.ts';
import type { BootReason, EndCause } from './speaker.ts';
import type { TransactionQueue } from './transaction-queue.ts';

/** Who the station says it is. */
export interface StationIdentity {
  /** Identity in the URL. */
  readonly id: string;
  readonly vendor: string;
  readonly model: string;
  readonly serial: string;
  readonly firmware: string;
}

/** What the CSMS has said to the BootNotification; `none` before its answer. */
export type Registration = 'none' | 'Pending' | 'Rejected' | 'Accepted';

/** What a restart of the station is to do. */
export interface Reboot {
  /** Ends running transactions. */
  readonly cause: EndCause;
  readonly reason: BootReason;
}

/** The station behind the versions: state and means that the behaviours of every version act on. */
export interface StationCore {
  readonly version: OcppVersion;
  readonly identity: StationIdentity;
  readonly hardware: ChargingHardware;
  readonly clock: Clock;
  readonly evses: readonly Evse[];
  readonly runner: SessionRunner;
  readonly queue: TransactionQueue;
  readonly profiles: ProfileStore;
  readonly localList: LocalList;
  readonly certificates: CertificateStore;
  readonly security: StationSecurity;
  readonly renewal: CertificateRenewal;
  readonly reservations: Reservations;
  /** What AFRRSignal said, in the order of time. */
  signals: StepSeries;
  /** Whose setpoint counts where an external system sets one too (Q06.FR.20). */
  setpointPriority(): 'ExternalSystem' | 'CSMS';
  readonly registration: Registration;
  /** Whether there is a connection on which the CSMS has accepted the station. */
  readonly inService: boolean;
  /** Of the whole station, as set by ChangeAvailability; it outlives reboots. */
  operative: boolean;
  /** Times without a connection, the latest ones, by the clock of the CSMS. */
  offline(): readonly Interval[];
  /** By the clock of the CSMS, in milliseconds since 1970. */
  now(): number;
  /** The same in RFC 3339, with milliseconds. */
  timestamp(): string;
  /** At least 0 and below 1, evenly distributed. */
  random(): number;
  /** An id that this station has not used before, of at most 36 characters. */
  newId(): string;
  evse(id: number): Evse | undefined;
  /** Whether neither station nor EVSE is out of service. */
  isOperative(evse: Evse): boolean;
  /** Whether a transaction could be started at an EVSE now. */
  takesTransaction(evse: Evse): boolean;
  /** An id that no request of the station's own has had. */
  newRequestId(): number;
  /** A certificate that was signed for the station is no good: a security event (A02.FR.07). */
  certificateRefused(sentence: string): void;
  /** Sends a CALL of the station's own accord: nothing, and `closed`, while it is not accepted (B01.FR.08). */
  call(action: string, payload: JsonObject): Promise<CallOutcome>;
  /** Sends a CALL that the CSMS asked for, also while the registration is pending (B02.FR.02). */
  callTriggered(action: string, payload: JsonObject): Promise<CallOutcome>;
  /** Sends a BootNotification ahead of its time because the CSMS asked for it. */
  bootTriggered(): void;
  /** Settings have changed: timers take the new values over, and a new connection the new credentials. */
  settingsChanged(): void;
  /** Restarts once the transactions are reported, at once or when none is running. */
  reboot(reboot: Reboot, when: 'now' | 'idle'): void;
  /** Runs a task later, unless the station goes down before. */
  after(seconds: number, task: () => void): Timer;
}
