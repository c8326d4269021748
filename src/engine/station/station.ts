import type { Leg } from '../../bridge/contract.ts';
import type { ClientSecurity } from '../../bridge/security.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { type OcppVersion, SUBPROTOCOL_OF, versionOfSubprotocol } from '../../ocpp/version.ts';
import type { Limits } from '../../session/leg-policy.ts';
import type { Headers, LinkClosing } from '../../session/link.ts';
import type { NegotiationCode } from '../../session/negotiation/codes.ts';
import { type Failure, success } from '../../session/outcome.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { connectionUrl, withoutPassword } from '../net/connection-url.ts';
import type { Connected, Network, Socket } from '../net/socket.ts';
import { DISCONNECTED, type Peers } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import { endpointPeers } from '../rpc/endpoint-peers.ts';
import { createRpcConnection, type RpcConnection } from '../rpc/rpc-connection.ts';
import { type BackOffSettings, backOff } from './back-off.ts';
import { Controller } from './controller.ts';
import { closeForeign } from './foreign-socket.ts';
import { idMaker } from './id-maker.ts';
import { StationSecurity } from './security/station-security.ts';
import { BENCH_PACE, type SessionPace } from './session-runner.ts';
import type { StationIdentity } from './station-core.ts';

export interface StationOptions extends Partial<Omit<StationIdentity, 'id'>> {
  readonly network: Network;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** At least 0 and below 1, evenly distributed: for back-off, ids and vehicles. */
  random(): number;
  /** The CSMS, without the station's identity, which is appended to the path. */
  readonly url: string;
  readonly id: string;
  /** The version to speak, or those to offer, the preferred one first. */
  readonly version: OcppVersion | readonly OcppVersion[];
  /** Sent with the upgrade request. */
  readonly headers?: Headers;
  /** How the CSMS is connected to. That it fits the URL, `urlMismatch` has said. */
  readonly security?: ClientSecurity;
  /** Certificates to present and to trust; without them the authorities of this machine are trusted. */
  readonly credentials?: Credentials;
  /** The limits that differ from `LIMIT_DEFAULTS`. */
  readonly limits?: Partial<Limits>;
  /** Whether a driver comes to the first EVSE again and again, or nobody does by himself. A loop if left out. */
  readonly session?: 'loop' | 'none';
  readonly pace?: SessionPace;
  /** Identifier of the driver who comes. */
  readonly idToken?: string;
  /** EVSEs, each with one connector; in 1.6 connectors. */
  readonly evses?: number;
  /** Seconds between meter readings until the CSMS says otherwise. */
  readonly sampleInterval?: number;
}

/** What a station is doing: `waiting` for its next attempt to connect, `registering` until the CSMS has answered. */
export type StationPhase =
  | 'stopped'
  | 'connecting'
  | 'waiting'
  | 'registering'
  | 'pending'
  | 'rejected'
  | 'in-service'
  | 'rebooting';

export interface StationState {
  readonly phase: StationPhase;
  /** The version spoken on the connection; null where there is none. */
  readonly version: OcppVersion | null;
  /** How many attempts to connect have failed in a row. */
  readonly failedAttempts: number;
  /** Why there is no connection; null where there is one, or none is wanted. */
  readonly problem: Failure | null;
}

/** The built-in charging station. */
export interface Station {
  /** Connects, and keeps connecting until `stop`. */
  start(): void;
  /** Closes the connection; resolves when it is closed. */
  stop(): Promise<void>;
  state(): StationState;
  /** Calls the listener after every change of the state or the legs; yields how to stop it. */
  onChange(listener: (state: StationState) => void): () => void;
  /** The CSMS, as a place to send to, while there is a connection. */
  readonly peers: Peers;
  /** Ends its open link with 1001, after which it connects anew; whether there was one. */
  disconnect(link: number): boolean;
  /** Its live link, if there is one. */
  legs(): readonly Leg[];
}

/** Makes a station that is not started. */
export function createStation(options: StationOptions): Station {
  return new StationEndpoint(options);
}

const DEFAULT_IDENTITY = { vendor: 'Plugscope', model: 'Bench station', firmware: '1.0.0' };
/** Characters of a serial number in BootNotification, in every version. */
const SERIAL_MAX = 25;
/** OCPP-J leaves it to the implementation; 2.x calls it MessageTimeout. */
const CALL_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** How long a restart takes. */
const REBOOT_MS = 2000;
/** How long a closing handshake may take. */
const CLOSE_PATIENCE_MS = 2000;

const STATES = { none: 'registering', Pending: 'pending', Rejected: 'rejected', Accepted: 'in-service' } as const;

/** How a connection ended, in words. */
const ENDED = {
  peer: 'The CSMS closed the connection',
  plugscope: 'The station closed the connection',
  csms: 'The CSMS closed the connection',
  lost: 'The connection was lost',
} as const satisfies Record<LinkClosing['by'], string>;

interface Open {
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion;
  readonly connection: RpcConnection;
  readonly socket: Socket;
  readonly controller: Controller;
}

