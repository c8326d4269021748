import type { ClientSecurity } from '../../bridge/security.ts';
import { OCPP_VERSIONS, type OcppVersion, versionOfSubprotocol } from '../../ocpp/version.ts';
import type { Limits } from '../../session/leg-policy.ts';
import type { Headers } from '../../session/link.ts';
import { isNegotiationCode } from '../../session/negotiation/codes.ts';
import type { Failure } from '../../session/outcome.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import type { Credentials } from '../credentials.ts';
import { clientTls } from '../leg-security.ts';
import { withoutPassword } from '../net/connection-url.ts';
import type { Connected, Network } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';
import type { LinkRecorder } from './station-attempt.ts';
import { upstreamHeaders } from './upstream-headers.ts';

/** Milliseconds that the upstream has to answer the handshake. */
const CONNECT_TIMEOUT_MS = 15_000;

/** How the CSMS of a proxy is connected to. */
export interface UpstreamMeans {
  readonly network: Network;
  readonly recorder: Recorder;
  /** What the leg to the CSMS is secured with; where it is left out, what the station says goes on as it is. */
  readonly security: ClientSecurity | undefined;
  readonly credentials: Credentials | undefined;
  readonly limits: Partial<Limits> | undefined;
  /** Whether credentials are the user's own, and stay out of the session. */
  readonly masks: boolean;
}

/** A connection that is asked for on behalf of a station. */
export interface UpstreamCall {
  /** The link of the station. */
  readonly conversation: number;
  /** Identity of the station. */
  readonly station: string;
  readonly url: string;
  /** Those of the station that go on. */
  readonly headers: Headers;
  readonly offered: readonly string[];
  /** Whether the station offers permessage-deflate. */
  readonly compression: boolean;
  readonly signal: AbortSignal;
}

/** A link to a CSMS, and how the attempt to open it ended. */
export interface UpstreamLeg {
  readonly link: number;
  readonly connected: Connected;
}

/**
 * Connects to a CSMS for a station, with the credentials of the leg. The link is opened at once, and `begun` is told of
 * it; its negotiation is recorded where there is no connection, and left to the caller where there is one.
 *
 * @param recorder where the link is recorded, where that is not as all else
 */
export async function callUpstream(
  call: UpstreamCall,
  means: UpstreamMeans,
  begun: (link: number) => void,
  recorder: LinkRecorder = means.recorder,
): Promise<UpstreamLeg> {
  const { network, security, limits } = means;
  const { url, offered, station, conversation, signal } = call;
  const versions = versionsOf(offered);
  const requestHeaders = upstreamHeaders(call.headers, security, station, versions);
  const link = recorder.openLink({
    peer: 'csms',
    opener: 'plugscope',
    pairedWith: conversation,
    station,
    url: withoutPassword(url),
    requestHeaders: means.masks ? maskHeaders(requestHeaders) : requestHeaders,
    offered,
    policy: { profile: security?.profile ?? 0, versions },
  });
  begun(link);
  const tls = await clientTls(security, url, station, means.credentials);
  const connected = tls.ok
    ? await network.connect({
        url,
        subprotocols: offered,
        headers: requestHeaders,
        timeoutMs: CONNECT_TIMEOUT_MS,
        tls: tls.value,
        compression: security?.compression ?? call.compression,
        limits,
        signal,
      })
    : withoutCredentials(tls.error);
  if (connected.kind !== 'open') recordFailure(link, connected, recorder);
  return { link, connected };
}

/** Records that a connection to a CSMS is open. */
export function recordOpen(
  link: number,
  { socket, headers, tls }: Extract<Connected, { kind: 'open' }>,
  recorder: Recorder,
): OcppVersion | undefined {
  const chosen = socket.subprotocol;
  const version = versionOfSubprotocol(chosen);
  const extensions = socket.extensions || undefined;
  recorder.negotiated(link, { status: 101, responseHeaders: headers, chosen, version, tls, extensions });
  return version;
}

function versionsOf(offered: readonly string[]): readonly OcppVersion[] {
  return OCPP_VERSIONS.filter((version) => offered.some((one) => versionOfSubprotocol(one) === version));
}

function withoutCredentials({ code, sentence }: Failure): Connected {
  return { kind: 'failed', code: isNegotiationCode(code) ? code : 'failed', sentence };
}

function recordFailure(link: number, why: Exclude<Connected, { kind: 'open' }>, recorder: LinkRecorder): void {
  const { tls } = why;
  if (why.kind === 'failed') recorder.negotiated(link, { failure: why.sentence, code: why.code, tls });
  else {
    const { status, headers: responseHeaders } = why;
    const failure = `The CSMS refused the connection with HTTP status ${status}.`;
    recorder.negotiated(link, { status, responseHeaders, failure, tls });
  }
}
