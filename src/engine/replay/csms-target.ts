import type { ListenerSecurity } from '../../bridge/security.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { newestCommonVersion } from '../../ocpp/version.ts';
import type { Limits } from '../../session/leg-policy.ts';
import type { LinkOpening } from '../../session/link.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import { admission, NO_SECURITY, policyOf } from '../admission/admission.ts';
import { PasswordWatch } from '../admission/password-watch.ts';
import { PortSecurity } from '../admission/port-security.ts';
import { recordAttempt } from '../admission/record-attempt.ts';
import { RefusalBook } from '../admission/refusals/refusal-book.ts';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { type Admitted, admit } from '../csms/admission.ts';
import { listenerFiles, listenerTls } from '../leg-security.ts';
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
  /** Whether a taken port is a failure and not followed by the next free one. */
  readonly exact?: boolean;
  /** What is asked of the stations; nothing where it is left out. */
  readonly security?: ListenerSecurity;
  /** Certificates to present; without them there is no TLS. */
  readonly credentials?: Credentials;
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
  /** Whether stations connect over TLS (wss://). */
  readonly secure: boolean;
  /** Frees the port. */
  close(): Promise<void>;
}

const CALL_TIMEOUT_MS = 30_000;

interface Waiting extends CsmsTargetOptions {
  readonly asked: PortSecurity;
  readonly awaited: Awaited[];
  readonly refusals: RefusalBook;
}

interface Awaited {
  readonly station: string;
  take(request: UpgradeRequest): void;
}

/**
 * Plays a recorded CSMS to stations that connect to a port of its own. Other stations are refused with 404; a station that
 * does not come in as the port asks is refused as a CSMS does it, and may come again.
 */
export async function csmsTarget(options: CsmsTargetOptions): Promise<Outcome<CsmsTarget>> {
  const awaited: Awaited[] = [];
  const { network, recorder, clock, anyStation, security = NO_SECURITY, credentials } = options;
  const tls = await listenerTls(security, credentials);
  if (!tls.ok) return tls;
  const policy = policyOf(security);
  const asked = new PortSecurity(security);
  const refusals = new RefusalBook({ recorder, clock, perMinute: options.limits?.refusalsPerMinute });
  const listening = await network.listen({
    host: options.host,
    port: options.port,
    exact: options.exact,
    tls: tls.value,
    compression: security.compression,
    limits: options.limits,
    files: listenerFiles(credentials),
    onUpgrade(request) {
      const station = stationIdentity(request.target);
      const index = awaited.findIndex((one) => anyStation || one.station === station);
      const [one] = index < 0 ? [] : awaited.splice(index, 1);
      if (one) one.take(request);
      else refuse(request, refusals, security);
    },
    onAttempt: (attempt) => recordAttempt(attempt, policy, refusals),
  });
  if (!listening.ok) return listening;
  return success({
    port: listening.value.port,
    secure: tls.value !== undefined,
    async close() {
      await listening.value.close();
      refusals.close();
    },
    answers: true,
    reconnects: true,
    connect: (station, onRequest, signal) =>
      waitFor(station, onRequest, signal, { ...options, asked, awaited, refusals }),
  });
}

function waitFor(
  station: string,
  onRequest: (action: string, payload: JsonObject) => Answer,
  signal: AbortSignal,
  options: Waiting,
): Promise<Outcome<ReplayPeer>> {
  const { clock, waitMs, asked, awaited } = options;
  return new Promise((resolve) => {
    /** Why the station was not let in when it came last. */
    let refusal = '';
    let over = false;
    const end = (outcome: Outcome<ReplayPeer>): void => {
      over = true;
      timer.cancel();
      signal.removeEventListener('abort', stop);
      const index = awaited.indexOf(one);
      if (index >= 0) awaited.splice(index, 1);
      resolve(outcome);
    };
    const stop = (): void => end(failure('replay-stopped', 'The replay was stopped.'));
    const take = async (request: UpgradeRequest): Promise<void> => {
      const security = asked.of(stationIdentity(request.target));
      const decision = admission(request, security);
      if (!decision.granted) refusal = ` It was refused: ${decision.sentence}`;
      const admitted = await admit(request, security, options);
      if (admitted) {
        const peer = peerOf(admitted, onRequest, options);
        if (over) await peer.close();
        else end(success(peer));
      } else if (decision.granted && newestCommonVersion(request.offered, policyOf(security).versions) === undefined) {
        end(failure('replay-no-version', 'The station offers no OCPP version that is spoken here.'));
      } else if (!over) awaited.push(one);
    };
    const one: Awaited = { station, take: (request) => void take(request) };
    const timer = clock.after(waitMs, () => {
      const sentence = `The station did not connect within ${waitMs / 1000} s.${refusal}`;
      end(failure('replay-no-station', sentence));
    });
    signal.addEventListener('abort', stop);
    awaited.push(one);
    if (signal.aborted) stop();
  });
}

function peerOf(
  { id, link, version, socket }: Admitted,
  onRequest: (action: string, payload: JsonObject) => Answer,
  { recorder, clock, validator, newId, callTimeoutMs, asked }: Waiting,
): ReplayPeer {
  // A recorded CSMS may have set a password, with which the station comes back.
  const passwords = new PasswordWatch((password) => asked.accepted(id, password));
  const closed = Promise.withResolvers<void>();
  const connection = createRpcConnection({
    role: 'csms',
    version,
    socket,
    recorder,
    link,
    clock,
    validator,
    newMessageId: newId,
    callTimeoutMs: callTimeoutMs ?? CALL_TIMEOUT_MS,
    endpoint: {
      onRequest: ({ action, payload }) => onRequest(action, payload),
      onReceived: (data, binary) => {
        if (!binary) passwords.answered(data);
      },
      onSent: (data, binary) => {
        if (!binary) passwords.asked(data);
      },
      onClose: () => closed.resolve(),
    },
  });
  return peerOver(connection, closed.promise);
}

function refuse(request: UpgradeRequest, refusals: RefusalBook, security: ListenerSecurity): void {
  const { target, headers, offered, remoteAddress, tls } = request;
  const sentence = 'The recording that is replayed has no such station, or it is connected already.';
  const opening: LinkOpening = {
    peer: 'station',
    opener: 'peer',
    station: stationIdentity(target),
    url: target,
    remoteAddress,
    requestHeaders: security.profile === 0 ? headers : maskHeaders(headers),
    offered,
    policy: policyOf(security),
  };
  refusals.refused(opening, { status: 404, failure: sentence, tls });
  request.refuse(404, [], sentence);
}
