import type { Call } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { Interval, StepSeries } from '../../ocpp/schedule/context.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Answer, CallOutcome } from '../rpc/effects.ts';
import type { RpcConnection } from '../rpc/rpc-connection.ts';
import { CertificateStore } from './certificate-store.ts';
import { BENCH_HARDWARE, idleSession } from './charging-session.ts';
import type { Dialect } from './dialect.ts';
import { DIALECTS } from './dialects.ts';
import type { Evse, IdToken, Transaction } from './evse.ts';
import { LocalList } from './local-list.ts';
import { offerNow } from './offer.ts';
import { ProfileStore } from './profile-store.ts';
import { RegistrationDesk } from './registration-desk.ts';
import { Reservations } from './reservations.ts';
import { CertificateRenewal } from './security/certificate-renewal.ts';
import { notificationOf, type SecurityEvent } from './security/security-events.ts';
import type { StationSecurity } from './security/station-security.ts';
import { type SessionPace, SessionRunner } from './session-runner.ts';
import type { Reboot, Registration, StationCore, StationIdentity } from './station-core.ts';
import { TransactionQueue } from './transaction-queue.ts';

export interface ControllerOptions {
  readonly version: OcppVersion;
  readonly identity: StationIdentity;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly evses: number;
  readonly sampleInterval: number;
  readonly pace: SessionPace;
  /** Who comes to charge by himself, if anybody does. */
  readonly visitor: IdToken | undefined;
  readonly security: StationSecurity;
  /** The registration, or what the station does about it, is another. */
  onChange(): void;
  /** The connection is to be closed and the station to boot again. */
  restart(): void;
  /** The connection is to be closed, and another one opened with the new credentials (A01, A02.FR.08). */
  reconnect(): void;
}

/** Seconds that a restart waits at most for what is to be said before it (B12.FR.05). */
const LAST_WORDS = 10;
/** Times without a connection that are remembered. */
const OFFLINE_MAX = 20;

/** A station in one OCPP version, over all of its connections. */
export class Controller implements StationCore {
  readonly identity: StationIdentity;
  readonly hardware = BENCH_HARDWARE;
  readonly clock: Clock;
  readonly version: OcppVersion;
  readonly evses: readonly Evse[];
  readonly runner: SessionRunner;
  readonly queue: TransactionQueue;
  readonly profiles: ProfileStore;
  signals: StepSeries = [];
  readonly localList = new LocalList();
  readonly certificates = new CertificateStore();
  readonly security: StationSecurity;
  readonly renewal: CertificateRenewal;
  readonly reservations: Reservations;
  readonly newId: () => string;
  operative = true;

  readonly #options: ControllerOptions;
  readonly #dialect: Dialect;
  readonly #desk: RegistrationDesk;
  readonly #followUps = new WeakMap<Call, () => void>();
  readonly #tasks = new Set<Timer>();
  /** Security events that are being told. */
  readonly #telling = new Set<SecurityEvent>();
  #requests = 0;
  #pingTimer: Timer | undefined;
  #connection: RpcConnection | undefined;
  #offlineSince: number | undefined;
  #offline: readonly Interval[] = [];
  #reboot: { readonly reboot: Reboot; readonly state: 'awaiting-idle' | 'going-down' } | undefined;

