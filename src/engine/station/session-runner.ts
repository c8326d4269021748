import type { Clock, Timer } from '../clock.ts';
import {
  type ChargingHardware,
  idleSession,
  isEnergised,
  nextSession,
  type OfferNow,
  type SessionEvent,
} from './charging-session.ts';
import { type Evse, type IdToken, sameToken, type Transaction } from './evse.ts';
import type { EndCause, Speaker, StartCause } from './speaker.ts';

/** How fast the simulated drivers are, in seconds. */
export interface SessionPace {
  /** From one vehicle leaving to the next one arriving. */
  readonly pause: number;
  /** From plugging in to presenting the identifier; with a remote start, from its acceptance to plugging in. */
  readonly authorise: number;
  /** From the start of the transaction to the driver ending it. */
  readonly charge: number;
  /** From the end of the transaction to unplugging. */
  readonly leave: number;
}

/** A pace at which a whole session passes by within two minutes. */
export const BENCH_PACE: SessionPace = { pause: 5, authorise: 3, charge: 90, leave: 4 };

export interface SessionRunnerOptions {
  readonly clock: Clock;
  readonly evses: readonly Evse[];
  readonly hardware: ChargingHardware;
  readonly pace: SessionPace;
  /** Who comes to the first EVSE again and again; undefined where nobody comes by himself. */
  readonly visitor: IdToken | undefined;
  readonly random: () => number;
  readonly speaker: Speaker;
  /** By the clock of the CSMS, in milliseconds since 1970. */
  now(): number;
  newTransactionId(): string;
  sampleInterval(): number;
  /** What an EVSE may do now. */
  offer(evse: Evse): OfferNow;
  /** Whether new transactions may start at all. */
  open(evse: Evse): boolean;
  authorize(idToken: IdToken): Promise<boolean>;
  /** A transaction begins, before the CSMS hears of it. */
  onBegun(evse: Evse, transaction: Transaction): void;
  /** Time has passed in a transaction. */
  onAdvanced(evse: Evse, transaction: Transaction): void;
  /** A transaction is over. */
  onEnded(evse: Evse, transaction: Transaction): void;
}

/** A request to start, as it came from the CSMS. */
export interface RemoteStart {
  readonly idToken: IdToken;
  readonly remoteStartId?: number;
  readonly authorizeFirst: boolean;
  /** Called with the new transaction before the CSMS hears of it. */
  readonly onStart?: (transaction: Transaction) => void;
}

const TICK = 1000;
/** Seconds after which a vehicle says it leaves where only the CSMS ends its transaction. */
const UNANNOUNCED_STAY = 3600;

interface Running {
  lastTick: number;
  nextSample: number;
}

/** Plays vehicles and drivers at the EVSEs and lets the speaker say what happens. */
export class SessionRunner {
  readonly #options: SessionRunnerOptions;
  /** The next step of the play at each EVSE. */
  readonly #steps = new Map<Evse, Timer>();
  readonly #running = new Map<Evse, Running>();
  /** EVSEs at which a remote start waits for its vehicle or its authorisation. */
  readonly #expected = new Set<Evse>();
  #tick: Timer | undefined;
  /** Counts how often everything was called off, so that answers which come later are known to be stale. */
  #era = 0;

  constructor(options: SessionRunnerOptions) {
    this.#options = options;
  }

