import { createInterception, type Interception } from '../../intercept/interception.ts';
import type { RuleEngine } from '../../intercept/verdict.ts';
import { webSocketNetwork } from '../../net/web-socket-network.ts';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import { type FakeRecorder, fakeRecorder } from '../../testing/fake-recorder.ts';
import { until } from '../../testing/until.ts';
import { type CsmsPeer, csmsPeer, stationPeer, type WebSocketPeer } from '../../testing/web-socket-peers.ts';
import { createProxy, type ProxyOptions, type RunningProxy } from '../proxy.ts';

/** A proxy with a CSMS behind it, or whatever else `upstream` leads to. */
export interface Bench {
  readonly recorder: FakeRecorder;
  readonly interception: Interception;
  /** The clock by which messages are held, and the CSMS is called again. */
  readonly clock: FakeClock;
  readonly proxy: RunningProxy;
  readonly csms: CsmsPeer;
  /** Base URL for stations. */
  readonly url: string;
  /** Connects a station, and yields both ends of its conversation. */
  pair(path?: string, subprotocols?: readonly string[]): Promise<{ station: WebSocketPeer; csms: WebSocketPeer }>;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly recorder?: FakeRecorder;
  readonly csms?: CsmsPeer;
  readonly upstream?: string;
  readonly rules?: RuleEngine;
  /** What differs from a proxy that adds nothing. */
  readonly proxy?: Partial<ProxyOptions>;
}

/** Starts a proxy over real sockets on this machine. */
export async function startBench(options: BenchOptions = {}): Promise<Bench> {
  const recorder = options.recorder ?? fakeRecorder();
  const csms = options.csms ?? (await csmsPeer());
  const clock = fakeClock();
  const interception = createInterception(clock);
  const created = await createProxy({
    network: webSocketNetwork(),
    recorder,
    interception,
    rules: options.rules,
    upstream: options.upstream ?? csms.url,
    port: 0,
    host: '127.0.0.1',
    clock,
    random: () => 0,
    ...options.proxy,
  });
  if (!created.ok) throw new Error(created.error.sentence);
  const proxy = created.value;
  const url = `ws://127.0.0.1:${proxy.port}`;
  return {
    recorder,
    interception,
    clock,
    proxy,
    csms,
    url,
    async pair(path = '/CS-1', subprotocols = ['ocpp1.6']) {
      const before = csms.connections.length;
      const station = await stationPeer(url + path, subprotocols);
      return { station, csms: await until(() => csms.connections[before], 'the connection at the CSMS') };
    },
    async close() {
      await csms.close();
      await proxy.close();
    },
  };
}
