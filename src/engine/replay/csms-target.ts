import type { JsonObject } from '../../ocpp/json.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { newestCommonVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { Limits } from '../../session/leg-policy.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import type { Network, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import type { Recorder } from '../recorder.ts';
import type { Answer } from '../rpc/effects.ts';
import { createRpcConnection } from '../rpc/rpc-connection.ts';
import type { ReplayPeer, ReplayTarget } from './replay-peer.ts';
import { peerOver } from './station-target.ts';

/** What a replay needs of the world to wait for stations as their CSMS. */
export interface CsmsTargetOptions {
  readonly network: Network;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  readonly host?: string;
  /** Port for the stations; 0 for any. */
  readonly port: number;
  /** Whether the one station of the recording may be played to whichever station comes. */
  readonly anyStation: boolean;
  /** Milliseconds to wait for a station. */
  readonly waitMs: number;
  newId(): string;
  readonly callTimeoutMs?: number;
  /** The limits that differ from `LIMIT_DEFAULTS`. */
  readonly limits?: Partial<Limits>;
}

/** A port at which stations are waited for. */
export interface CsmsTarget extends ReplayTarget {
  readonly port: number;
  /** Frees the port. */
  close(): Promise<void>;
}

const CALL_TIMEOUT_MS = 30_000;

interface Awaited {
  readonly station: string;
  take(request: UpgradeRequest): void;
}

/** Plays a recorded CSMS to stations that connect to a port of its own. Other stations are refused with 404. */
export async function csmsTarget(options: CsmsTargetOptions): Promise<Outcome<CsmsTarget>> {
  const awaited: Awaited[] = [];
  const { network, recorder, clock, anyStation } = options;
  const listening = await network.listen({
    host: options.host,
    port: options.port,
    limits: options.limits,
    onUpgrade(request) {
      const station = stationIdentity(request.target);
      const index = awaited.findIndex((one) => anyStation || one.station === station);
      const [one] = index < 0 ? [] : awaited.splice(index, 1);
      if (one) one.take(request);
      else refuse(request, recorder, station);
    },
  });
  if (!listening.ok) return listening;
  return success({
    port: listening.value.port,
    close: () => listening.value.close(),
    answers: true,
    reconnects: true,
    connect: (station, onRequest, signal) =>
      new Promise<Outcome<ReplayPeer>>((resolve) => {
        const end = (outcome: Outcome<ReplayPeer>): void => {
          timer.cancel();
          signal.removeEventListener('abort', stop);
          const index = awaited.indexOf(one);
          if (index >= 0) awaited.splice(index, 1);
          resolve(outcome);
        };
        const stop = (): void => end(failure('replay-stopped', 'The replay was stopped.'));
        const one: Awaited = { station, take: (request) => void accept(request, onRequest, options).then(end) };
        const timer = clock.after(options.waitMs, () =>
          end(failure('replay-no-station', `The station did not connect within ${options.waitMs / 1000} s.`)),
        );
        signal.addEventListener('abort', stop);
        awaited.push(one);
        if (signal.aborted) stop();
      }),
  });
}

async function accept(
  request: UpgradeRequest,
  onRequest: (action: string, payload: JsonObject) => Answer,
  { recorder, clock, validator, newId, callTimeoutMs }: CsmsTargetOptions,
): Promise<Outcome<ReplayPeer>> {
  const link = openLink(request, recorder, stationIdentity(request.target));
  const version = newestCommonVersion(request.offered);
  if (version === undefined) {
    const sentence = 'The station offers no OCPP version that is spoken here.';
    recorder.negotiated(link, { status: 400, failure: sentence });
    request.refuse(400, [], sentence);
    return failure('replay-no-version', sentence);
  }
  const chosen = SUBPROTOCOL_OF[version];
  const accepted = await request.accept(chosen);
  if (!accepted.ok) {
    recorder.negotiated(link, { failure: accepted.error.sentence });
    return accepted;
  }
  recorder.negotiated(link, { status: 101, chosen, version, tls: request.tls });
  const closed = Promise.withResolvers<void>();
  const connection = createRpcConnection({
    role: 'csms',
    version,
    socket: accepted.value,
    recorder,
    link,
    clock,
    validator,
    newMessageId: newId,
    callTimeoutMs: callTimeoutMs ?? CALL_TIMEOUT_MS,
    endpoint: {
      onRequest: ({ action, payload }) => onRequest(action, payload),
      onClose: () => closed.resolve(),
    },
  });
  return success(peerOver(connection, closed.promise));
}

function refuse(request: UpgradeRequest, recorder: Recorder, station: string): void {
  const sentence = 'The recording that is replayed has no such station, or it is connected already.';
  const link = openLink(request, recorder, station);
  recorder.negotiated(link, { status: 404, failure: sentence });
  request.refuse(404, [], sentence);
}

function openLink(
  { target, headers, offered, remoteAddress }: UpgradeRequest,
  recorder: Recorder,
  station: string,
): number {
  return recorder.openLink({
    peer: 'station',
    opener: 'peer',
    station,
    url: target,
    remoteAddress,
    requestHeaders: headers,
    offered,
  });
}