  constructor(options: ControllerOptions) {
    this.#options = options;
    const { clock, version, identity, newId } = options;
    this.clock = clock;
    this.version = version;
    this.identity = identity;
    this.newId = newId;
    this.security = options.security;
    this.profiles = new ProfileStore(options.random);
    this.evses = Array.from({ length: options.evses }, (_, at) => newEvse(at + 1));
    this.queue = new TransactionQueue(clock, () => this.#dialect.settings.retry());
    this.reservations = new Reservations(
      clock,
      this.evses,
      () => this.now(),
      (evse, reservation) => {
        this.#dialect.speaker.reservationExpired(reservation);
        this.#dialect.speaker.reportStatus(evse, false);
      },
    );
    this.#dialect = DIALECTS[version]({ core: this, sampleInterval: options.sampleInterval });
    const { speaker, settings } = this.#dialect;
    this.renewal = new CertificateRenewal({
      subject: () => ({ commonName: this.security.commonName, organization: settings.organization() }),
      settings: () => settings.signing(),
      roots: () => this.security.roots(),
      installedRoots: () => this.certificates.rootsOfCsms(),
      newRequestId: () => this.newRequestId(),
      send: (csr, requestId) => this.callTriggered('SignCertificate', speaker.signCertificate(csr, requestId)),
      after: (seconds, task) => this.after(seconds, task),
      now: () => this.now(),
      onCertificate: (credential) => this.security.setCertificate(credential),
      onRefused: (sentence) => this.certificateRefused(sentence),
    });
    this.#desk = new RegistrationDesk({
      clock,
      settings,
      bootNotification: (reason) => speaker.bootNotification(reason),
      onAccepted: () => this.#enterService(true),
      onChange: options.onChange,
    });
    this.runner = new SessionRunner({
      ...options,
      evses: this.evses,
      hardware: this.hardware,
      speaker,
      now: () => this.now(),
      newTransactionId: newId,
      sampleInterval: () => settings.sampleInterval(),
      offer: (evse) =>
        this.#dialect.followers.reduce((offer, one) => one.adjust?.(evse, offer) ?? offer, offerNow(this, evse)),
      open: (evse) => this.#desk.registered && this.#reboot === undefined && this.isOperative(evse),
      authorize: (idToken) => this.#authorize(idToken),
      onBegun: (evse, transaction) => {
        for (const follower of this.#dialect.followers) follower.begins?.(evse, transaction);
      },
      onAdvanced: (evse, transaction) => {
        for (const follower of this.#dialect.followers) follower.advanced?.(evse, transaction);
      },
      onEnded: (evse, transaction) => this.#onEnded(evse, transaction),
    });
  }

  get registration(): Registration {
    return this.#desk.registration;
  }

  get inService(): boolean {
    return this.#connection !== undefined && this.#desk.registration === 'Accepted';
  }

  /** How the station spaces its attempts to reconnect. */
  get backOff() {
    return this.#dialect.settings.backOff();
  }

  /** A connection is open: the station boots, or goes on where it was accepted before (1.6-J 5.4, part 4, 5.4). */
  connected(connection: RpcConnection): void {
    this.#connection = connection;
    const offline = this.#offlineSince === undefined ? 0 : this.clock.now().mono - this.#offlineSince;
    if (this.#offlineSince !== undefined) this.#wasOffline({ from: this.now() - offline, to: this.now() });
    this.#offlineSince = undefined;
    this.#desk.connected(connection);
    if (this.inService) this.#enterService(offline > 1000 * this.#dialect.settings.offlineThreshold());
    this.#armPing();
  }

  offline(): readonly Interval[] {
    if (this.#offlineSince === undefined) return this.#offline;
    const from = this.now() - (this.clock.now().mono - this.#offlineSince);
    return [...this.#offline, { from, to: Number.MAX_SAFE_INTEGER }];
  }

  disconnected(): void {
    this.#connection = undefined;
    this.#offlineSince = this.clock.now().mono;
    this.#pingTimer?.cancel();
    this.#desk.disconnected();
    this.queue.suspend();
  }

  /** Answers a request of the CSMS. */
  onRequest(call: Call): Answer | Promise<Answer> {
    if (this.registration === 'Rejected') return this.#dialect.whileRejected();
    const reply = this.#dialect.answer(call.action, call.payload);
    if (!reply) {
      return { ok: false, error: { code: 'NotImplemented', description: `${call.action} is not known here.` } };
    }
    if (reply.error) return { ok: false, error: reply.error };
    if (reply.after) this.#followUps.set(call, reply.after);
    return { ok: true, payload: reply.response };
  }

  /** An answer is out: what it announced follows. */
  onAnswered(call: Call): void {
    this.#followUps.get(call)?.();
  }

  dispose(): void {
    this.disconnected();
    this.runner.dispose();
    this.reservations.dispose();
    for (const follower of this.#dialect.followers) follower.dispose?.();
    this.#cancelTasks();
  }

  now(): number {
    return this.clock.now().wall + this.#desk.clockOffset;
  }

  newRequestId(): number {
    return ++this.#requests;
  }

  certificateRefused(sentence: string): void {
    this.security.events.raise({ kind: 'own-certificate', at: this.now(), sentence });
    this.#tellEvents();
  }

  setpointPriority(): 'ExternalSystem' | 'CSMS' {
    return this.#dialect.settings.setpointPriority?.() ?? 'ExternalSystem';
  }

  random(): number {
    return this.#options.random();
  }

  timestamp(): string {
    return new Date(this.now()).toISOString();
  }

  evse(id: number): Evse | undefined {
    return this.evses[id - 1];
  }

  isOperative(evse: Evse): boolean {
    return this.operative && evse.operative;
  }

  takesTransaction(evse: Evse): boolean {
    return this.#reboot === undefined && this.isOperative(evse) && this.runner.isFree(evse);
  }

  call(action: string, payload: JsonObject): Promise<CallOutcome> {
    return this.inService ? this.callTriggered(action, payload) : Promise.resolve({ kind: 'closed' });
  }

  callTriggered(action: string, payload: JsonObject): Promise<CallOutcome> {
    return this.#connection?.call(action, payload) ?? Promise.resolve({ kind: 'closed' });
  }

  bootTriggered(): void {
    this.#desk.boot('Triggered');
  }

  settingsChanged(): void {
    this.#desk.settingsChanged();
    this.#armPing();
    if (this.security.takeStale()) this.#options.reconnect();
  }

  reboot(reboot: Reboot, when: 'now' | 'idle'): void {
    if (this.#reboot?.state === 'going-down') return;
    if (when === 'idle' && this.evses.some(({ transaction }) => transaction)) {
      this.#reboot = { reboot, state: 'awaiting-idle' };
      return;
    }
    this.#reboot = { reboot, state: 'going-down' };
    this.runner.halt(reboot.cause);
    const down = once(() => {
      patience.cancel();
      this.#cancelTasks();
      this.#reboot = undefined;
      this.#desk.forget(reboot.reason);
      this.#options.restart();
    });
    const patience = this.clock.after(1000 * LAST_WORDS, down);
    this.queue.whenIdle(down);
  }

  after(seconds: number, task: () => void): Timer {
    const timer = this.clock.after(1000 * seconds, () => {
      this.#tasks.delete(timer);
      task();
    });
    this.#tasks.add(timer);
    return timer;
  }

  #wasOffline(interval: Interval): void {
    this.#offline = [...this.#offline, interval].slice(-OFFLINE_MAX);
    this.profiles.endOffline(interval);
  }

  #cancelTasks(): void {
    for (const timer of this.#tasks) timer.cancel();
    this.#tasks.clear();
  }

  #enterService(everything: boolean): void {
    const { speaker } = this.#dialect;
    speaker.reportStation(everything);
    for (const evse of this.evses) speaker.reportStatus(evse, everything);
    this.queue.resume((action, payload) => this.call(action, payload));
    this.runner.begin();
    this.#tellEvents();
  }

  /** A04: what was not told yet is told while there is a connection, and again where that is lost before the answer. */
  #tellEvents(): void {
    if (!this.inService) return;
    for (const event of this.security.events.waiting) {
      if (this.#telling.has(event)) continue;
      const notification = notificationOf(event, this.version);
      if (!notification) {
        this.security.events.told(event);
        continue;
      }
      this.#telling.add(event);
      void this.call('SecurityEventNotification', notification).then(({ kind }) => {
        this.#telling.delete(event);
        if (kind === 'result' || kind === 'error') this.security.events.told(event);
      });
    }
  }

  #armPing(): void {
    this.#pingTimer?.cancel();
    const interval = this.#dialect.settings.pingInterval();
    if (interval === 0 || !this.#connection) return;
    this.#pingTimer = this.clock.after(1000 * interval, () => {
      this.#connection?.ping(new Uint8Array());
      this.#armPing();
    });
  }

  /** Local list first where the settings say so; offline nothing else counts (1.6 3.5; 2.x C09 to C15). */
  async #authorize(idToken: IdToken): Promise<boolean> {
    const { settings, speaker } = this.#dialect;
    const listed = settings.localListEnabled() && this.localList.accepts(idToken.token, this.now());
    if (!this.inService) return listed && settings.localAuthorizeOffline();
    if (listed && settings.localPreAuthorize()) return true;
    return speaker.authorize(idToken);
  }

  #onEnded(evse: Evse, transaction: Transaction): void {
    this.profiles.endTransaction(evse.id, transaction.id);
    for (const follower of this.#dialect.followers) follower.ended?.(evse, transaction);
    if (this.#reboot?.state === 'awaiting-idle') {
      // Once whoever ended the transaction has done so.
      void Promise.resolve().then(() => this.#reboot && this.reboot(this.#reboot.reboot, 'idle'));
    }
  }
}

function newEvse(id: number): Evse {
  // Meters that were in use before: round numbers would hide mistakes in differences.
  return { id, operative: true, session: idleSession(BENCH_HARDWARE, 1_234_567.8 + 98_765.4 * id, 12_345.6 * id) };
}

function once(task: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    task();
  };
}