  /** Lets the visitor come, once the station is in service. */
  begin(): void {
    const { visitor, evses } = this.#options;
    const [first] = evses;
    if (visitor && first && first.session.phase === 'idle' && !this.#steps.has(first)) this.#rest(first);
  }

  /** Whether a driver could start at this EVSE now. */
  isFree(evse: Evse): boolean {
    return !evse.transaction && evse.session.phase !== 'finishing' && !this.#expected.has(evse);
  }

  /** Starts a transaction for the CSMS; the vehicle is plugged in first where none is there. */
  remoteStart(evse: Evse, start: RemoteStart): void {
    this.#expected.add(evse);
    if (evse.session.phase === 'plugged') {
      this.#cancel(evse);
      void this.#admit(evse, start);
      return;
    }
    this.#after(evse, this.#options.pace.authorise, () => {
      this.#apply(evse, { kind: 'plug-in', soc: this.#arrivalSoc() });
      void this.#admit(evse, start);
    });
  }

  /** Ends the transaction at an EVSE; the vehicle leaves a little later. */
  stop(evse: Evse, cause: EndCause): void {
    const { transaction } = evse;
    if (!transaction) return;
    this.#advance(evse);
    this.#running.delete(evse);
    evse.session = nextSession(evse.session, { kind: 'stop' }, this.#options.hardware);
    this.#options.speaker.ended(evse, transaction, cause);
    evse.transaction = undefined;
    evse.priority = undefined;
    evse.mode = undefined;
    evse.scheduleIndex = undefined;
    this.#options.onEnded(evse, transaction);
    this.#options.speaker.reportStatus(evse, false);
    this.#after(evse, this.#options.pace.leave, () => this.#leave(evse));
  }

  /** The station goes down: transactions end, vehicles leave unseen, nothing goes on until `begin`. */
  halt(cause: EndCause): void {
    for (const evse of this.#options.evses) {
      this.stop(evse, cause);
      evse.session = idleSession(this.#options.hardware, evse.session.energyWh, evse.session.exportWh);
    }
    this.dispose();
  }

  /** Brings the reading of a charging EVSE up to now. */
  refresh(evse: Evse): void {
    this.#advance(evse);
  }

  dispose(): void {
    this.#era++;
    for (const timer of this.#steps.values()) timer.cancel();
    this.#steps.clear();
    this.#expected.clear();
    this.#running.clear();
    this.#tick?.cancel();
    this.#tick = undefined;
  }

  #rest(evse: Evse): void {
    this.#after(evse, this.#options.pace.pause, () => this.#arrive(evse));
  }

  #arrive(evse: Evse): void {
    const { visitor, open, pace } = this.#options;
    const reservedForOther = visitor && evse.reservation && !sameToken(evse.reservation.idToken, visitor);
    if (!visitor || reservedForOther || !open(evse) || evse.session.phase !== 'idle') {
      this.#rest(evse);
      return;
    }
    this.#apply(evse, { kind: 'plug-in', soc: this.#arrivalSoc() });
    this.#after(evse, pace.authorise, () => void this.#admit(evse, { idToken: visitor, authorizeFirst: true }));
  }

  async #admit(evse: Evse, start: RemoteStart): Promise<void> {
    const options = this.#options;
    const remote = this.#expected.has(evse);
    const era = this.#era;
    const allowed = !start.authorizeFirst || (await options.authorize(start.idToken));
    // A remote start may have come while the CSMS was asked about the visitor; then this one is over.
    if (era !== this.#era || remote !== this.#expected.has(evse)) return;
    this.#expected.delete(evse);
    if (evse.transaction || evse.session.phase !== 'plugged') return;
    if (!allowed || !options.open(evse)) {
      this.#after(evse, options.pace.leave, () => this.#leave(evse));
      return;
    }
    this.#start(evse, start, remote ? 'remote' : 'local');
  }

  #start(evse: Evse, start: RemoteStart, cause: StartCause): void {
    const { clock, hardware, newTransactionId, now, pace, sampleInterval, speaker, visitor } = this.#options;
    const transaction: Transaction = {
      id: newTransactionId(),
      idToken: start.idToken,
      startedAt: now(),
      startEnergyWh: evse.session.energyWh,
      remoteStartId: start.remoteStartId,
      reservationId: evse.reservation?.id,
      reservedAt: evse.reservation?.receivedAt,
    };
    evse.reservation = undefined;
    evse.transaction = transaction;
    evse.session = nextSession(evse.session, { kind: 'start' }, hardware);
    const { mono } = clock.now();
    this.#running.set(evse, { lastTick: mono, nextSample: mono + 1000 * sampleInterval() });
    start.onStart?.(transaction);
    this.#options.onBegun(evse, transaction);
    speaker.started(evse, transaction, cause);
    speaker.chargingNeeds(evse, now() + 1000 * (visitor ? pace.charge : UNANNOUNCED_STAY));
    speaker.stateChanged(evse, transaction);
    speaker.reportStatus(evse, false);
    this.#cancel(evse);
    if (visitor) this.#after(evse, pace.charge, () => this.stop(evse, 'local'));
    this.#tick ??= clock.after(TICK, () => this.#onTick());
  }

  #leave(evse: Evse): void {
    this.#apply(evse, { kind: 'unplug' });
    if (this.#options.visitor && evse === this.#options.evses[0]) this.#rest(evse);
  }

  #onTick(): void {
    this.#tick = undefined;
    for (const evse of [...this.#running.keys()]) {
      this.#advance(evse);
      this.#sample(evse);
    }
    if (this.#running.size > 0) this.#tick = this.#options.clock.after(TICK, () => this.#onTick());
  }

  /** Lets the time since the last look pass at an EVSE. */
  #advance(evse: Evse): void {
    const running = this.#running.get(evse);
    const { transaction } = evse;
    if (!running || !transaction || !isEnergised(evse.session.phase)) return;
    const { clock, hardware, offer, speaker } = this.#options;
    const { mono } = clock.now();
    const seconds = (mono - running.lastTick) / 1000;
    running.lastTick = mono;
    const before = evse.session.phase;
    const { mode, ...now } = offer(evse);
    evse.session = nextSession(evse.session, { kind: 'tick', seconds, offer: now }, hardware);
    this.#options.onAdvanced(evse, transaction);
    if (evse.mode !== mode) {
      const first = evse.mode === undefined && mode === 'ChargingOnly';
      evse.mode = mode;
      if (!first) speaker.modeChanged(evse, transaction);
    }
    if (evse.session.phase === before) return;
    speaker.stateChanged(evse, transaction);
    speaker.reportStatus(evse, false);
  }

  #sample(evse: Evse): void {
    const running = this.#running.get(evse);
    const interval = 1000 * this.#options.sampleInterval();
    if (!running || !evse.transaction || interval === 0) return;
    const { mono } = this.#options.clock.now();
    // An interval made shorter by the CSMS counts at once.
    running.nextSample = Math.min(running.nextSample, mono + interval);
    // Timers may fire a moment early.
    if (mono < running.nextSample - 5) return;
    running.nextSample += interval * (1 + Math.floor((mono - running.nextSample) / interval));
    this.#options.speaker.sampled(evse, evse.transaction, 'periodic');
  }

  #apply(evse: Evse, event: SessionEvent): void {
    evse.session = nextSession(evse.session, event, this.#options.hardware);
    this.#options.speaker.reportStatus(evse, false);
  }

  #arrivalSoc(): number {
    return 55 + Math.floor(30 * this.#options.random());
  }

  #after(evse: Evse, seconds: number, task: () => void): void {
    this.#cancel(evse);
    const timer = this.#options.clock.after(1000 * seconds, () => {
      this.#steps.delete(evse);
      task();
    });
    this.#steps.set(evse, timer);
  }

  #cancel(evse: Evse): void {
    this.#steps.get(evse)?.cancel();
    this.#steps.delete(evse);
  }
}
