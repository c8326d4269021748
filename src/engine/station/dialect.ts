import type { JsonObject } from '../../ocpp/json.ts';
import type { Answer } from '../rpc/effects.ts';
import type { OfferNow } from './charging-session.ts';
import type { Evse, Transaction } from './evse.ts';
import type { Reply } from './reply.ts';
import type { Settings, Speaker } from './speaker.ts';
import type { StationCore } from './station-core.ts';

/** What a version adds to transactions while they go on. */
export interface Follower {
  /** A transaction begins, before the CSMS hears of it. */
  begins?(evse: Evse, transaction: Transaction): void;
  /** What the EVSE may do now, made of what its profiles let it do; asked while the contactor is closed. */
  adjust?(evse: Evse, offer: OfferNow): OfferNow;
  /** Time has passed: the meter stands where it stands now. */
  advanced?(evse: Evse, transaction: Transaction): void;
  /** The transaction is over, and the CSMS was told. */
  ended?(evse: Evse, transaction: Transaction): void;
  dispose?(): void;
}

/** Everything about a station that depends on the OCPP version. */
export interface Dialect {
  readonly speaker: Speaker;
  readonly settings: Settings;
  readonly followers: readonly Follower[];
  /** Answers a valid request; undefined for an action that the version does not let the CSMS call. */
  answer(action: string, payload: JsonObject): Reply<JsonObject> | undefined;
  /** What the CSMS gets to hear while it has rejected the station. */
  whileRejected(): Answer | Promise<Answer>;
}

/** What a dialect is made of. */
export interface DialectOptions {
  readonly core: StationCore;
  /** Seconds between meter readings until the CSMS says otherwise. */
  readonly sampleInterval: number;
}
