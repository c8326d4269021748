import { type RawPeer, rawPeer } from '../../testing/raw-peer.ts';
import { hear } from '../../testing/recording-listener.ts';
import type { Attempt, Listener, ListenOptions, UpgradeRequest } from '../socket.ts';
import type { ListenerTls } from '../tls/credential.ts';
import { webSocketNetwork } from '../web-socket-network.ts';
import { type BenchCredentials, benchCredentials } from './bench-credentials.ts';
import { Openssl } from './openssl.ts';

/** More than any handshake takes on a busy machine. */
const PATIENT = { handshakeMs: 600_000 } as const;

/** Ports with TLS of this machine, and who connects to them. */
export class TlsPorts {
  readonly bench: BenchCredentials;
  readonly openssl = new Openssl();
  readonly network = webSocketNetwork();
  /** Those that are open. */
  readonly listeners: Listener[] = [];
  readonly #peers: RawPeer[] = [];

  private constructor(bench: BenchCredentials) {
    this.bench = bench;
  }

  static async create(): Promise<TlsPorts> {
    return new TlsPorts(await benchCredentials());
  }

  /** A port that accepts every upgrade, and what came to it. */
  async listen(tls: Partial<ListenerTls> = {}, more: Partial<ListenOptions> = {}) {
    const requests: UpgradeRequest[] = [];
    const attempts: Attempt[] = [];
    const { csms: credentials, root } = this.bench;
    const listening = await this.network.listen({
      port: 0,
      host: '127.0.0.1',
      limits: PATIENT,
      tls: { credentials, asksCertificate: false, trust: [root], minVersion: 'TLSv1.2', ...tls },
      async onUpgrade(request) {
        requests.push(request);
        const outcome = await request.accept('');
        if (outcome.ok) hear(outcome.value);
      },
      onAttempt: (attempt) => void attempts.push(attempt),
      ...more,
    });
    if (!listening.ok) throw new Error(listening.error.sentence);
    this.listeners.push(listening.value);
    return { port: listening.value.port, requests, attempts };
  }

  /** A connection of bare TCP. */
  async dial(port: number): Promise<RawPeer> {
    const peer = await rawPeer(port);
    this.#peers.push(peer);
    return peer;
  }

  /** Ends what a test has begun. */
  async clear(): Promise<void> {
    this.openssl.close();
    for (const peer of this.#peers.splice(0)) peer.socket.destroy();
    await Promise.all(this.listeners.splice(0).map((listener) => listener.close()));
  }

  end(): void {
    this.openssl.end();
  }
}
