import { randomUUID } from 'node:crypto';
import type { Leg } from '../../bridge/contract.ts';
import type { ListenerSecurity } from '../../bridge/security.ts';
import type { Call } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { createValidator, type PayloadValidator } from '../../ocpp/schemas.ts';
import type { Limits } from '../../session/leg-policy.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { NO_SECURITY, policyOf } from '../admission/admission.ts';
import { PasswordWatch } from '../admission/password-watch.ts';
import { PortSecurity } from '../admission/port-security.ts';
import { recordAttempt } from '../admission/record-attempt.ts';
import { RefusalBook } from '../admission/refusals/refusal-book.ts';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { listenerFiles, listenerTls } from '../leg-security.ts';
import type { Listener, Network, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import { DISCONNECTED, type Peers } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import type { Answer, CallOutcome } from '../rpc/effects.ts';
import { endpointPeers } from '../rpc/endpoint-peers.ts';
import { createRpcConnection, type RpcConnection } from '../rpc/rpc-connection.ts';
import { type Admitted, admit } from './admission.ts';
import { behave } from './behaviours.ts';
import { type CertificateDesk, createCertificateDesk } from './certificate-desk.ts';
import { certificateOwner } from './certificate-owner.ts';
import { GREETINGS, type Greeting } from './greeting.ts';
import { StationMemory } from './station-memory.ts';
import type { StationRecord, StationState } from './station-state.ts';

export interface CsmsOptions {
  readonly network: Network;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** One of its own where it is left out. */
  readonly validator?: PayloadValidator;
  /** Yields an id of at most 36 characters that was not used before; a UUID where it is left out. */
  readonly newMessageId?: () => string;
  /** Port for stations; 0 for any. */
  readonly port: number;
  readonly host?: string;
  /** Whether a taken port is a failure and not followed by the next free one. */
  readonly exact?: boolean;
  /** Milliseconds that a station has to answer a call; 30 s where it is left out. */
  readonly callTimeoutMs?: number;
  /** Seconds between heartbeats, told at boot; 300 where it is left out. */
  readonly heartbeatInterval?: number;
  /** Whether a station that booted is asked for its configuration, so that there is some traffic both ways. */
  readonly greets?: boolean;
  /** What is asked of stations; nothing where it is left out. */
  readonly security?: ListenerSecurity;
  /** Certificates to present and to sign; without them there is no TLS, and nothing is signed. */
  readonly credentials?: Credentials;
  /** The limits that differ from `LIMIT_DEFAULTS`. */
  readonly limits?: Partial<Limits>;
}

/** A station that is connected, with what is known of it. */
export interface ConnectedStation extends StationState {
  readonly id: string;
  readonly link: number;
}

/** A running CSMS, which takes stations of every version on one port. */
export interface RunningCsms {
  readonly port: number;
  /** Whether the port asked for was taken and `port` is the next free one. */
  readonly moved: boolean;
  /** Data frames so far, both ways. */
  readonly messages: number;
  /** Connected stations, oldest connection first. */
  stations(): readonly ConnectedStation[];
  /** Calls any action of a station; fails with `not-connected` where there is no station of that identity. */
  call(station: string, action: string, payload: JsonObject): Promise<Outcome<CallOutcome>>;
  /** The connected stations, as places to send to. */
  readonly peers: Peers;
  /** Ends an open link with 1001; whether there was one. */
  disconnect(link: number): boolean;
  /** What is asked of stations now, with the passwords that they have accepted since. */
  security(): ListenerSecurity;
  /** Live links, oldest first. */
  legs(): readonly Leg[];
  /** Sets who is told when the legs change. */
  onChange(listener: () => void): void;
  /** Ends every link with 1001 and frees the port; resolves when all is over. */
  close(): Promise<void>;
}

/** Starts a CSMS. Fails where the port cannot be had, or there is no certificate for TLS. */
export async function createCsms(options: CsmsOptions): Promise<Outcome<RunningCsms>> {
  const { security = NO_SECURITY, credentials } = options;
  const tls = await listenerTls(security, credentials);
  if (!tls.ok) return tls;
  const csms = new Csms(options);
  const policy = policyOf(security);
  const listening = await options.network.listen({
    port: options.port,
    host: options.host,
    exact: options.exact,
    tls: tls.value,
    compression: security.compression,
    limits: options.limits,
    files: listenerFiles(credentials),
    onUpgrade: (request) => void csms.take(request),
    onAttempt: (attempt) => recordAttempt(attempt, policy, csms.refusals),
  });
  return listening.ok ? success(csms.on(listening.value)) : listening;
}

const CLOSING = [1001, 'Plugscope closes this port'] as const;
const REPLACED = [1008, 'replaced by a newer connection of this station'] as const;

interface OpenLink extends Admitted {
  readonly station: string;
  readonly record: StationRecord;
  readonly connection: RpcConnection;
}

class Csms {
  readonly refusals: RefusalBook;
  readonly #options: CsmsOptions;
  readonly #validator: PayloadValidator;
  readonly #links = new Map<number, OpenLink>();
  /** The current link of each station; an older one may still be closing. */
  readonly #current = new Map<string, OpenLink>();
  readonly #memory = new StationMemory();
  readonly #certificates: CertificateDesk | undefined;
  /** Calls that follow an answer once it is out. */
  readonly #followUps = new WeakMap<Call, Greeting>();
  readonly #security: PortSecurity;
  #messages = 0;
  #lastTransactionId = 0;
  #lastRequestId = 0;
  #closing = false;
  #changed = (): void => {};

  constructor(options: CsmsOptions) {
    const { recorder, clock, limits } = options;
    this.refusals = new RefusalBook({ recorder, clock, perMinute: limits?.refusalsPerMinute });
    this.#options = options;
    this.#validator = options.validator ?? createValidator();
    this.#security = new PortSecurity(options.security ?? NO_SECURITY);
    this.#certificates = options.credentials && createCertificateDesk(options.credentials);
  }

  on(listener: Listener): RunningCsms {
    const messages = () => this.#messages;
    return {
      port: listener.port,
      moved: listener.moved,
      get messages() {
        return messages();
      },
      stations: () => [...this.#current.values()].map(connectedStation),
      call: (station, action, payload) => this.#call(station, action, payload),
      peers: endpointPeers('csms', () => this.#links.values()),
      disconnect: (link) => {
        const open = this.#links.get(link);
        open?.connection.close(...DISCONNECTED);
        return open !== undefined;
      },
      security: () => this.#security.now,
      legs: () => [...this.#links.values()].map(legOf),
      onChange: (changed) => {
        this.#changed = changed;
      },
      close: async () => {
        this.#closing = true;
        for (const { connection } of this.#links.values()) connection.close(...CLOSING);
        await listener.close();
        this.refusals.close();
      },
    };
  }

  async take(request: UpgradeRequest): Promise<void> {
    const security = this.#security.of(stationIdentity(request.target));
    const admitted = await admit(request, security, { recorder: this.#options.recorder, refusals: this.refusals });
    if (admitted === undefined) return;
    const { id, version } = admitted;
    const old = this.#current.get(id);
    const record = this.#memory.recall(id, version, old?.record);
    let gone = false;
    const connection = this.#connect(admitted, record, () => {
      gone = true;
      this.#forget(admitted.link);
    });
    // A socket that was closed before anybody listened says so at once.
    if (gone) return;
    const link: OpenLink = { ...admitted, station: id, record, connection };
    this.#links.set(link.link, link);
    // At the end again, as the map is in the order of the connections.
    this.#current.delete(id);
    this.#current.set(id, link);
    // A station has one connection: an older one is a leftover of a network that did not tell of its loss.
    old?.connection.close(...REPLACED);
    if (this.#closing) connection.close(...CLOSING);
    this.#changed();
  }

  #connect(admitted: Admitted, record: StationRecord, onClose: () => void): RpcConnection {
    const { recorder, clock, limits, newMessageId = randomUUID, callTimeoutMs = 30_000 } = this.#options;
    const { id, link, socket, version } = admitted;
    const security = this.#security;
    const passwords = security.asksForPassword
      ? new PasswordWatch((password) => security.accepted(id, password))
      : undefined;
    const connection: RpcConnection = createRpcConnection({
      role: 'csms',
      version,
      socket,
      recorder,
      link,
      clock,
      validator: this.#validator,
      newMessageId,
      callTimeoutMs,
      queueBytes: limits?.queueBytes,
      endpoint: {
        onRequest: (call) => this.#answer(call, record, admitted),
        onAnswered: (call, answer) => this.#answered(call, answer, record, connection),
        onReceived: (data, binary) => {
          this.#messages += 1;
          if (!binary) passwords?.answered(data);
        },
        onSent: (data, binary) => {
          this.#messages += 1;
          if (!binary) passwords?.asked(data);
        },
        onClose,
      },
    });
    return connection;
  }

  #answer(call: Call, station: StationRecord, { link, tls }: Admitted): Answer | Promise<Answer> {
    if (call.action === 'SignCertificate' && this.#certificates) return this.#sign(call, station, this.#certificates);
    const payload = behave(call.action, call.payload, {
      station,
      now: this.#options.clock.now().wall,
      heartbeatInterval: this.#options.heartbeatInterval ?? 300,
      nextTransactionId: () => ++this.#lastTransactionId,
    });
    if (call.action === 'BootNotification' && this.#security.configured.profile === 3 && station.boot) {
      const remark = certificateOwner(tls, station.boot);
      if (remark) this.#options.recorder.remark(link, remark);
    }
    return payload === undefined
      ? { ok: false, error: { code: 'NotSupported', description: `${call.action} is not supported.` } }
      : { ok: true, payload };
  }

  async #sign(call: Call, { version }: StationRecord, desk: CertificateDesk): Promise<Answer> {
    const { response, signed } = await desk.sign(version, call.payload);
    if (signed) this.#followUps.set(call, signed);
    return { ok: true, payload: response };
  }

  #answered(call: Call, answer: Answer, station: StationRecord, connection: RpcConnection): void {
    if (this.#options.greets && call.action === 'BootNotification' && answer.ok) this.#greet(station, connection);
    const next = this.#followUps.get(call);
    if (next) void connection.call(next.action, next.payload);
  }

  #greet({ version }: StationRecord, connection: RpcConnection): void {
    const { action, payload } = GREETINGS[version](++this.#lastRequestId);
    void connection.call(action, payload);
  }

  #forget(id: number): void {
    const link = this.#links.get(id);
    if (link === undefined) return;
    this.#links.delete(id);
    if (this.#current.get(link.id) === link) {
      this.#current.delete(link.id);
      this.#memory.keep(link.id, link.record);
    }
    this.#changed();
  }

  async #call(station: string, action: string, payload: JsonObject): Promise<Outcome<CallOutcome>> {
    const link = this.#current.get(station);
    return link === undefined
      ? failure('not-connected', `No station ${station} is connected.`)
      : success(await link.connection.call(action, payload));
  }
}

function connectedStation({ id, link, record }: OpenLink): ConnectedStation {
  const { version, boot, connectors, transactions } = record;
  return { id, link, version, boot, connectors, transactions };
}

function legOf({ id, link, version, tls }: OpenLink): Leg {
  const secure = tls !== undefined;
  return { link, conversation: link, peer: 'station', station: id, version, secure, state: 'open' };
}
