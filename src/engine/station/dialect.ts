import type { JsonObject } from '../../ocpp/json.ts';
import type { Answer } from '../rpc/effects.ts';
import type { Reply } from './reply.ts';
import type { Settings, Speaker } from './speaker.ts';
import type { StationCore } from './station-core.ts';

/** Everything about a station that depends on the OCPP version. */
export interface Dialect {
  readonly speaker: Speaker;
  readonly settings: Settings;
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
