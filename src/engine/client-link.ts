import type { ClientSecurity } from '../bridge/security.ts';
import { type OcppVersion, SUBPROTOCOL_OF } from '../ocpp/version.ts';
import type { Limits } from '../session/leg-policy.ts';
import type { Headers } from '../session/link.ts';
import { isNegotiationCode } from '../session/negotiation/codes.ts';
import { type Failure, failure, type Outcome, success } from '../session/outcome.ts';
import { maskHeaders } from '../session/secrets/headers.ts';
import type { Credentials } from './credentials.ts';
import { clientHeaders, clientTls } from './leg-security.ts';
import { connectionUrl, withoutPassword } from './net/connection-url.ts';
import type { Connected, Network, Socket } from './net/socket.ts';
import type { Recorder } from './recorder.ts';

/** With what a station of ours goes to a CSMS. */
export interface ClientMeans {
  readonly network: Network;
  readonly recorder: Recorder;
  /** Certificates to present and to trust; without them the authorities of this machine are trusted. */
  readonly credentials?: Credentials;
  /** The limits that differ from `LIMIT_DEFAULTS`. */
  readonly limits?: Partial<Limits>;
}

export interface ClientLinkOptions extends ClientMeans {
  /** The CSMS, without the station's identity, which is appended to the path. */
  readonly url: string;
  readonly station: string;
  /** The one version that is offered. */
  readonly version: OcppVersion;
  /** Sent with the upgrade request, beside those of `security`. */
  readonly headers?: Headers;
  /** How the CSMS is connected to. That it fits the URL, `urlMismatch` has said. */
  readonly security?: ClientSecurity;
  readonly timeoutMs: number;
  /** Gives the attempt up. */
  readonly signal?: AbortSignal;
}

/** A connection to a CSMS, on a link of its own. */
export interface ClientLink {
  readonly link: number;
  readonly socket: Socket;
  /** Why no message can be exchanged over it, so that it is to be closed: the CSMS chose another subprotocol. */
  readonly foreign: Failure | undefined;
}

/**
 * Connects to a CSMS as a station, and records how that went, without what opens doors. Fails with the code of the
 * negotiation where there is no connection.
 */
export async function openClientLink(options: ClientLinkOptions): Promise<Outcome<ClientLink>> {
  const { network, recorder, credentials, limits, station, version, security, timeoutMs, signal } = options;
  const url = connectionUrl(options.url, station);
  const headers = [...(options.headers ?? []), ...clientHeaders(security, station, [version])];
  const offered = [SUBPROTOCOL_OF[version]];
  const link = recorder.openLink({
    peer: 'csms',
    opener: 'plugscope',
    station,
    url: withoutPassword(url),
    // The password is the user's own, and stays out of the session.
    requestHeaders: maskHeaders(headers),
    offered,
    policy: { profile: security?.profile ?? 0, versions: [version] },
  });
  const tls = await clientTls(security, url, station, credentials);
  const { compression } = security ?? {};
  const request = { url, subprotocols: offered, headers, timeoutMs, compression, limits, signal };
  const connected = tls.ok ? await network.connect({ ...request, tls: tls.value }) : notTried(tls.error);
  if (connected.kind !== 'open') return notOpened(link, connected, recorder);
  const { socket, headers: responseHeaders } = connected;
  const chosen = socket.subprotocol;
  const facts = {
    status: 101,
    responseHeaders,
    chosen,
    tls: connected.tls,
    extensions: socket.extensions || undefined,
  };
  if (chosen === SUBPROTOCOL_OF[version]) {
    recorder.negotiated(link, { ...facts, version });
    return success({ link, socket, foreign: undefined });
  }
  const code = chosen === '' ? 'no-common-version' : 'subprotocol-foreign';
  const sentence = `The CSMS chose ${chosen === '' ? 'no version' : chosen}, and not OCPP ${version}.`;
  recorder.negotiated(link, { ...facts, failure: sentence, code });
  return success({ link, socket, foreign: { code, sentence } });
}

function notTried({ code, sentence }: Failure): Connected {
  return { kind: 'failed', code: isNegotiationCode(code) ? code : 'failed', sentence };
}

function notOpened(link: number, why: Exclude<Connected, { kind: 'open' }>, recorder: Recorder): Outcome<never> {
  const { tls } = why;
  if (why.kind === 'failed') {
    recorder.negotiated(link, { failure: why.sentence, code: why.code, tls });
    return failure(why.code, why.sentence);
  }
  const { status, headers: responseHeaders } = why;
  const sentence = `The CSMS refused the connection with HTTP status ${status}.`;
  recorder.negotiated(link, { status, responseHeaders, failure: sentence, tls });
  return failure('refused', sentence);
}
