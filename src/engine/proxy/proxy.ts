import type { Leg } from '../../bridge/contract.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { systemClock } from '../clock.ts';
import { createInterception, type Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import type { Network } from '../net/socket.ts';
import type { Peers } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import { converse } from './conversation.ts';
import { legBoard } from './leg-board.ts';
import { proxiedPeers } from './proxied-peers.ts';

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
  /** Live links, oldest first. */
  legs(): readonly Leg[];
  /** Sets who is told when the legs change. */
  onChange(listener: () => void): void;
  /** Ends every link with 1001 and frees the port; resolves when all is over. */
  close(): Promise<void>;
}

/** Starts a proxy. The handshake's result is the upstream's: its subprotocol, or its refusal, is what a station gets. */
export async function createProxy(options: ProxyOptions): Promise<Outcome<RunningProxy>> {
  if (!/^wss?:$/.test(URL.parse(options.upstream)?.protocol ?? '')) {
    return failure('bad-url', `${options.upstream} is not a URL that starts with ws:// or wss://.`);
  }
  let messages = 0;
  let changed = () => {};
  const board = legBoard(() => changed());
  const { network, recorder, upstream, rules } = options;
  const interception = options.interception ?? createInterception(systemClock());
  const peers = proxiedPeers();
  const onFrame = () => {
    messages += 1;
  };
  const conversation = { network, recorder, upstream, board, interception, rules, peers, onFrame };
  const listening = await network.listen({
    port: options.port,
    host: options.host,
    exact: options.exact,
    onUpgrade: (request) => void converse(request, conversation),
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
    legs: board.legs,
    onChange(listener) {
      changed = listener;
    },
    async close() {
      const { told, gone } = board.endAll();
      // The listener ends its sockets at once, so what is held goes on first.
      await told;
      await Promise.all([gone, listener.close()]);
    },
  });
}
