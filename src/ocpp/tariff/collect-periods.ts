import type { Boundary } from './boundaries.ts';
import { changeInWords, decide } from './decide.ts';
import type { AssignedTariff, Decision } from './evaluation.ts';
import { type Clock, momentAt } from './moment.ts';
import { priceList, RUNNING_DIMENSIONS, type RunningDimension, type Tariff } from './tariff.ts';

export type Decisions = { readonly [dimension in RunningDimension]?: Decision };

/** A stretch of a transaction with one tariff and one element of each of its price lists. */
export interface Span {
  readonly tariff: Tariff | null;
  readonly from: Boundary;
  readonly to: Boundary;
  readonly decisions: Decisions;
  readonly because: string;
}

/** What the dimensions that go on are called in sentences. */
export const DIMENSION_WORDS: { readonly [dimension in RunningDimension]: string } = {
  energy: 'energy',
  chargingTime: 'charging time',
  idleTime: 'idle time',
};

/** The stretches between boundaries, joined where the same elements are in use (I12.FR.33 to I12.FR.36). */
export function collectPeriods(
  boundaries: readonly Boundary[],
  tariffs: readonly AssignedTariff[],
  clock: Clock,
): readonly Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < Math.max(1, boundaries.length - 1); index += 1) {
    const from = boundaries[index];
    const to = boundaries[index + 1] ?? from;
    if (!from || !to) break;
    const tariff = tariffs.findLast((each) => each.from <= from.at)?.tariff ?? null;
    const moment = momentAt(clock, from, to);
    const decisions: { [dimension in RunningDimension]?: Decision } = {};
    for (const dimension of RUNNING_DIMENSIONS) {
      const list = tariff && priceList(tariff, dimension);
      if (list) decisions[dimension] = decide(list, moment, clock.reading.match);
    }
    const last = spans.at(-1);
    const because = last ? whyOther(last, tariff, decisions) : 'start of the transaction';
    if (last && because === null) spans[spans.length - 1] = { ...last, to };
    else spans.push({ tariff, from, to, decisions, because: because ?? '' });
  }
  return spans;
}

/** Why a period ends here, in words; null where the same elements stay in use. */
function whyOther(last: Span, tariff: Tariff | null, decisions: Decisions): string | null {
  if (last.tariff !== tariff) return `tariff ${tariff?.tariffId ?? 'none'} from here on`;
  const changes = RUNNING_DIMENSIONS.flatMap((dimension) => {
    const [before, now] = [last.decisions[dimension], decisions[dimension]];
    const list = tariff && priceList(tariff, dimension);
    if (!before || !now || !list || before.element === now.element) return [];
    return [changeInWords(DIMENSION_WORDS[dimension], list, before, now)];
  });
  return changes.length > 0 ? changes.join('; ') : null;
}
