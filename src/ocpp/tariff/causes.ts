import Big from 'big.js';
import { compareSums } from './agreement.ts';
import type { ReportedCost } from './cost-details.ts';
import { type CostRequest, evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { matters } from './matters.ts';
import type { Rounding } from './money.ts';
import { AS_SPECIFIED, type Reading } from './reading.ts';

/** A mistake with which exactly the reported sums come out. */
export interface Cause {
  readonly id: string;
  /** What was done, as the second half of a sentence. */
  readonly sentence: string;
  /** What it goes against. */
  readonly requirement: string | null;
}

interface Mistake extends Cause {
  readonly reading: Partial<Reading>;
}

/** Mistakes that are looked for. */
const MISTAKES: readonly Mistake[] = [
  {
    id: 'utc',
    reading: { clock: 'utc' },
    sentence: 'times of day, days and dates of the conditions are taken as UTC instead of local time',
    requirement: 'I07.FR.17',
  },
  { id: 'no-tax', reading: { tax: 'none' }, sentence: 'tax is left out', requirement: 'I12.FR.13' },
  {
    id: 'tax-added',
    reading: { tax: 'added' },
    sentence: 'all tax rates are applied to the net price, whatever their stack level',
    requirement: 'I12.FR.13',
  },
  {
    id: 'tax-compounded',
    reading: { tax: 'compounded' },
    sentence: 'each tax rate is applied on top of the one before it, although they have one stack level',
    requirement: 'I12.FR.13',
  },
  {
    id: 'no-minimum',
    reading: { minimum: 'ignored' },
    sentence: 'the minimum cost is not applied',
    requirement: 'I12.FR.38',
  },
  {
    id: 'parts-beside-minimum',
    reading: { minimum: 'beside its parts' },
    sentence: 'the calculated parts stay in totalCost, where the minimum cost replaces all of them as its fixed part',
    requirement: 'I12.FR.38',
  },
  {
    id: 'no-maximum',
    reading: { maximum: 'ignored' },
    sentence: 'costs go on growing after the maximum cost is reached',
    requirement: 'I12.FR.39',
  },
  { id: 'fee-twice', reading: { fixedFee: 'twice' }, sentence: 'the fixed fee counts twice', requirement: 'I12.FR.30' },
  {
    id: 'fee-missing',
    reading: { fixedFee: 'never' },
    sentence: 'the fixed fee is left out',
    requirement: 'I12.FR.05',
  },
  {
    id: 'fee-each-tariff',
    reading: { fixedFee: 'every tariff' },
    sentence: 'the fixed fee of the tariff that came later counts too',
    requirement: 'I12.FR.30',
  },
  {
    id: 'idle-as-charging',
    reading: { idle: 'charging' },
    sentence: 'idle time is charged as charging time',
    requirement: 'I12.FR.11',
  },
  {
    id: 'idle-all-time',
    reading: { idle: 'both' },
    sentence: 'the whole time is charged as idle time, charging or not',
    requirement: 'I12.FR.11',
  },
  {
    id: 'idle-together',
    reading: { idleDuration: 'all together' },
    sentence: 'minIdleTime and maxIdleTime are held against all idle periods together instead of the present one',
    requirement: 'TariffConditionsType',
  },
  {
    id: 'rounded-periods',
    reading: { rounding: 'each period' },
    sentence: 'each charging period is rounded before the sum is taken',
    requirement: null,
  },
  {
    id: 'energy-held',
    reading: { energy: 'held' },
    sentence: 'all energy between two meter values counts at the price that applied at the first of them',
    requirement: null,
  },
  {
    id: 'change-ignored',
    reading: { change: 'ignored' },
    sentence: 'the first tariff counts to the end, and its change is ignored',
    requirement: 'I11.FR.08',
  },
  {
    id: 'change-retroactive',
    reading: { change: 'from the start' },
    sentence: 'the last tariff counts from the start of the transaction',
    requirement: 'I11.FR.08',
  },
  {
    id: 'last-match',
    reading: { match: 'last' },
    sentence: 'the last price whose conditions are met is used instead of the first',
    requirement: 'I12.FR.34',
  },
];

/** Sums that have to be there before two mistakes at once are claimed: of fewer, two mistakes can explain too many. */
const SUMS_FOR_TWO = 4;
/** Charging periods up to which two at once are looked for: each pair is a calculation of the whole transaction. */
const PERIODS_FOR_TWO = 200;

/** The evaluation with each mistake, to hold several reports against. Calculated when it is first asked for. */
export class Mistakes {
  readonly #request: CostRequest;
  readonly #right: Evaluation;
  readonly #evaluations = new Map<string, Evaluation>();

  constructor(request: CostRequest, right: Evaluation) {
    this.#request = request;
    this.#right = right;
  }

  /**
   * Mistakes with which every reported sum comes out to the cent, while at least one does not without it: each by
   * itself, or else two together where enough sums are reported. Nothing is claimed where none is of that kind.
   */
  behind(reported: Pick<ReportedCost, 'total' | 'dimensions'>): readonly Cause[] {
    const agrees = (evaluation: Evaluation, rounding?: Rounding) =>
      compareSums(reported, evaluation, rounding).every((sum) => sum.agrees);
    if (agrees(this.#right)) return [];
    const causes: Cause[] = [];
    if (agrees(this.#right, 'cut')) {
      const sentence = 'sums are cut off after the last decimal of the currency instead of rounded';
      causes.push({ id: 'cut', sentence, requirement: null });
    }
    const possible = MISTAKES.filter(({ reading }) => matters(reading, this.#request));
    for (const mistake of possible) if (agrees(this.#with(mistake))) causes.push(causeOf(mistake));
    const enough = compareSums(reported, this.#right).length >= SUMS_FOR_TWO;
    if (causes.length > 0 || !enough || this.#right.periods.length > PERIODS_FOR_TWO) return causes;
    const effective = possible.filter((mistake) => !sameSums(this.#with(mistake), this.#right));
    for (const [index, one] of effective.entries()) {
      for (const other of effective.slice(index + 1)) {
        const both = bothOf(one, other);
        if (both && agrees(this.#with(both))) causes.push(causeOf(both));
      }
    }
    return causes;
  }

  #with({ id, reading }: Mistake): Evaluation {
    const known = this.#evaluations.get(id);
    if (known) return known;
    const evaluation = evaluate(this.#request, { ...AS_SPECIFIED, ...reading });
    this.#evaluations.set(id, evaluation);
    return evaluation;
  }
}

function causeOf({ id, sentence, requirement }: Mistake): Cause {
  return { id, sentence, requirement };
}

/** Two mistakes together; null where they are two of the same thing. */
function bothOf(one: Mistake, other: Mistake): Mistake | null {
  if (Object.keys(one.reading).some((name) => name in other.reading)) return null;
  const requirements = [one.requirement, other.requirement].filter((each) => each !== null);
  return {
    id: `${one.id}+${other.id}`,
    reading: { ...one.reading, ...other.reading },
    sentence: `${one.sentence}, and ${other.sentence}`,
    requirement: requirements.length > 0 ? requirements.join(', ') : null,
  };
}

function sameSums(one: Evaluation, other: Evaluation): boolean {
  // What minimum and maximum hide counts too: it comes to light together with another mistake.
  const text = ({ dimensions, total, calculatedDimensions }: Evaluation) =>
    JSON.stringify([dimensions, total, calculatedDimensions], (_, value) =>
      value instanceof Big ? value.toString() : value,
    );
  return text(one) === text(other);
}
