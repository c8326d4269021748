import type { Interval, ScheduleContext } from './context.ts';
import { conditionsAt } from './contribution.ts';
import { type Leading, type Merged, merge } from './merge.ts';
import { type OffsetSpan, offsetSpans } from './offset-spans.ts';
import type { ChargingProfile } from './profile.ts';
import { type PeriodReference, Segments, scheduleIndexOf } from './segments.ts';
import { precedence, rivalryOf, STACKS } from './stacks.ts';

/** A profile in the sweep. */
interface Track {
  /** Of those among which one leads: its stack, or after all stacks the limits that hold by themselves. */
  readonly place: number;
  readonly rivalry: string;
  readonly segments: Segments;
  /** Until when nothing changes. */
  until: number;
  /** The period that is executed at the moment. */
  current: PeriodReference | undefined;
  /** Where its period stands among the overruled ones; -1 where it leads or none is executed. */
  overruledAt: number;
}

/** What the leading periods come to at a moment. */
export interface Leads {
  readonly merged: Merged;
  readonly applied: readonly PeriodReference[];
}

const PRIORITY = STACKS.indexOf('PriorityCharging');
const TX_PROFILE = STACKS.indexOf('TxProfile');
const TX_DEFAULT = STACKS.indexOf('TxDefaultProfile');

/**
 * All profiles that have a say, at one moment after the other. A heap of the profiles by their next change tells which
 * ones to look at; where only periods change that are overruled anyway, nothing is merged again.
 */
export class Sweep {
  readonly #context: ScheduleContext;
  /** In the order of precedence. */
  readonly #tracks: readonly Track[];
  /** The same as a heap: none changes before the one at half its index. */
  readonly #heap: Track[];
  readonly #leaders: (PeriodReference | undefined)[];
  /** Places of external constraints: of the EVSE first, then of the station, each its stack before what holds by itself. */
  readonly #external: readonly number[];
  readonly #overruled: PeriodReference[] = [];
  #overruledCount = 0;
  #leads: Leads | undefined;
  /** What was merged under the conditions of the moment, by the numbers of its periods: most schedules recur. */
  readonly #known = new Map<string, Leads>();
  readonly #numbers = new Map<PeriodReference, number>();

  constructor(profiles: readonly ChargingProfile[], context: ScheduleContext, window: Interval) {
    this.#context = context;
    this.#tracks = tracksOf(profiles, context, window);
    this.#heap = [...this.#tracks];
    this.#leaders = new Array(Math.max(STACKS.length, ...this.#tracks.map(({ place }) => place + 1)));
    const external = this.#tracks.filter(({ rivalry }) => rivalry.startsWith('ExternalConstraints'));
    this.#external = [...new Map(external.map(({ rivalry, place }) => [rivalry, place]))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, place]) => place);
  }

  /** Nothing changes before. */
  get until(): number {
    return this.#heap[0]?.until ?? Number.POSITIVE_INFINITY;
  }

  /** Goes to a moment; whether a period that counts is another one from there on. */
  advance(moment: number): boolean {
    const priority = this.#isPriority(moment);
    let changed = false;
    for (let track = this.#heap[0]; track && track.until <= moment; track = this.#heap[0]) {
      const { segments, current } = track;
      while (segments.to <= moment) segments.next();
      const begun = segments.from <= moment;
      track.current = begun ? segments.reference : undefined;
      track.until = begun ? segments.to : segments.from;
      this.#sink(track);
      if (track.current === current || (track.place === PRIORITY && !priority)) continue;
      changed = true;
      if (track.overruledAt >= 0 && track.current) this.#overruled[track.overruledAt] = track.current;
      else this.#leads = undefined;
    }
    return changed;
  }

