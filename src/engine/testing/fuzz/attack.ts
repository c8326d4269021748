import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startChild } from '../child.ts';
import { handshake } from '../raw-peer.ts';
import { until } from '../until.ts';
import { stationPeer, type WebSocketPeer } from '../web-socket-peers.ts';
import { controlStation } from './control-station.ts';
import { FUZZ_PASSWORD } from './fuzz-password.ts';
import { type HostileCsms, hostileCsms, LANE } from './hostile-csms.ts';
import { type FuzzInput, type FuzzKind, fuzzInputs } from './inputs.ts';
import type { TargetState } from './target.ts';

/** What came of an attack. */
export interface AttackReport {
  readonly seed: number;
  readonly sent: Readonly<Record<FuzzKind, number>>;
  /** Messages that went through the proxy, and those of them that arrived at the other side. */
  readonly proxied: { readonly sent: number; readonly arrived: number };
  /** What sound stations beside the attack called, and what was answered. */
  readonly control: { readonly sent: number; readonly answered: number };
  /** Messages that the session holds at the end. */
  readonly recorded: number;
  readonly unhandled: readonly string[];
  /** Bytes on the heap of the process under test: after a fifth of the attack, and at its end. */
  readonly heap: { readonly early: number; readonly end: number };
}

/** Raw connections at a time. */
const RAW_MAX = 24;
/** Bytes that may wait for the process under test before the attack pauses. */
const AHEAD_MAX_BYTES = 1024 * 1024;
/** Milliseconds that a raw connection is left open: half a request may be waited for longer than a test takes. */
const RAW_MS = 500;

/**
 * Sends malformed inputs to a process of its own: through its proxy both ways, to its CSMS, and to its station. Fails
 * where that process ends.
 *
 * @param progress told now and then how many inputs were sent
 */
export async function attack(
  count: number,
  seed: number,
  progress: (sent: number) => void = () => {},
): Promise<AttackReport> {
  const upstream = await hostileCsms();
  const target = await startChild(new URL('./target.ts', import.meta.url), [upstream.peer.url], ['--expose-gc']);
  const ask = (): Promise<TargetState> => target.ask<TargetState>('state');
  try {
    const { proxy, csms, secured } = await ask();
    const ports = [proxy, csms, secured] as const;
    const controls = await Promise.all([
      controlStation(`ws://127.0.0.1:${proxy}/CONTROL`),
      controlStation(`ws://127.0.0.1:${csms}/CONTROL`),
      controlStation(`wss://127.0.0.1:${secured}/CONTROL`, FUZZ_PASSWORD),
    ]);
    const lanes = await openLanes(proxy, csms, upstream);
    const sent: Record<FuzzKind, number> = { message: 0, frames: 0, http: 0, tls: 0 };
    const raw = new Set<Promise<void>>();
    const inputs = fuzzInputs(seed);
    let proxied = 0;
    let early: TargetState | undefined;
    for (let n = 0; n < count; n += 1) {
      const input = inputs.next().value;
      sent[input.kind] += 1;
      if (input.kind === 'message') {
        const lane = lanes[n % lanes.length];
        if (lane?.counts) proxied += 1;
        await lane?.send(input);
      } else {
        const done = sendRaw(ports[n % 3] ?? proxy, input).finally(() => raw.delete(done));
        raw.add(done);
        if (raw.size >= RAW_MAX) await Promise.race(raw);
      }
      if (n === Math.floor(count / 5)) early = await ask();
      if (n % 1000 === 0) {
        progress(n);
        await sleep(0);
      }
    }
    await Promise.all(raw);
    await until(() => upstream.arrived >= proxied, `${proxied} messages at the other side of the proxy`).catch(
      () => {},
    );
    for (const control of controls) await control.stop();
    const end = await ask();
    const control = { sent: 0, answered: 0 };
    for (const { counts } of controls) {
      control.sent += counts.sent;
      control.answered += counts.answered;
    }
    return {
      seed,
      sent,
      proxied: { sent: proxied, arrived: upstream.arrived },
      control,
      recorded: end.messages,
      unhandled: end.unhandled,
      heap: { early: early?.heap ?? end.heap, end: end.heap },
    };
  } finally {
    await target.stop();
    await upstream.peer.close();
  }
}

/** A way for messages; `counts` where each must arrive at the hostile CSMS. */
interface Lane {
  readonly counts: boolean;
  send(input: FuzzInput): Promise<void>;
}

async function openLanes(proxy: number, csms: number, upstream: HostileCsms): Promise<readonly Lane[]> {
  const subprotocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];
  const stations = subprotocols.map((name, n) => stationPeer(`ws://127.0.0.1:${proxy}/${LANE}${n}`, [name]));
  const through = (await Promise.all(stations)).map((peer) => lane(() => peer, true));
  // From the CSMS to stations: one behind the proxy, and the built-in one.
  const listener = await stationPeer(`ws://127.0.0.1:${proxy}/LISTENER`, ['ocpp2.1']);
  forget(listener);
  await until(() => upstream.connections('BUILT-IN').length > 0, 'the built-in station');
  const back = ['LISTENER', 'BUILT-IN'].map((name) => lane(() => upstream.connections(name).at(-1), false));
  let own = await stationPeer(`ws://127.0.0.1:${csms}/FUZZ-OWN`, ['ocpp2.1']);
  forget(own);
  const direct: Lane = {
    counts: false,
    async send(input) {
      if (own.ws.readyState !== WebSocket.OPEN) {
        own = await stationPeer(`ws://127.0.0.1:${csms}/FUZZ-OWN`, ['ocpp2.1']);
        forget(own);
      }
      await give(own, input);
    },
  };
  return [...through, ...through, ...back, direct];
}

/** Keeps nothing of what a peer gets. */
function forget(peer: WebSocketPeer): void {
  peer.ws.on('message', () => {
    peer.messages.length = 0;
  });
}

function lane(peer: () => WebSocketPeer | undefined, counts: boolean): Lane {
  return {
    counts,
    async send(input) {
      const to = peer();
      // A station that is between two connections hears nothing.
      if (to) await give(to, input);
    },
  };
}

async function give({ ws }: WebSocketPeer, { data, binary }: FuzzInput): Promise<void> {
  ws.send(data, { binary });
  while (ws.bufferedAmount > AHEAD_MAX_BYTES && ws.readyState === WebSocket.OPEN) await sleep(1);
}

/** Connects, sends bytes, and waits until the other side ends the connection; its own end comes after what was sent. */
function sendRaw(port: number, { kind, data }: FuzzInput): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(RAW_MS, () => socket.destroy());
    // A reset is how many of these end.
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.on('data', () => {});
    if (kind === 'frames') socket.write(handshake('/FUZZ-RAW', { 'Sec-WebSocket-Protocol': 'ocpp2.1' }));
    socket.end(data);
  });
}
