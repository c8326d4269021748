import type { RequestsOf16, ResponsesOf16 } from './generated/ocpp-1.6.ts';
import type { RequestsOf201, ResponsesOf201 } from './generated/ocpp-2.0.1.ts';
import type { RequestsOf21, ResponsesOf21 } from './generated/ocpp-2.1.ts';
import type { OcppVersion } from './version.ts';

/** Version → action → type of the payload of its CALL or SEND, generated from the official schemas. */
export interface Requests {
  '1.6': RequestsOf16;
  '2.0.1': RequestsOf201;
  '2.1': RequestsOf21;
}

/** Version → action → type of the payload of its CALLRESULT. A SEND has none. */
export interface Responses {
  '1.6': ResponsesOf16;
  '2.0.1': ResponsesOf201;
  '2.1': ResponsesOf21;
}

/** Names of all actions of a version. */
export type ActionName<V extends OcppVersion> = keyof Requests[V];

/** Names of the actions of a version that are answered: all but those of a SEND. */
export type CallActionName<V extends OcppVersion> = keyof Responses[V];

/** Payload of the CALL or SEND of an action. It can be used as a `JsonObject`. */
export type RequestOf<V extends OcppVersion, A extends ActionName<V>> = Requests[V][A];

/** Payload of the CALLRESULT of an action; `never` for a SEND. It can be used as a `JsonObject`. */
export type ResponseOf<V extends OcppVersion, A extends ActionName<V>> =
  A extends CallActionName<V> ? Responses[V][A] : never;
