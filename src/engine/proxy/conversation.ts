import { versionOfSubprotocol } from '../../ocpp/version.ts';
import type { Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import { carried } from '../net/headers.ts';
import type { Connected, Network, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import type { Recorder } from '../recorder.ts';
import type { LegBoard } from './leg-board.ts';
import type { ProxiedPeers } from './proxied-peers.ts';
import { endAlone, relay } from './relay.ts';
import { upstreamUrl } from './upstream-url.ts';

/** Milliseconds that the upstream has to answer the handshake. */
const CONNECT_TIMEOUT_MS = 15_000;

export interface ConversationOptions {
  readonly network: Network;
  readonly recorder: Recorder;
  /** Base URL of the CSMS, a valid one. */
  readonly upstream: string;
  readonly board: LegBoard;
  readonly interception: Interception;
  readonly rules: RuleEngine | undefined;
  readonly peers: ProxiedPeers;
  onFrame(): void;
}

type OpenConnection = Extract<Connected, { kind: 'open' }>;
type NoConnection = Exclude<Connected, { kind: 'open' }>;

/**
 * Takes a station's upgrade request and pairs it with a connection of its own to the upstream. The result of the
 * upstream's handshake is what the station gets: its subprotocol, none, or its refusal.
 */
export async function converse(request: UpgradeRequest, options: ConversationOptions): Promise<void> {
  const { network, recorder, board } = options;
  const { target, headers, offered, flaw } = request;
  const station = stationIdentity(target);
  const link = recorder.openLink({
    peer: 'station',
    opener: 'peer',
    station,
    url: target,
    remoteAddress: request.remoteAddress,
    requestHeaders: headers,
    offered,
  });
  if (flaw !== undefined) {
    recorder.negotiated(link, { status: 400, failure: flaw, tls: request.tls });
    request.refuse(400, [], flaw);
    return;
  }
  const url = upstreamUrl(options.upstream, target);
  const requestHeaders = carried(headers);
  const passedOn = options.rules?.subprotocols(offered, station) ?? offered;
  const upstreamLink = recorder.openLink({
    peer: 'csms',
    opener: 'plugscope',
    pairedWith: link,
    station,
    url,
    requestHeaders,
    offered: passedOn,
  });
  const attempt = new AbortController();
  let gone = false;
  request.onGone(() => {
    gone = true;
    attempt.abort();
  });
  const leg = { conversation: link, station, version: null, state: 'connecting' } as const;
  board.begin(
    () => attempt.abort(),
    [
      { ...leg, link, peer: 'station', secure: request.tls !== undefined },
      { ...leg, link: upstreamLink, peer: 'csms', secure: url.startsWith('wss:') },
    ],
  );
  const pair: Pair = { request, link, upstreamLink, name: station };
  const connected = await network.connect({
    url,
    subprotocols: passedOn,
    headers: requestHeaders,
    timeoutMs: CONNECT_TIMEOUT_MS,
    signal: attempt.signal,
  });
  if (connected.kind === 'open') {
    await open(pair, connected, options);
    return;
  }
  refuse(pair, connected, gone, recorder);
  board.remove(upstreamLink);
  board.remove(link);
}

interface Pair {
  readonly request: UpgradeRequest;
  readonly link: number;
  readonly upstreamLink: number;
  /** Identity of the station. */
  readonly name: string;
}

/** There is no connection to the upstream: the station is told so, as the upstream said it where it said something. */
function refuse({ request, link, upstreamLink }: Pair, why: NoConnection, gone: boolean, recorder: Recorder): void {
  if (why.kind === 'refused') {
    const { status, headers: responseHeaders, body } = why;
    const failure = `The CSMS refused the connection with HTTP status ${status}.`;
    recorder.negotiated(upstreamLink, { status, responseHeaders, failure });
    recorder.negotiated(link, { status, responseHeaders: carried(responseHeaders), failure, tls: request.tls });
    request.refuse(status, responseHeaders, body);
    return;
  }
  recorder.negotiated(upstreamLink, { failure: why.sentence });
  if (gone) {
    recorder.negotiated(link, { failure: 'The station went away before its request was answered.', tls: request.tls });
    return;
  }
  const status = why.code === 'aborted' ? 503 : 502;
  const failure = why.code === 'aborted' ? 'Plugscope closes this port.' : why.sentence;
  recorder.negotiated(link, { status, failure, tls: request.tls });
  request.refuse(status, [], failure);
}

/** The upstream has opened: so does the station's side, with the same subprotocol and headers. */
async function open(pair: Pair, upstream: OpenConnection, options: ConversationOptions): Promise<void> {
  const { recorder, board, interception, rules, peers } = options;
  const { request, link, upstreamLink, name } = pair;
  const { socket, headers: responseHeaders, tls } = upstream;
  const chosen = socket.subprotocol;
  const version = versionOfSubprotocol(chosen);
  recorder.negotiated(upstreamLink, { status: 101, responseHeaders, chosen, version, tls });
  const passedOn = carried(responseHeaders);
  const accepted = await request.accept(chosen, passedOn);
  const csms = { link: upstreamLink, socket };
  const onClosed = (closed: number) => {
    peers.remove(closed);
    board.remove(closed);
  };
  if (!accepted.ok) {
    recorder.negotiated(link, { failure: accepted.error.sentence, tls: request.tls });
    board.remove(link);
    endAlone({ recorder, csms, onClosed });
    return;
  }
  recorder.negotiated(link, { status: 101, responseHeaders: passedOn, chosen, version, tls: request.tls });
  const station = { link, socket: accepted.value };
  const { onFrame } = options;
  const gatekeeper = relay({ recorder, interception, rules, name, version, station, csms, onFrame, onClosed });
  peers.add({ gatekeeper, station: name, version: version ?? null, stationLink: link, csmsLink: upstreamLink });
  board.opened(link, version, () => gatekeeper.stop(1001, CLOSING));
}

const CLOSING = 'Plugscope closes this port';
