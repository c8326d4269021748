import type { CallTowards } from '../../ocpp/action-names.ts';
import type { ActionName, CallActionName, RequestOf, ResponseOf } from '../../ocpp/messages.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { StationRecord } from './station-state.ts';

/** What a behaviour has at hand. */
export interface StationContext {
  readonly station: StationRecord;
  /** Wall clock in milliseconds since 1970 UTC. */
  readonly now: number;
  /** Seconds between heartbeats, told at boot. */
  readonly heartbeatInterval: number;
  /** An id greater than all before, over all stations. */
  nextTransactionId(): number;
}

/** What the CSMS does about one station-initiated action: the answer, and what it remembers. */
export type Behaviour<V extends OcppVersion, A extends ActionName<V> & CallActionName<V>> = (
  request: RequestOf<V, A>,
  context: StationContext,
) => ResponseOf<V, A>;

/** A behaviour for every station-initiated action of a version. */
export type Behaviours<V extends OcppVersion> = {
  readonly [A in CallTowards<'to-csms', V> & ActionName<V> & CallActionName<V>]: Behaviour<V, A>;
};

/** Some behaviours of 2.0.1 that 2.1 keeps, so they take the requests of both. */
export type Behaviours2<A extends CallTowards<'to-csms', '2.0.1'>> = {
  readonly [N in A]: (
    request: RequestOf<'2.0.1', N> | RequestOf<'2.1', N>,
    context: StationContext,
  ) => ResponseOf<'2.0.1', N>;
};

/** Some behaviours that are those of 2.1 alone. */
export type Behaviours21<A extends CallTowards<'to-csms', '2.1'>> = Pick<Behaviours<'2.1'>, A>;

/** The answer to what only has to be acknowledged. */
export function acknowledge(): Record<string, never> {
  return {};
}

/** A point in time as it stands in payloads (RFC 3339, UTC). */
export function timestamp(wall: number): string {
  return new Date(wall).toISOString();
}
