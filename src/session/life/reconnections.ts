import type { Repeats } from '../link.ts';
import { type Bounds, backOffBounds, type KnownBackOff } from './back-off.ts';
import type { Reconnection, RetryBackOff } from './life.ts';

/** Reconnections that are told of at most. */
const LATEST_MAX = 500;
/** Milliseconds that a wait may be shorter: stations count whole seconds, and may see the loss a little before us. */
const EARLY_TOLERANCE = 1000;
/** Milliseconds that a wait may be longer: the loss is noticed late on a bad line, and TCP and TLS take their time. */
const LATE_TOLERANCE = 5000;
/** Attempts that never came here, of which it is tried whether they explain a long absence. */
const UNSEEN_MAX = 20;
/** Milliseconds that an attempt which reaches nobody may take until it fails. */
const UNSEEN_ATTEMPT = 30_000;

/** A link as far as reconnections are told from it. Wall clock, milliseconds since 1970. */
export interface LifeLink {
  readonly link: number;
  /** `waiting`: the handshake is not decided. */
  readonly outcome: 'waiting' | 'refused' | 'connected';
  readonly openedAt: number;
  /** Null where it is open, or nobody recorded its end. */
  readonly closedAt: number | null;
  /** Whether the station ended it, and not the network or the other side. */
  readonly endedByStation: boolean;
  /** Attempts that it stands for, where they were counted and not recorded one by one; it is refused then. */
  readonly repeats?: Pick<Repeats, 'count' | 'first' | 'last'>;
}

interface Loss {
  readonly at: number;
  /** Whether the station had to wait by its variables: it does not where it ended the connection itself, as for a restart. */
  readonly counts: boolean;
}

/**
 * How long a station stayed away each time, against what its variables asked for at that moment, newest first.
 *
 * Waits are measured from the end of the connection, or the attempt before, to the next attempt that came here. What
 * never came here (the port was closed, the network was away) is not seen: a wait that is too long for one attempt is
 * only called so where no run of unseen attempts explains it. Waits between attempts that were counted are not known.
 *
 * @param links those between the station and Plugscope, whichever of them is the other end's, oldest first
 * @param variablesAt what is known of the variables at a moment of the wall clock
 */
export function reconnectionsOf(
  links: readonly LifeLink[],
  variablesAt: (wall: number) => RetryBackOff,
): readonly Reconnection[] {
  const found: Reconnection[] = [];
  /** Ends of connections that have not been followed by an attempt. */
  let losses: Loss[] = [];
  let failedAt: number | undefined;
  let failures = 0;
  const floods = links.flatMap(({ repeats }) => repeats ?? []).sort((one, other) => one.last - other.last);
  let past = 0;
  for (const { link, outcome, openedAt: at, closedAt, endedByStation, repeats } of links) {
    if (outcome === 'waiting' || repeats !== undefined) continue;
    for (let flood = floods[past]; flood && flood.last < at; flood = floods[past]) {
      failures += flood.count;
      failedAt = Math.max(failedAt ?? flood.last, flood.last);
      past += 1;
    }
    const loss = losses.findLast((one) => one.at <= at);
    const since = failedAt ?? loss?.at;
    const succeeded = outcome === 'connected';
    const isAmongCounted = floods.slice(past).some(({ first }) => first <= at);
    if (since !== undefined && !isAmongCounted) {
      const attempt = Math.max(1, failures + (loss === undefined ? 0 : 1));
      const counts = failures > 0 || loss?.counts === true;
      const waited = at - since;
      const judgement = counts ? judged(waited, attempt, variablesAt(since)) : NOT_KNOWN;
      found.push({ link, at, succeeded, attempt, waited, ...judgement });
    }
    if (succeeded) {
      failures = 0;
      failedAt = undefined;
      losses = closedAt === null ? [] : [{ at: closedAt, counts: !endedByStation }];
    } else {
      failures += 1;
      failedAt = closedAt ?? at;
    }
  }
  return found.slice(-LATEST_MAX).reverse();
}

type Judgement = Pick<Reconnection, 'expected' | 'verdict'>;

const NOT_KNOWN: Judgement = { expected: null, verdict: 'not-known' };

function judged(waited: number, attempt: number, variables: RetryBackOff): Judgement {
  const known = knownFor(attempt, variables);
  if (known === undefined) return NOT_KNOWN;
  const expected = backOffBounds(attempt, known);
  if (waited < expected.least - EARLY_TOLERANCE) return { expected, verdict: 'too-early' };
  if (waited <= expected.most + LATE_TOLERANCE) return { expected, verdict: 'as-asked' };
  return { expected, verdict: mayHaveTriedUnseen(waited, attempt, known) ? 'not-known' : 'too-late' };
}

/** The first attempt does not depend on how often the wait doubles. */
function knownFor(attempt: number, { waitMinimum, randomRange, repeatTimes }: RetryBackOff): KnownBackOff | undefined {
  if (waitMinimum === null || randomRange === null) return undefined;
  if (repeatTimes === null && attempt > 1) return undefined;
  return { waitMinimum, randomRange, repeatTimes: repeatTimes ?? 0 };
}

/** Whether a wait may be that of some attempts one after the other, all but the last of which reached nobody. */
function mayHaveTriedUnseen(waited: number, attempt: number, known: KnownBackOff): boolean {
  let sum: Bounds = backOffBounds(attempt, known);
  for (let unseen = 1; unseen <= UNSEEN_MAX && sum.least <= waited; unseen++) {
    const next = backOffBounds(attempt + unseen, known);
    sum = { least: sum.least + next.least, most: sum.most + next.most + UNSEEN_ATTEMPT };
    if (waited >= sum.least - EARLY_TOLERANCE && waited <= sum.most + LATE_TOLERANCE) return true;
  }
  // So long that there may have been any number of them.
  return waited > sum.most;
}
