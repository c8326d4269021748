import type { RefusalSource } from './refusal-source.ts';

/** What a network, and the whole port, has of what one station has. */
const NETWORK_TIMES = 10;
const PORT_TIMES = 50;
/**
 * Attempts a minute of a station that are recorded one by one, whoever floods the port meanwhile: as long as its network
 * has no more of such than it has of others.
 */
const CALM_PER_MINUTE = 6;
/** How long a source is known before it counts as calm: whoever makes up new names or addresses is not. */
const KNOWN_MS = 60_000;
/** Sources, and networks, that are remembered; those that came last. */
const REMEMBERED_MAX = 4096;
const MINUTE = 60_000;

/** Tokens: as many at once as in a minute. */
class Bucket {
  readonly #perMinute: number;
  #left: number;
  /** When it was last filled, on the monotonic clock. */
  #filledAt: number;

  constructor(perMinute: number, mono: number) {
    this.#perMinute = perMinute;
    this.#left = perMinute;
    this.#filledAt = mono;
  }

  has(mono: number): boolean {
    this.add(((mono - this.#filledAt) / MINUTE) * this.#perMinute);
    this.#filledAt = mono;
    return this.#left >= 1;
  }

  add(tokens: number): void {
    this.#left = Math.min(this.#perMinute, this.#left + tokens);
  }
}

interface Source {
  readonly own: Bucket;
  readonly calm: Bucket;
  readonly knownSince: number;
}

interface Network {
  readonly all: Bucket;
  /** Of stations that are known and calm: names can be made up, and kept. */
  readonly calm: Bucket;
}

/**
 * How many attempts that fail are recorded one by one: so many a minute, and at once, of one station at one address, ten
 * times as many of an address, fifty times as many of the port. A station that is known for a minute and keeps to a calm
 * rhythm is recorded whatever others do, but for those that do so from its own address. Memory is bounded: of thousands
 * of sources, those that came last are known.
 */
export class RefusalBudget {
  readonly #perMinute: number;
  readonly #sources = new Map<string, Source>();
  readonly #networks = new Map<string, Network>();
  #port: Bucket | undefined;

  /** @param perMinute of one station at one address */
  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Takes a place in the record; whether there was one. @param mono now, on the monotonic clock */
  take(source: RefusalSource, mono: number): boolean {
    const key = keyOf(source);
    const known = latest(this.#sources, key);
    const { own, calm } = known ?? this.#newSource(mono);
    if (!own.has(mono)) return false;
    const isCalm = calm.has(mono);
    const network = this.#network(source.network, mono);
    if (known && isCalm && mono - known.knownSince >= KNOWN_MS && network.calm.has(mono)) {
      for (const bucket of [own, calm, network.calm]) bucket.add(-1);
      return true;
    }
    this.#port ??= new Bucket(this.#perMinute * PORT_TIMES, mono);
    if (!network.all.has(mono) || !this.#port.has(mono)) return false;
    for (const bucket of [own, network.all, this.#port]) bucket.add(-1);
    if (isCalm) calm.add(-1);
    if (!known) remember(this.#sources, key, { own, calm, knownSince: mono });
    return true;
  }

  /** Gives a place back: the attempt did not fail. */
  giveBack(source: RefusalSource): void {
    const known = this.#sources.get(keyOf(source));
    known?.own.add(1);
    known?.calm.add(1);
    this.#networks.get(source.network)?.all.add(1);
    this.#port?.add(1);
  }

  /** Whether a source has a budget of its own, so that what goes beyond it is its own too. */
  knows(source: RefusalSource): boolean {
    return this.#sources.has(keyOf(source));
  }

  #newSource(mono: number): Source {
    const calm = new Bucket(Math.min(CALM_PER_MINUTE, this.#perMinute), mono);
    return { own: new Bucket(this.#perMinute, mono), calm, knownSince: mono };
  }

  #network(name: string, mono: number): Network {
    const known = latest(this.#networks, name);
    if (known) return known;
    const newBucket = () => new Bucket(this.#perMinute * NETWORK_TIMES, mono);
    const network = { all: newBucket(), calm: newBucket() };
    remember(this.#networks, name, network);
    return network;
  }
}

function keyOf({ network, station, attempt }: RefusalSource): string {
  return `${network} ${attempt ?? ''} ${station}`;
}

/** The value of a key, which is then the one that was asked for last. */
function latest<T>(map: Map<string, T>, key: string): T | undefined {
  const value = map.get(key);
  if (value !== undefined) {
    map.delete(key);
    map.set(key, value);
  }
  return value;
}

/** Keeps a value, and forgets the one that was not asked for the longest. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value);
  const [oldest] = map.size > REMEMBERED_MAX ? map.keys() : [];
  if (oldest !== undefined) map.delete(oldest);
}
