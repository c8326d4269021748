import type { Leg } from '../../bridge/contract.ts';
import type { ClientSecurity, ListenerSecurity, UpstreamLost } from '../../bridge/security.ts';
import { LIMIT_DEFAULTS, type Limits } from '../../session/leg-policy.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { NO_SECURITY, policyOf } from '../admission/admission.ts';
import { PortSecurity } from '../admission/port-security.ts';
import { recordAttempt } from '../admission/record-attempt.ts';
import { RefusalBook } from '../admission/refusals/refusal-book.ts';
import { StationPasswords } from '../admission/station-passwords.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { createInterception, type Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import { listenerFiles, listenerTls, urlMismatch } from '../leg-security.ts';
import { withoutPassword } from '../net/connection-url.ts';
import type { Network } from '../net/socket.ts';
import type { Peers } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import { type ConversationOptions, converse } from './conversation.ts';
import { legBoard } from './leg-board.ts';
import { proxiedPeers } from './proxied-peers.ts';
import type { Relay } from './relay.ts';

export interface ProxyOptions {
  readonly network: Network;
  readonly recorder: Recorder;
  /** Base URL of the CSMS (ws:// or wss://); the station's path is appended to its path. */
  readonly upstream: string;
  /** Port for stations; 0 for any. */
  readonly port: number;
  readonly host?: string;
  /** Whether a taken port is a failure and not followed by the next free one. */
  readonly exact?: boolean;
  /** Rules that frames pass before breakpoints; none where it is left out. */
  readonly rules?: RuleEngine;
  /** Breakpoints and the messages that they hold; none where it is left out. */
  readonly interception?: Interception;
  /** What is asked of stations. Where it is left out, nothing is, and what they say of themselves goes to the CSMS. */
  readonly security?: ListenerSecurity;
  /**
   * How the CSMS is connected to. What the station says goes on as it is, but where the user has credentials of his own
   * for this leg, or says otherwise.
   */
  readonly upstreamSecurity?: ClientSecurity;
  /** Certificates for either leg; without them no TLS is spoken with stations, and none of our own with the CSMS. */
  readonly credentials?: Credentials;
  /** What becomes of a station whose CSMS is lost, or is not there; `mirror` where it is left out. */
  readonly upstreamLost?: UpstreamLost;
  /** Who answers meanwhile with `answer`: a CSMS of ours, of which nothing is asked. */
  readonly standIn?: { readonly url: string };
  /** The limits that differ from the defaults, for both legs. */
  readonly limits?: Partial<Limits>;
  /** By which a CSMS that is lost is called again; that of the machine where it is left out. */
  readonly clock?: Clock;
  /** At least 0 and below 1, evenly distributed. */
  random?(): number;
}

/** A running proxy: stations on one port, each with its own connection to the upstream. */
export interface RunningProxy {
  readonly port: number;
  /** Whether the port asked for was taken and `port` is the next free one. */
  readonly moved: boolean;
  /** Data frames that arrived so far, both ways. */
  readonly messages: number;
  /** Both ends of each open conversation, as places to inject messages. */
  readonly peers: Peers;
  /** What is asked of stations now, with the passwords that their CSMS has set since; undefined for nothing. */
  security(): ListenerSecurity | undefined;
  /** Live links, oldest first. */
  legs(): readonly Leg[];
  /** Sets who is told when the legs change. */
  onChange(listener: () => void): void;
  /** Ends an open link with 1001, and lets follow what would if its peer had; whether there was one. */
  disconnect(link: number): boolean;
  /** Ends every link with 1001 and frees the port; resolves when all is over. */
  close(): Promise<void>;
}

/** Starts a proxy. The handshake's result is the upstream's: its subprotocol, or its refusal, is what a station gets. */
export async function createProxy(options: ProxyOptions): Promise<Outcome<RunningProxy>> {
  for (const url of [options.upstream, options.standIn?.url ?? options.upstream]) {
    if (!/^wss?:$/.test(URL.parse(url)?.protocol ?? '')) {
      return failure('bad-url', `${withoutPassword(url)} is not a URL that starts with ws:// or wss://.`);
    }
  }
  const mismatch = options.upstreamSecurity && urlMismatch(options.upstreamSecurity, options.upstream);
  if (mismatch) return failure(mismatch.code, mismatch.sentence);
  const { security, upstreamSecurity, credentials, limits } = options;
  const tls = await listenerTls(security, credentials);
  if (!tls.ok) return tls;
  let messages = 0;
  let changed = () => {};
  const board = legBoard(() => changed());
  const { network, recorder, upstream, rules } = options;
  const interception = options.interception ?? createInterception(systemClock());
  const peers = proxiedPeers();
  const onFrame = () => {
    messages += 1;
  };
  const relays = new Set<Relay>();
  const withheld = new Set<AbortController>();
  const clock = options.clock ?? systemClock();
  const refusals = new RefusalBook({ recorder, clock, perMinute: limits?.refusalsPerMinute });
  const policy = policyOf(security ?? NO_SECURITY);
  // A password that a leg is asked for is the user's own.
  const masks = policy.profile !== 0 || (upstreamSecurity?.profile ?? 0) !== 0;
  const port = security && new PortSecurity(security);
  const conversation: ConversationOptions = {
    upstream,
    means: { network, recorder, security: upstreamSecurity, credentials, limits, masks },
    security: port,
    policy,
    refusals,
    passwords: new StationPasswords(),
    upstreamLost: options.upstreamLost ?? 'mirror',
    standIn: options.standIn?.url,
    queueBytes: limits?.queueBytes ?? LIMIT_DEFAULTS.queueBytes,
    clock,
    random: options.random ?? Math.random,
    board,
    interception,
    rules,
    peers,
    relays,
    withheld,
    onFrame,
  };
  const listening = await network.listen({
    port: options.port,
    host: options.host,
    exact: options.exact,
    tls: tls.value,
    files: listenerFiles(credentials),
    compression: security?.compression,
    limits,
    onUpgrade: (request) => void converse(request, conversation),
    onAttempt: (attempt) => recordAttempt(attempt, policy, refusals),
  });
  if (!listening.ok) return listening;
  const listener = listening.value;
  return success({
    port: listener.port,
    moved: listener.moved,
    get messages() {
      return messages;
    },
    peers,
    security: () => port?.now,
    legs: board.legs,
    onChange(listener) {
      changed = listener;
    },
    disconnect: (link) => [...relays].some((relay) => relay.disconnect(link, 1001, 'disconnected by hand')),
    async close() {
      const { told, gone } = board.endAll();
      for (const attempt of withheld) attempt.abort();
      // The listener ends its sockets at once, so what is held goes on first.
      await told;
      await Promise.all([gone, listener.close()]);
      refusals.close();
    },
  });
}
