import type { BenchSetup, BenchState, Notice } from '../../bridge/contract.ts';
import type { ListenerSecurity } from '../../bridge/security.ts';
import { type Failure, type Outcome, success } from '../../session/outcome.ts';
import type { Timer } from '../clock.ts';
import { linkGone, type Peers } from '../peers.ts';
import { asksForTls, type BenchMeans, type BenchParts, startParts } from './bench-parts.ts';
import { watchLinks } from './link-watch.ts';
import { createRateMeter } from './rate-meter.ts';
import { lanAddresses, stationUrls } from './station-urls.ts';

/** Legs that a state lists. */
const LEGS_MAX = 200;
/** Milliseconds between two states at the least, and between two looks at the rate. */
const CHANGE_MS = 100;
const RATE_MS = 1000;

export interface BenchOptions extends Omit<BenchMeans, 'onNotice'> {
  /** Addresses at which this machine is reached from its networks; those of the system where it is left out. */
  addresses?(): readonly string[];
}

/** What runs, and how it changes. */
export interface Bench {
  state(): BenchState;
  /** The open links of what runs now, as places to send to. */
  readonly peers: Peers;
  /** What the port asks of stations now, with the passwords that a CSMS has set since; undefined for nothing. */
  security(): ListenerSecurity | undefined;
  /**
   * Ends what runs and starts what the setup asks for, one request after the other. Where that fails, nothing runs;
   * the state then has the setup that was asked for and a notice that says why.
   */
  configure(setup: BenchSetup): Promise<Outcome<BenchState>>;
  /** Ends an open link with 1001, as if its peer had ended it: stations and CSMS come again. Whether there was one. */
  disconnect(link: number): boolean;
  /** Calls the listener with each new state, at most every 100 ms; yields how to stop that. */
  onChange(listener: (state: BenchState) => void): () => void;
  /** Ends what runs; resolves when all is over. */
  close(): Promise<void>;
}

/** A bench on which nothing runs before it is configured. */
export function createBench(options: BenchOptions, setup: BenchSetup): Bench {
  return new RunningBench(options, setup);
}

class RunningBench implements Bench {
  readonly peers: Peers = {
    list: () => this.#parts?.peers.list() ?? [],
    call: async (link, call, signal) => this.#parts?.peers.call(link, call, signal) ?? linkGone(link),
    raw: (link, data, binary) => this.#parts?.peers.raw(link, data, binary) ?? linkGone(link),
  };
  readonly #options: BenchOptions;
  readonly #watch;
  readonly #meter = createRateMeter();
  readonly #listeners = new Set<(state: BenchState) => void>();
  #setup: BenchSetup;
  #parts: BenchParts | undefined;
  /** Why nothing runs, where that failed. */
  #failure: Failure | undefined;
  #rate = 0;
  /** The request that came last; the next one waits for it. */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  #changeTimer: Timer | undefined;
  #rateTimer: Timer;

  constructor(options: BenchOptions, setup: BenchSetup) {
    this.#options = options;
    this.#setup = setup;
    this.#watch = watchLinks(options.recorder, () => this.#changed());
    this.#rateTimer = this.#sample();
  }

  state(): BenchState {
    const port = this.#parts?.port ?? null;
    const addresses = this.#options.addresses ?? lanAddresses;
    const { linksOpen, stationsOpen } = this.#watch;
    return {
      setup: this.#setup,
      stationUrls: port === null ? [] : stationUrls(addresses(), port, asksForTls(this.#setup)),
      port,
      notices: this.#notices(),
      legs: this.#watch.legs(LEGS_MAX),
      linksOpen,
      stationsOpen,
      messagesPerSecond: this.#rate,
    };
  }

  configure(setup: BenchSetup): Promise<Outcome<BenchState>> {
    return this.#inTurn(async () => {
      if (this.#closed) return success(this.state());
      await this.#stop();
      this.#setup = setup;
      const { network, clock, random, interception, rules, credentials } = this.#options;
      const parts = await startParts(setup, {
        network,
        clock,
        random,
        interception,
        rules,
        credentials,
        recorder: this.#watch.recorder,
        onNotice: () => this.#changed(),
      });
      if (parts.ok) this.#parts = parts.value;
      else this.#failure = parts.error;
      this.#changed();
      return parts.ok ? success(this.state()) : parts;
    });
  }

  security(): ListenerSecurity | undefined {
    return this.#parts?.security();
  }

  disconnect(link: number): boolean {
    return this.#parts?.disconnect(link) ?? false;
  }

  onChange(listener: (state: BenchState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#closed = true;
      this.#changeTimer?.cancel();
      this.#rateTimer.cancel();
      this.#listeners.clear();
      await this.#stop();
    });
  }

  async #stop(): Promise<void> {
    const parts = this.#parts;
    this.#parts = undefined;
    this.#failure = undefined;
    await parts?.close();
  }

  #notices(): readonly Notice[] {
    if (this.#failure) return [{ ...this.#failure, severity: 'error' }];
    return this.#parts?.notices() ?? [];
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task, task);
    this.#last = turn;
    return turn;
  }

  #changed(): void {
    if (this.#closed || this.#changeTimer) return;
    this.#changeTimer = this.#options.clock.after(CHANGE_MS, () => {
      this.#changeTimer = undefined;
      const state = this.state();
      for (const listener of this.#listeners) listener(state);
    });
  }

  #sample(): Timer {
    const { clock } = this.#options;
    const rate = this.#meter.sample(this.#watch.messages, clock.now().mono);
    if (rate !== this.#rate) {
      this.#rate = rate;
      this.#changed();
    }
    return clock.after(RATE_MS, () => {
      this.#rateTimer = this.#sample();
    });
  }
}
