import type { JsonObject } from '../../ocpp/json.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CallOutcome } from '../rpc/effects.ts';
import type { BootReason, Settings } from './speaker.ts';
import type { Registration } from './station-core.ts';

/** What the desk sends on. */
export interface Line {
  call(action: string, payload: JsonObject): Promise<CallOutcome>;
}

export interface RegistrationDeskOptions {
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'heartbeatInterval' | 'adoptHeartbeatInterval'>;
  bootNotification(reason: BootReason): JsonObject;
  /** The CSMS has just accepted the station. */
  onAccepted(): void;
  onChange(): void;
}

/** Seconds until the next attempt where the CSMS names none, or did not answer (B02.FR.07, B03.FR.05). */
const OWN_INTERVAL = 30;

/**
 * Registers the station with its CSMS and keeps in touch: BootNotification until it is accepted (1.6 4.2; 2.x B01 to B03),
 * then a Heartbeat at the interval given (1.6 4.6; G02). Heartbeats are sent whatever else is: G02.FR.02 asks for them,
 * that other messages put them off (G02.FR.05) is a recommendation, and a bench shows a steady signal and a set clock.
 */
export class RegistrationDesk {
  readonly #options: RegistrationDeskOptions;
  #registration: Registration = 'none';
  #reason: BootReason = 'PowerUp';
  #line: Line | undefined;
  #booting = false;
  #retry: Timer | undefined;
  #heartbeat: { readonly timer: Timer; readonly interval: number } | undefined;
  #clockOffset = 0;

  constructor(options: RegistrationDeskOptions) {
    this.#options = options;
  }

  get registration(): Registration {
    return this.#registration;
  }

  /** Whether the station was accepted and has not restarted since, connected or not. */
  get registered(): boolean {
    return this.#registration === 'Accepted';
  }

  /** Milliseconds by which the clock of the CSMS is ahead of this machine's (B01.FR.06, G02.FR.06). */
  get clockOffset(): number {
    return this.#clockOffset;
  }

  connected(line: Line): void {
    this.#line = line;
    // Part 4, 5.4 and 1.6-J 5.4: one that was accepted before does not boot again when it reconnects.
    if (this.registered) this.#armHeartbeat();
    else this.boot(this.#reason);
  }

  disconnected(): void {
    this.#line = undefined;
    this.#booting = false;
    this.#retry?.cancel();
    this.#disarmHeartbeat();
    if (!this.registered) this.#become('none');
  }

  /** The station restarts: it has to be accepted anew. */
  forget(reason: BootReason): void {
    this.#reason = reason;
    this.#disarmHeartbeat();
    this.#become('none');
  }

  /** Sends a BootNotification, unless one is under way. */
  boot(reason: BootReason): void {
    const line = this.#line;
    if (!line || this.#booting) return;
    this.#booting = true;
    this.#retry?.cancel();
    void line.call('BootNotification', this.#options.bootNotification(reason)).then((outcome) => {
      if (this.#line !== line || !this.#booting) return;
      this.#booting = false;
      this.#answered(outcome);
    });
  }

  /** Takes a new heartbeat interval over. */
  settingsChanged(): void {
    if (this.#heartbeat && this.#heartbeat.interval !== this.#options.settings.heartbeatInterval())
      this.#armHeartbeat();
  }

  #answered(outcome: CallOutcome): void {
    const { settings, onAccepted } = this.#options;
    const { status, interval, currentTime } = outcome.kind === 'result' ? outcome.payload : {};
    const seconds = typeof interval === 'number' && interval > 0 ? interval : undefined;
    if (status === 'Accepted') {
      this.#setClock(currentTime);
      // B01.FR.04: an interval of 0 leaves the station's own.
      if (seconds !== undefined) settings.adoptHeartbeatInterval(seconds);
      this.#become('Accepted');
      this.#armHeartbeat();
      onAccepted();
      return;
    }
    if (status === 'Pending' || status === 'Rejected') this.#become(status);
    this.#retry = this.#options.clock.after(1000 * (seconds ?? OWN_INTERVAL), () => this.boot(this.#reason));
  }

  #become(registration: Registration): void {
    if (this.#registration === registration) return;
    this.#registration = registration;
    this.#options.onChange();
  }

  #armHeartbeat(): void {
    this.#disarmHeartbeat();
    const interval = this.#options.settings.heartbeatInterval();
    const timer = this.#options.clock.after(1000 * interval, () => {
      this.#armHeartbeat();
      void this.#line?.call('Heartbeat', {}).then((outcome) => {
        if (outcome.kind === 'result') this.#setClock(outcome.payload.currentTime);
      });
    });
    this.#heartbeat = { timer, interval };
  }

  #disarmHeartbeat(): void {
    this.#heartbeat?.timer.cancel();
    this.#heartbeat = undefined;
  }

  #setClock(currentTime: unknown): void {
    const time = typeof currentTime === 'string' ? Date.parse(currentTime) : Number.NaN;
    if (!Number.isNaN(time)) this.#clockOffset = time - this.#options.clock.now().wall;
  }
}
