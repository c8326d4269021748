import type { JsonObject } from '../ocpp/json.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import { failure, type Outcome } from '../session/outcome.ts';

/** A peer at the other end of an open link, to which messages can be sent. */
export interface LivePeer {
  readonly link: number;
  readonly peer: 'station' | 'csms';
  readonly station: string;
  /** Null where no version known here was agreed. */
  readonly version: OcppVersion | null;
  /** Which part of the bench has the link: a built-in endpoint, or the proxy, which injects. */
  readonly by: 'csms' | 'station' | 'proxy';
}

/** A CALL to be sent to a live peer. */
export interface OutgoingCall {
  readonly action: string;
  readonly payload: JsonObject;
  /** A new one where it is left out. */
  readonly messageId?: string;
}

/** How a call to a live peer ended, with the entries under which it and its answer are recorded. */
export type SentCall =
  | { readonly kind: 'result'; readonly entry: number; readonly answer: number; readonly payload: JsonObject }
  | {
      readonly kind: 'error';
      readonly entry: number;
      readonly answer: number;
      readonly code: string;
      readonly description: string;
      readonly details: JsonObject;
    }
  | { readonly kind: 'timeout' | 'closed'; readonly entry: number };

/** The open links of a bench, as places to send to. Everything sent is recorded like all other traffic. */
export interface Peers {
  list(): readonly LivePeer[];
  /**
   * Sends a CALL once the calls outstanding towards that peer have ended (part 4, 4.1.1: one at a time; at a proxy
   * those of the real peer count), and resolves with how it ended. Its answer is kept from the other side of a proxy.
   * Fails where the link is not open.
   */
  call(link: number, call: OutgoingCall, signal?: AbortSignal): Promise<Outcome<SentCall>>;
  /** Sends these bytes as one data frame, at once, whatever they are; yields the entry. */
  raw(link: number, data: Uint8Array, binary: boolean): Outcome<number>;
}

/** What a peer is told where its link is ended by hand. */
export const DISCONNECTED = [1001, 'disconnected by hand'] as const;

/** Says that a link is not open any more. */
export function linkGone(link: number) {
  return failure('link-gone', `Connection ${link} is not open any more.`);
}
