import type { ReplaySummary } from '../../bridge/methods/replay.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { ReplayStep, ReplayTrack } from '../../session/replay/replay-plan.ts';
import { isDifference } from '../../session/replay/verdict.ts';
import type { Clock } from '../clock.ts';
import type { ReplayTarget } from './replay-peer.ts';
import { playTrack, type ReplayOptions, type StepResult } from './replay-track.ts';

/** A step of a run, with the station that it is about, and what came of it so far. */
export interface RunStep {
  readonly index: number;
  readonly station: string;
  readonly step: ReplayStep;
  /** The payload that goes out in place of the recorded one, where the user changed it. */
  readonly edited?: JsonObject;
  readonly result: StepResult | 'running' | null;
}

/** A replay: prepared, under way, or over. */
export interface ReplayRun {
  readonly state: 'prepared' | 'running' | 'over';
  readonly summary: ReplaySummary;
  steps(from: number, count: number): readonly RunStep[];
  /** Sets the payload that a step goes out with; null for the recorded one. False where it is no CALL or SEND, or begun. */
  edit(index: number, payload: JsonObject | null): boolean;
  /** Plays it; resolves when it is over. A run is played once. */
  play(target: ReplayTarget, options: ReplayOptions): Promise<ReplaySummary>;
  /** Lets the next step be done, where steps are asked for one by one. */
  next(): void;
  /** Ends it: what is under way is not waited for. */
  stop(): void;
}

export interface ReplayRunOptions {
  readonly tracks: readonly ReplayTrack[];
  readonly clock: Clock;
  /** A message id, or a transaction id of a station: at most 36 characters, and never the same. */
  newId(): string;
  /** Something has changed. */
  onChange(): void;
  /** A step has its result. */
  onResult?(step: RunStep): void;
}

/** A run that is prepared. */
export function createReplayRun(options: ReplayRunOptions): ReplayRun {
  return new Run(options);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Run implements ReplayRun {
  readonly #options: ReplayRunOptions;
  readonly #steps: Mutable<RunStep>[];
  readonly #places: ReadonlyMap<ReplayStep, Mutable<RunStep>>;
  readonly #abort = new AbortController();
  readonly #summary: Mutable<ReplaySummary> & { troubles: string[] };
  /** Steps that wait to be asked for, by station. */
  #waiting: (() => void)[] = [];
  #permits = 0;
  #state: ReplayRun['state'] = 'prepared';

  constructor(options: ReplayRunOptions) {
    this.#options = options;
    const all = options.tracks.flatMap(({ station, steps }) => steps.map((step) => ({ station, step })));
    all.sort((a, b) => a.step.entry - b.step.entry);
    this.#steps = all.map(({ station, step }, index) => ({ index, station, step, result: null }));
    this.#places = new Map(this.#steps.map((place) => [place.step, place]));
    const zero = { done: 0, same: 0, different: 0, didNotCome: 0, unexpected: 0, failed: 0 };
    this.#summary = { steps: all.length, ...zero, troubles: [] };
  }

  get state(): ReplayRun['state'] {
    return this.#state;
  }

  get summary(): ReplaySummary {
    return { ...this.#summary, troubles: [...this.#summary.troubles] };
  }

  steps(from: number, count: number): readonly RunStep[] {
    return this.#steps.slice(from, from + count).map((place) => ({ ...place }));
  }

  edit(index: number, payload: JsonObject | null): boolean {
    const place = this.#steps[index];
    if (!place || place.result !== null || !('messageId' in place.step)) return false;
    place.edited = payload ?? undefined;
    this.#options.onChange();
    return true;
  }

  async play(target: ReplayTarget, options: ReplayOptions): Promise<ReplaySummary> {
    if (this.#state !== 'prepared') return this.summary;
    this.#state = 'running';
    const { tracks, clock, newId, onChange } = this.#options;
    onChange();
    const start = tracks.reduce(
      (first, { steps }) => Math.min(first, steps[0]?.wall ?? first),
      Number.POSITIVE_INFINITY,
    );
    const means = {
      clock,
      signal: this.#abort.signal,
      newId,
      edited: (step: ReplayStep) => this.#places.get(step)?.edited,
      allowed: () => this.#allowed(),
      onStep: (step: ReplayStep, result: StepResult | 'running') => this.#take(step, result),
      onUnexpected: () => {
        this.#summary.unexpected += 1;
        onChange();
      },
    };
    await Promise.all(
      tracks.map(async (track) => {
        const trouble = await playTrack(track, start, target, options, means);
        if (trouble) this.#summary.troubles.push(`${track.station}: ${trouble.sentence}`);
      }),
    );
    this.#state = 'over';
    onChange();
    return this.summary;
  }

  next(): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting();
    else this.#permits += 1;
  }

  stop(): void {
    this.#abort.abort();
    for (const waiting of this.#waiting.splice(0)) waiting();
  }

  #allowed(): Promise<void> {
    if (this.#abort.signal.aborted) return Promise.resolve();
    if (this.#permits > 0) {
      this.#permits -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #take(step: ReplayStep, result: StepResult | 'running'): void {
    const place = this.#places.get(step);
    if (!place) return;
    place.result = result;
    if (result !== 'running') {
      this.#count(result);
      this.#options.onResult?.({ ...place });
    }
    this.#options.onChange();
  }

  #count({ verdict }: StepResult): void {
    const summary = this.#summary;
    summary.done += 1;
    if (verdict.kind === 'failed') summary.failed += 1;
    else if (verdict.kind === 'did-not-come') summary.didNotCome += 1;
    else if (verdict.kind === 'same') summary.same += 1;
    else if (verdict.kind !== 'sent' && verdict.kind !== 'came' && isDifference(verdict)) summary.different += 1;
  }
}
