import type { ActionName, CallActionName, RequestOf, ResponseOf } from '../../ocpp/messages.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { RpcError } from '../rpc/effects.ts';

/** How a request is answered, and what the station does once the answer is out. */
export type Reply<R> =
  | { readonly response: R; readonly after?: () => void; readonly error?: undefined }
  | { readonly error: RpcError };

/** One behaviour for each of the actions, given the station on which it acts. */
export type Handlers<V extends OcppVersion, A extends CallActionName<V> & ActionName<V>, S> = {
  readonly [N in A]: (request: RequestOf<V, N>, station: S) => Reply<ResponseOf<V, N>>;
};

/** An answer, and what follows it. */
export function reply<R>(response: R, after?: () => void): Reply<R> {
  return { response, after };
}
