import type { OcppVersion } from '../../ocpp/version.ts';

/** A stretch of a transaction in one state, from `at` to the next one. */
export interface TransactionState {
  readonly at: number;
  /** `ChargingStateEnumType`; for 1.6 what StatusNotification says of the connector meanwhile. */
  readonly state: string;
  readonly entry: number;
}

/**
 * What is known of a transaction. Times are those that the station gave, in milliseconds since 1970 in UTC. It may be
 * no plain object: copy what goes on to a face.
 */
export interface TransactionFacts {
  /** Unique at its station; the number of 1.6 as text. */
  readonly id: string;
  readonly version: OcppVersion;
  /** EVSE, or connector of 1.6; 0 as long as nothing was said of it. */
  readonly evseId: number;
  readonly startedAt: number;
  /** Whether its start is in the session. Where it is not, it began at the latest at `startedAt`. */
  readonly startKnown: boolean;
  /** Null as long as it goes on. */
  readonly endedAt: number | null;
  readonly startEntry: number;
  readonly endEntry: number | null;
  readonly states: readonly TransactionState[];
  /** Entries of every message that named it, in order. */
  readonly entries: readonly number[];
  readonly idToken?: string;
  readonly remoteStartId?: number;
  readonly stoppedReason?: string;
  /** Of 1.6, in Wh. */
  readonly meterStart?: number;
  readonly meterStop?: number;
}

/** The transactions of a station. */
export interface TransactionsKnown {
  /** In the order in which they began. */
  readonly all: readonly TransactionFacts[];
  find(id: string): TransactionFacts | undefined;
  /** The one on an EVSE at an instant. */
  at(evseId: number, instant: number): TransactionFacts | undefined;
}

/** A value of the device model (of a configuration key in 1.6) as a message brought it. */
export interface VariableValue {
  readonly value: string;
  readonly entry: number;
  readonly at: number;
}

/** Where in a device model a variable stands; of 1.6 the key is the variable, and the component is empty. */
export interface VariablePlace {
  readonly component: string;
  readonly variable: string;
  readonly evseId?: number;
  readonly connectorId?: number;
  readonly componentInstance?: string;
  readonly variableInstance?: string;
  /** `Actual` where it is left out. */
  readonly attribute?: 'Actual' | 'Target' | 'MinSet' | 'MaxSet';
}

/** What messages told of the device model; names are compared without regard to case, as the specification asks. */
export interface DeviceModelKnown {
  /** The latest value at an instant, or the latest of all. Undefined where no message told it. */
  value(place: VariablePlace, instant?: number): VariableValue | undefined;
  /** `VariableCharacteristics.maxLimit` and its like, as NotifyReport gave them. */
  limits(place: VariablePlace): { readonly min?: number; readonly max?: number } | undefined;
}

/** What every topic may ask of its station. It is up to date with the event that the topic takes. */
export interface Known {
  readonly station: string;
  /** Of the latest message. */
  readonly version: OcppVersion;
  readonly transactions: TransactionsKnown;
  readonly device: DeviceModelKnown;
  /** Times without a connection to the CSMS, in order; `to` of one that goes on is infinite. */
  readonly offline: readonly { readonly from: number; readonly to: number }[];
  /** Local time of the station minus UTC, in milliseconds: by `ClockCtrlr.TimeZone` or `TimeOffset`, else of this machine. */
  offsetAt(instant: number): number;
}
