import { activeAt } from '../../../../ocpp/der/active.ts';
import type { ControlType, DerControl } from '../../../../ocpp/der/control.ts';
import {
  type ClearCriteria,
  clear,
  endOf,
  type InstalledControl,
  install,
  isPresent,
  isSuperseded,
  startOf,
} from '../../../../ocpp/der/installed.ts';
import type { JsonObject } from '../../../../ocpp/json.ts';
import type { Clock, Timer } from '../../../clock.ts';

/** The most DER controls that are held at a time. */
export const DER_CONTROLS_MAX = 100;

/** A scheduled control started or ended (R04.FR.20 to FR.22). */
export interface StartOrEnd {
  readonly controlId: string;
  readonly started: boolean;
  /** Controls whose place it takes by starting. */
  readonly superseded: readonly string[];
}

export interface DerControlsOptions {
  readonly clock: Clock;
  /** By the clock of the CSMS, in milliseconds since 1970. */
  now(): number;
  tell(what: StartOrEnd): void;
}

/** The longest that one timer is set for; an end that is farther away is looked at again. */
const TIMER_MAX = 86_400_000;

/** The DER controls of a station: who gives way to whom is decided as the charts do it. They outlive reboots (R01.FR.03). */
export class DerControls {
  readonly #options: DerControlsOptions;
  #installed: readonly InstalledControl[] = [];
  /** What each control was sent as, by its source. */
  readonly #payloads = new Map<number, JsonObject>();
  /** Sources of the scheduled ones that are executed, or were until another one took over. */
  readonly #started = new Set<number>();
  #sources = 0;
  #timer: Timer | undefined;

  constructor(options: DerControlsOptions) {
    this.#options = options;
  }

  /** Those that are present now, superseded or not. */
  list(): readonly InstalledControl[] {
    this.#settle();
    return this.#installed;
  }

  /** The field of the request that carried a control. */
  payloadOf({ source }: InstalledControl): JsonObject {
    return this.#payloads.get(source) ?? {};
  }

  /** The control of a type that is executed now (R04.FR.09, FR.11). */
  active(type: ControlType): InstalledControl | undefined {
    return activeAt(this.#installed, type, this.#options.now());
  }

  /** Installs a control; yields the ids of those that are superseded by that at once (R04.FR.03, FR.06, FR.08). */
  set(control: DerControl, payload: JsonObject): readonly string[] {
    this.#settle();
    const now = this.#options.now();
    const source = ++this.#sources;
    const before = new Set(this.#installed.filter((each) => isSuperseded(each, now)).map((each) => each.source));
    this.#installed = install(this.#installed, control, now, source);
    this.#payloads.set(source, payload);
    // One that is already executed is told of when the new one starts (R04.FR.07, FR.21).
    const superseded = this.#installed.filter(
      (each) => isSuperseded(each, now) && !before.has(each.source) && each.supersededFor !== 'R04.FR.07',
    );
    this.#forget();
    return superseded.map((each) => each.control.id);
  }

  /** Tells what is due, and waits for what comes next: to be called once the answer to a request is out. */
  proceed(): void {
    this.#settle();
    this.#arm();
  }

  /** Clears what a request names; how many. */
  clear(criteria: ClearCriteria): number {
    this.#settle();
    const now = this.#options.now();
    const before = this.#installed.length;
    this.#installed = clear(this.#installed, criteria, now, ++this.#sources);
    this.#forget();
    return before - this.#installed.length;
  }

  dispose(): void {
    this.#timer?.cancel();
  }

  /** Tells of starts and ends up to now, in their order, and forgets what is over (R04.FR.10). */
  #settle(): void {
    const now = this.#options.now();
    const due = this.#installed
      .flatMap((each) => [...this.#startOf(each, now), ...this.#endOf(each, now)])
      .sort((one, other) => one.at - other.at || Number(one.what.started) - Number(other.what.started));
    this.#forget();
    for (const { what } of due) this.#options.tell(what);
  }

  #startOf(each: InstalledControl, now: number): readonly { at: number; what: StartOrEnd }[] {
    const { control, source } = each;
    const at = startOf(each);
    if (control.isDefault || at > now || this.#started.has(source) || isSuperseded(each, at)) return [];
    this.#started.add(source);
    const superseded = this.#installed.filter(
      (other) => other.supersededBy === control.id && other.supersededFor === 'R04.FR.07' && isSuperseded(other, at),
    );
    const what = { controlId: control.id, started: true, superseded: superseded.map((other) => other.control.id) };
    return [{ at, what }];
  }

  #endOf(each: InstalledControl, now: number): readonly { at: number; what: StartOrEnd }[] {
    const at = endOf(each);
    if (at > now || !this.#started.has(each.source) || isSuperseded(each, at)) return [];
    return [{ at, what: { controlId: each.control.id, started: false, superseded: [] } }];
  }

  #forget(): void {
    const now = this.#options.now();
    const kept = this.#installed.filter((each) => isPresent(each, now));
    for (const { source } of this.#installed) {
      if (kept.some((each) => each.source === source)) continue;
      this.#payloads.delete(source);
      this.#started.delete(source);
    }
    this.#installed = kept;
  }

  #arm(): void {
    this.#timer?.cancel();
    const now = this.#options.now();
    const moments = this.#installed.flatMap((each) => [startOf(each), endOf(each)]).filter((at) => at > now);
    if (moments.length === 0) return;
    const wait = Math.min(TIMER_MAX, ...moments.map((at) => at - now));
    this.#timer = this.#options.clock.after(wait, () => this.proceed());
  }
}