  /** What leads at the moment that was reached; `conditionsChange` where anything but periods did change there. */
  leads(moment: number, conditionsChange: boolean): Leads {
    if (conditionsChange) this.#known.clear();
    else if (this.#leads) return this.#leads;
    const leading = this.#lead(this.#isPriority(moment));
    const { transaction, external, maximum, generation } = leading;
    const applied = [transaction, ...external, maximum, generation].filter((each) => each !== undefined);
    const key = applied.map((reference) => this.#numberOf(reference)).join();
    const known = this.#known.get(key);
    this.#leads = known ?? { merged: merge(leading, this.#context, conditionsAt(this.#context, moment)), applied };
    if (!known) this.#known.set(key, this.#leads);
    return this.#leads;
  }

  /** The periods in force that do not count where `leads` does. */
  overruled(): readonly PeriodReference[] {
    return this.#overruled.slice(0, this.#overruledCount);
  }

  /** The first period in force of each stack that counts; leaves the others in `#overruled`. */
  #lead(priority: boolean): Leading {
    const leaders = this.#leaders.fill(undefined);
    this.#overruledCount = 0;
    let ofTransactionAt: Track | undefined;
    let byDefaultAt: Track | undefined;
    for (const track of this.#tracks) {
      const { place, current } = track;
      track.overruledAt = -1;
      if (current === undefined || (place === PRIORITY && !priority)) continue;
      if (leaders[place] !== undefined) this.#overrule(track, current);
      else {
        leaders[place] = current;
        if (place === TX_PROFILE) ofTransactionAt = track;
        if (place === TX_DEFAULT) byDefaultAt = track;
      }
    }
    const [first, ofTransaction, byDefault, , , maximum, generation] = leaders;
    // SC.01: one of them counts. A TxProfile overrules the default one, priority charging both (K21.FR.04).
    if (first && ofTransaction && ofTransactionAt) this.#overrule(ofTransactionAt, ofTransaction);
    if ((first ?? ofTransaction) && byDefault && byDefaultAt) this.#overrule(byDefaultAt, byDefault);
    const external = this.#external.map((place) => leaders[place]).filter((each) => each !== undefined);
    return { transaction: first ?? ofTransaction ?? byDefault, external, maximum, generation };
  }

  #numberOf(reference: PeriodReference): number {
    const number = this.#numbers.get(reference) ?? this.#numbers.size;
    this.#numbers.set(reference, number);
    return number;
  }

  #overrule(track: Track, reference: PeriodReference): void {
    track.overruledAt = this.#overruledCount;
    this.#overruled[this.#overruledCount++] = reference;
  }

  /** Moves the first of the heap, which changes later now, to where it belongs. */
  #sink(track: Track): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const right = heap[below + 1];
      let next = heap[below];
      if (next && right && right.until < next.until) {
        next = right;
        below++;
      }
      if (!next || next.until >= track.until) break;
      heap[place] = next;
      place = below;
    }
    heap[place] = track;
  }

  #isPriority(moment: number): boolean {
    return this.#context.priorityCharging?.some(({ from, to }) => from <= moment && moment < to) ?? false;
  }
}

function tracksOf(profiles: readonly ChargingProfile[], context: ScheduleContext, window: Interval): readonly Track[] {
  let found: readonly OffsetSpan[] | undefined;
  const spans = () => {
    found ??= offsetSpans(context.offsetAt, window.from, window.to);
    return found;
  };
  const tracks: Track[] = [];
  const rivalries: string[] = [...STACKS];
  for (const profile of [...profiles].reverse().sort(precedence)) {
    const rivalry = rivalryOf(profile, context);
    const schedule = profile.schedules[scheduleIndexOf(profile, context)];
    if (!rivalry || !schedule) continue;
    const segments = new Segments(profile, schedule, context, window, spans);
    // Before the window nothing is executed.
    const until = Number.NEGATIVE_INFINITY;
    if (!segments.reference) continue;
    if (!rivalries.includes(rivalry)) rivalries.push(rivalry);
    tracks.push({ place: rivalries.indexOf(rivalry), rivalry, segments, until, current: undefined, overruledAt: -1 });
  }
  return tracks;
}