class StationEndpoint implements Station {
  readonly peers = endpointPeers('station', () => (this.#open ? [this.#open] : []));
  readonly #options: StationOptions;
  readonly #versions: readonly OcppVersion[];
  readonly #identity: StationIdentity;
  readonly #security: StationSecurity;
  readonly #newId: () => string;
  readonly #validator = createValidator();
  readonly #listeners = new Set<(state: StationState) => void>();
  #phase: Exclude<StationPhase, 'registering' | 'pending' | 'rejected' | 'in-service'> = 'stopped';
  #problem: Failure | null = null;
  #failed = 0;
  /** Whether the connection ends so that another one begins at once. */
  #reconnecting = false;
  #leg: Leg | undefined;
  #open: Open | undefined;
  /** Remains over connections, so that what the station knows does; another version makes another station. */
  #controller: Controller | undefined;
  #attempt: AbortController | undefined;
  #timer: Timer | undefined;
  #closed: (() => void)[] = [];

  constructor(options: StationOptions) {
    this.#options = options;
    this.#versions = typeof options.version === 'string' ? [options.version] : options.version;
    const { security, credentials, id, clock } = options;
    const { vendor, model, firmware } = { ...DEFAULT_IDENTITY, ...options };
    // Unique as the identity is, and in the common name of the certificate (A00.FR.511), by which a CSMS knows the station.
    const serial = options.serial ?? [...id].slice(0, SERIAL_MAX).join('');
    this.#identity = { id, vendor, model, serial, firmware };
    this.#security = new StationSecurity({ security, credentials, id, commonName: options.serial ?? id, clock });
    this.#newId = idMaker(options.random);
  }

  start(): void {
    if (this.#phase === 'stopped') void this.#connect();
  }

  async stop(): Promise<void> {
    if (this.#phase === 'stopped') return;
    this.#phase = 'stopped';
    this.#problem = null;
    this.#timer?.cancel();
    this.#attempt?.abort();
    this.#controller?.dispose();
    this.#controller = undefined;
    if (this.#leg) {
      const closed = new Promise<void>((resolve) => this.#closed.push(resolve));
      if (this.#open) this.#hangUp(this.#open, 1000, 'the station was stopped');
      await closed;
    }
    this.#changed();
  }

  state(): StationState {
    const controller = this.#open?.controller;
    const phase = this.#phase === 'connecting' && controller ? STATES[controller.registration] : this.#phase;
    return {
      phase,
      version: controller?.version ?? null,
      failedAttempts: this.#failed,
      problem: this.#problem,
    };
  }

  onChange(listener: (state: StationState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  legs(): readonly Leg[] {
    return this.#leg ? [this.#leg] : [];
  }

  disconnect(link: number): boolean {
    if (this.#open?.link !== link) return false;
    this.#hangUp(this.#open, ...DISCONNECTED);
    return true;
  }

  async #connect(): Promise<void> {
    const { network, recorder, id, limits } = this.#options;
    const url = connectionUrl(this.#options.url, id);
    const headers = [...(this.#options.headers ?? []), ...this.#security.headers(this.#versions)];
    const offered = this.#versions.map((version) => SUBPROTOCOL_OF[version]);
    const link = recorder.openLink({
      peer: 'csms',
      opener: 'plugscope',
      station: id,
      url: withoutPassword(url),
      // The password is the user's own, and stays out of the session.
      requestHeaders: maskHeaders(headers),
      offered,
      policy: { profile: this.#security.profile, versions: this.#versions },
    });
    this.#phase = 'connecting';
    const secure = /^wss:/i.test(url);
    this.#leg = { link, conversation: link, peer: 'csms', station: id, version: null, secure, state: 'connecting' };
    this.#attempt = new AbortController();
    this.#changed();
    const { signal } = this.#attempt;
    const installed = this.#controller?.certificates.rootsOfCsms() ?? [];
    const tls = secure ? await this.#security.tls(url, installed) : WITHOUT_TLS;
    const connected: Connected = tls.ok
      ? await network.connect({
          url,
          subprotocols: offered,
          headers,
          timeoutMs: CONNECT_TIMEOUT_MS,
          tls: tls.value,
          compression: this.#security.compression,
          limits,
          signal,
        })
      : { kind: 'failed', code: 'failed', sentence: tls.error.sentence };
    if (connected.kind === 'open') this.#opened(link, connected);
    else this.#notOpened(link, connected);
  }

  #notOpened(link: number, connected: Exclude<Connected, { kind: 'open' }>): void {
    const { recorder } = this.#options;
    const { tls } = connected;
    if (connected.kind === 'refused') {
      const { status, headers } = connected;
      const sentence = `The CSMS refused the connection with HTTP status ${status}.`;
      recorder.negotiated(link, { status, responseHeaders: headers, failure: sentence, tls });
      this.#security.failed('refused', sentence);
      this.#gone({ code: 'refused', sentence });
    } else {
      const { code, sentence } = connected;
      recorder.negotiated(link, { failure: sentence, code, tls });
      this.#security.failed(code, sentence);
      this.#gone({ code, sentence });
    }
  }

  #opened(link: number, connected: Extract<Connected, { kind: 'open' }>): void {
    const { recorder, clock } = this.#options;
    const { socket, headers: responseHeaders, tls } = connected;
    const chosen = socket.subprotocol;
    const version = this.#versions.find((one) => one === versionOfSubprotocol(chosen));
    const facts = { status: 101, responseHeaders, chosen, version, tls, extensions: socket.extensions || undefined };
    this.#security.connected();
    if (version === undefined || this.#phase === 'stopped') {
      const problem = this.#phase === 'stopped' ? null : foreignProblem(chosen);
      recorder.negotiated(link, problem ? { ...facts, failure: problem.sentence, code: problem.code } : facts);
      closeForeign({
        socket,
        link,
        recorder,
        clock,
        patienceMs: CLOSE_PATIENCE_MS,
        onClose: () => this.#gone(problem),
      });
      return;
    }
    recorder.negotiated(link, facts);
    const controller = this.#controllerOf(version);
    const connection = createRpcConnection({
      socket,
      recorder,
      link,
      clock,
      version,
      role: 'station',
      validator: this.#validator,
      newMessageId: this.#newId,
      callTimeoutMs: CALL_TIMEOUT_MS,
      queueBytes: this.#options.limits?.queueBytes,
      endpoint: {
        onRequest: (call) => controller.onRequest(call),
        onAnswered: (call) => controller.onAnswered(call),
        onClose: (closing) => this.#onClosed(controller, closing),
      },
    });
    this.#open = { link, station: this.#identity.id, version, connection, socket, controller };
    this.#failed = 0;
    this.#problem = null;
    if (this.#leg) this.#leg = { ...this.#leg, version, state: 'open' };
    controller.connected(connection);
    this.#changed();
  }

  #controllerOf(version: OcppVersion): Controller {
    if (this.#controller?.version === version) return this.#controller;
    this.#controller?.dispose();
    const { clock, random, session = 'loop', pace = BENCH_PACE, idToken = 'PLUGSCOPE-1' } = this.#options;
    this.#controller = new Controller({
      version,
      identity: this.#identity,
      clock,
      random,
      newId: this.#newId,
      evses: this.#options.evses ?? 2,
      sampleInterval: this.#options.sampleInterval ?? 5,
      pace,
      visitor: session === 'loop' ? { token: idToken, type: 'ISO14443' } : undefined,
      security: this.#security,
      onChange: () => this.#changed(),
      restart: () => this.#reboot(),
      reconnect: () => this.#reconnect(),
    });
    return this.#controller;
  }

  #onClosed(controller: Controller, closing: LinkClosing): void {
    this.#open = undefined;
    controller.disconnected();
    this.#gone({
      code: 'closed',
      sentence: `${ENDED[closing.by]} (${[closing.code, closing.reason].join(' ').trim()}).`,
    });
  }

  /** There is no connection any more, or none came about: what next. */
  #gone(problem: Failure | null): void {
    this.#leg = undefined;
    for (const resolve of this.#closed.splice(0)) resolve();
    if (this.#phase === 'stopped') return;
    const { clock, random } = this.#options;
    const wanted = this.#reconnecting || this.#phase === 'rebooting';
    let wait = this.#reconnecting ? 0 : REBOOT_MS;
    this.#reconnecting = false;
    if (!wanted) {
      this.#failed++;
      this.#problem = problem;
      this.#phase = 'waiting';
      wait = backOff(this.#failed, this.#controller?.backOff ?? FIRST_BACK_OFF, random);
    }
    this.#timer = clock.after(wait, () => void this.#connect());
    this.#changed();
  }

  #reboot(): void {
    this.#phase = 'rebooting';
    if (this.#open) this.#hangUp(this.#open, 1000, 'the station restarts');
    this.#changed();
  }

  #reconnect(): void {
    if (!this.#open) return;
    this.#reconnecting = true;
    this.#hangUp(this.#open, 1000, 'the station reconnects with its new credentials');
  }

  #hangUp({ connection, socket }: Open, code: number, reason: string): void {
    // A CSMS that does not answer the closing handshake, or a recorder that holds the last frames back.
    const timer = this.#options.clock.after(CLOSE_PATIENCE_MS, () => socket.terminate());
    this.#closed.push(() => timer.cancel());
    connection.close(code, reason);
  }

  #changed(): void {
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
  }
}

const WITHOUT_TLS = success(undefined);

/** Until the CSMS has had a chance to set it. */
const FIRST_BACK_OFF: BackOffSettings = { waitMinimum: 2, randomRange: 2, repeatTimes: 5 };

function foreignProblem(chosen: string): Failure & { readonly code: NegotiationCode } {
  return chosen === ''
    ? { code: 'no-common-version', sentence: 'The CSMS chose none of the OCPP versions that the station offered.' }
    : { code: 'subprotocol-foreign', sentence: `The CSMS chose ${chosen}, which the station did not offer.` };
}
