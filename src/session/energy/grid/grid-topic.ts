import type { StepSeries } from '../../../ocpp/schedule/context.ts';
import type { EnergyEvent } from '../event.ts';
import { instantOf, integerOf, objectOf, textOf } from '../event-fields.ts';
import type { Topic, TopicExtent } from '../topic.ts';

/** Actions that carry signals of the grid. */
export const GRID_ACTIONS = ['AFRRSignal'] as const;

/** A signal for the frequency restoration reserve, and what the station made of it. */
export interface AfrrSignal {
  /** From when it applies (Q08.FR.10): its timestamp, or when it came if that was later. */
  readonly at: number;
  readonly signal: number;
  readonly entry: number;
  readonly status: string;
  /** Why it was refused (Q08.FR.11). */
  readonly reason: string | null;
}

/** Most signals that are kept, the latest ones. */
const SIGNALS_MAX = 100_000;

/** The signals that a station was sent. */
export class GridTopic implements Topic {
  #signals: AfrrSignal[] = [];
  #steps: StepSeries | undefined;

  /** In the order in which they came. */
  get signals(): readonly AfrrSignal[] {
    return this.#signals;
  }

  /** The accepted ones as a series over time: each holds until the next. */
  get steps(): StepSeries {
    this.#steps ??= this.#signals
      .filter(({ status }) => status === 'Accepted')
      .map(({ at, signal }) => ({ at, value: signal }))
      .sort((a, b) => a.at - b.at);
    return this.#steps;
  }

  extent(): TopicExtent | undefined {
    const first = this.#signals[0];
    return first && { topics: ['grid'], from: first.at, to: this.#signals.at(-1)?.at };
  }

  take(event: EnergyEvent): void {
    if (event.kind !== 'answer' || event.action !== 'AFRRSignal') return;
    const { request, response, requestAt, requestEntry } = event;
    const signal = integerOf(request, 'signal');
    if (signal === undefined) return;
    const info = objectOf(response, 'statusInfo');
    this.#signals.push({
      at: Math.max(instantOf(request, 'timestamp') ?? requestAt, requestAt),
      signal,
      entry: requestEntry,
      status: textOf(response, 'status') ?? '',
      reason: textOf(info, 'additionalInfo') ?? textOf(info, 'reasonCode') ?? null,
    });
    this.#steps = undefined;
    if (this.#signals.length > 2 * SIGNALS_MAX) this.#signals = this.#signals.slice(-SIGNALS_MAX);
  }
}
