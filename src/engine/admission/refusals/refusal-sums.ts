import type { Instant, LinkNegotiation, LinkOpening, Repeats } from '../../../session/link.ts';
import { NAMES_MAX } from '../../../session/negotiation/repeats.ts';
import type { RefusalSource } from './refusal-source.ts';

/** A flood that goes on is told of this often. */
const GOES_ON_MS = 60_000;
/** A flood has ended when nothing of it came for this long. */
const ENDED_MS = 10_000;
/** Sums at a time; what comes beyond them is summed over all sources, by what it failed at. */
const SUMS_MAX = 50;

/** An attempt that failed. */
export interface Refusal {
  readonly opening: LinkOpening;
  readonly negotiation: LinkNegotiation;
}

interface Sum {
  latest: Refusal;
  count: number;
  readonly first: Instant;
  last: Instant;
  readonly stations: Set<string>;
  readonly from: Set<string>;
}

/** Attempts that are counted and not recorded one by one, by where they came from and what they failed at. */
export class RefusalSums {
  readonly #sums = new Map<string, Sum>();

  get isEmpty(): boolean {
    return this.#sums.size === 0;
  }

  /** @param isOwn whether the source is summed up for itself; else together with its network */
  add(refusal: Refusal, source: RefusalSource, isOwn: boolean, at: Instant): void {
    const { code = '', status = '' } = refusal.negotiation;
    const kind = `${refusal.opening.attempt ?? ''} ${code} ${status}`;
    const own = isOwn ? ` ${source.station}` : '';
    const key = `${source.network} ${kind}${own}`;
    const sum = this.#sums.get(key) ?? this.#newSum(this.#sums.size < SUMS_MAX ? key : kind, refusal, at);
    sum.latest = refusal;
    sum.count += 1;
    sum.last = at;
    for (const [names, name] of [
      [sum.stations, source.station],
      [sum.from, source.network],
    ] as const) {
      // One more than is told of, so that it shows that there are more.
      if (name !== '' && names.size <= NAMES_MAX) names.add(name);
    }
  }

  /** Takes out what is to be told: floods that ended, or that have gone on for long; all where no time is given. */
  take(mono?: number): readonly Refusal[] {
    const told: Refusal[] = [];
    for (const [key, sum] of this.#sums) {
      const isDue = mono === undefined || mono - sum.last.mono >= ENDED_MS || mono - sum.first.mono >= GOES_ON_MS;
      if (!isDue) continue;
      this.#sums.delete(key);
      told.push(recordOf(sum));
    }
    return told;
  }

  #newSum(key: string, latest: Refusal, first: Instant): Sum {
    const known = this.#sums.get(key);
    if (known) return known;
    const sum: Sum = { latest, count: 0, first, last: first, stations: new Set(), from: new Set() };
    this.#sums.set(key, sum);
    return sum;
  }
}

function recordOf({ latest, count, first, last, stations, from }: Sum): Refusal {
  const repeats: Repeats = { count, first: first.wall, last: last.wall, stations: [...stations], from: [...from] };
  return { opening: latest.opening, negotiation: { ...latest.negotiation, repeats } };
}
