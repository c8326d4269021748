import type { Direction } from '../../ocpp/direction.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';

/** What a CALL or SEND asked or told. */
export interface EnergyRequest {
  readonly kind: 'request';
  readonly station: string;
  readonly version: OcppVersion;
  readonly direction: Direction;
  readonly action: string;
  /** Number of the entry in the session. */
  readonly entry: number;
  /** When the frame was recorded: milliseconds since 1970 in UTC. */
  readonly at: number;
  readonly request: JsonObject;
}

/** The CALLRESULT to a request, with what was asked; an error as an answer is no event. */
export interface EnergyAnswer extends Omit<EnergyRequest, 'kind' | 'direction'> {
  readonly kind: 'answer';
  /** Of the CALL. The entry and time of the event itself are those of the answer. */
  readonly direction: Direction;
  readonly requestEntry: number;
  readonly requestAt: number;
  readonly response: JsonObject;
}

/** A station came or went: the first of its links opened, or the last one closed. */
export interface EnergyLinkEvent {
  readonly kind: 'connected' | 'disconnected';
  readonly station: string;
  readonly entry: number;
  readonly at: number;
}

/**
 * What the energy of a station is gathered from, in the order of the session. A request to a station counts as it
 * reached the station, after rules and edits; what a station says counts as the station said it.
 */
export type EnergyEvent = EnergyRequest | EnergyAnswer | EnergyLinkEvent;
