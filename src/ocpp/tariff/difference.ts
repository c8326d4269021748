import { type ComparedSum, compareSums } from './agreement.ts';
import type { Cause, Mistakes } from './causes.ts';
import type { ReportedCost } from './cost-details.ts';
import type { Evaluation } from './evaluation.ts';
import { currencyDigits, moneyOf, rounded } from './money.ts';
import { moneyInWords, quantityInWords } from './words.ts';

/** Who reported a cost, as sentences name it. */
export type Reporter = 'station' | 'CSMS';

/** How a reported cost compares with the calculated one. */
export interface Comparison {
  readonly agrees: boolean;
  readonly sums: readonly ComparedSum[];
  /** In plain words: the cause where there is one, then the total, then its parts. */
  readonly sentences: readonly string[];
  readonly causes: readonly Cause[];
}

const DIMENSION_NAMES: { readonly [dimension in ComparedSum['dimension']]: string } = {
  total: 'The total',
  fixed: 'The fixed fee',
  energy: 'Energy',
  chargingTime: 'Charging time',
  idleTime: 'Idle time',
  reservationTime: 'Reservation time',
  reservationFixed: 'The reservation fee',
};

/** Sets a reported cost beside the calculated one, and explains the difference as far as it can be proven. */
export function explain(
  who: Reporter,
  reported: ReportedCost,
  evaluation: Evaluation,
  mistakes: Mistakes,
  timeInWords: (instant: number) => string,
): Comparison {
  if (reported.failure !== undefined) {
    const sentence = `The ${who} could not calculate the cost: ${reported.failure} (I12.FR.14).`;
    return { agrees: false, sums: [], sentences: [sentence], causes: [] };
  }
  const { currency } = evaluation;
  if (reported.currency !== undefined && reported.currency !== currency) {
    const sentence = `The ${who} reports ${reported.currency}, but the tariff is in ${currency} (I12.FR.16): nothing is compared.`;
    return { agrees: false, sums: [], sentences: [sentence], causes: [] };
  }
  const sums = compareSums(reported, evaluation);
  const agrees = sums.every((sum) => sum.agrees);
  const causes = agrees ? [] : mistakes.behind(reported);
  const sentences = [
    ...causeSentences(causes, who, agrees),
    ...sumSentences(sums, evaluation, who),
    ...kindSentences(reported, evaluation, who),
    ...usageSentences(reported, evaluation, who),
    ...periodSentences(reported, evaluation, who, timeInWords),
  ];
  return { agrees, sums, sentences, causes };
}

/** One sentence for each dimension of which a side differs, with both sides. */
function sumSentences(
  sums: readonly ComparedSum[],
  { currency, typeOfCost }: Evaluation,
  who: Reporter,
): readonly string[] {
  const none = typeOfCost === 'MinCost' ? 'the minimum cost takes its place' : 'the tariff has no price for it';
  const wrong = new Set(sums.filter(({ agrees }) => !agrees).map(({ dimension }) => dimension));
  return [...wrong].map((dimension) => {
    const both = sums.filter((sum) => sum.dimension === dimension);
    const said = both.map(({ reported, side }) => `${cents(reported, currency)} ${TAX_WORDS[side]}`).join(' and ');
    if (both.every(({ calculated }) => calculated === null)) {
      return `${DIMENSION_NAMES[dimension]}: the ${who} says ${said}, but ${none}.`;
    }
    const ours = both.map(({ calculated }) => (calculated === null ? 'nothing' : cents(calculated, currency)));
    const more = both.map(({ difference, agrees }) => {
      const size = cents(Math.abs(difference), currency);
      return agrees ? 'the same' : `${size} ${difference > 0 ? 'more' : 'less'}`;
    });
    const differences = [...new Set(more)].join(' and ');
    return `${DIMENSION_NAMES[dimension]}: the ${who} says ${said}; calculated: ${ours.join(' and ')}. That is ${differences}.`;
  });
}

const TAX_WORDS = { exclTax: 'without tax', inclTax: 'with tax' } as const;

/** At the decimals of the currency: what differs, differs there. */
function cents(value: number, currency: string): string {
  const digits = currencyDigits(currency);
  return moneyInWords(Number(rounded(moneyOf(value), digits)), currency);
}

function kindSentences(reported: ReportedCost, { typeOfCost }: Evaluation, who: Reporter): readonly string[] {
  if (reported.typeOfCost === undefined || reported.typeOfCost === typeOfCost) return [];
  return [`The ${who} calls the cost ${reported.typeOfCost}, calculated it is ${typeOfCost} (I12.FR.38, I12.FR.39).`];
}

function usageSentences({ usage }: ReportedCost, { usage: ours }: Evaluation, who: Reporter): readonly string[] {
  if (!usage) return [];
  const sentences: string[] = [];
  if (usage.energy !== undefined && Math.abs(usage.energy - ours.energy) >= 1) {
    sentences.push(
      `The ${who} counted ${quantityInWords(usage.energy, 'Wh')} of energy, the meter values say ${quantityInWords(ours.energy, 'Wh')}.`,
    );
  }
  for (const [name, words] of [
    ['chargingTime', 'charging'],
    ['idleTime', 'idle'],
    ['reservationTime', 'reserved'],
  ] as const) {
    const [theirs, milliseconds] = [usage[name], ours[name]];
    if (theirs === undefined || milliseconds === undefined) continue;
    // TotalUsageType describes chargingTime as the time with charging and without it, I12.FR.10 as that with charging.
    const meant = name === 'chargingTime' ? [milliseconds, milliseconds + ours.idleTime] : [milliseconds];
    if (meant.some((each) => Math.abs(theirs - each / 1000) <= 1)) continue;
    sentences.push(
      `The ${who} counted ${theirs} s ${words}, the messages say ${Number((milliseconds / 1000).toFixed(1))} s.`,
    );
  }
  return sentences;
}

const PERIOD_SENTENCES_MAX = 20;
/** Milliseconds in which two periods begin at the same time: some stations give whole seconds. */
const SAME_TIME = 1000;

function periodSentences(
  { periods }: ReportedCost,
  { periods: ours, energyAt }: Evaluation,
  who: Reporter,
  timeInWords: (instant: number) => string,
): readonly string[] {
  if (!periods) return [];
  const end = ours.at(-1)?.to ?? 0;
  const sentences: string[] = [];
  for (const [index, period] of periods.entries()) {
    const name = `Period ${index + 1} of the ${who}, from ${timeInWords(period.from)}`;
    const within = ours.findLast(({ from }) => from < period.from + SAME_TIME);
    if (!within) {
      sentences.push(`${name}: begins before the transaction.`);
      continue;
    }
    if (period.from - within.from >= SAME_TIME) {
      sentences.push(`${name}: begins where no price changes; a period ends when another price applies (I12.FR.35).`);
    }
    if (period.tariffId !== undefined && within.tariffId !== null && period.tariffId !== within.tariffId) {
      sentences.push(`${name}: tariff ${period.tariffId}, calculated with ${within.tariffId} (I12.FR.04).`);
    }
    const energy = period.volumes.find(({ type }) => type === 'Energy');
    const counted = energyAt(periods[index + 1]?.from ?? end) - energyAt(period.from);
    if (energy && Math.abs(energy.volume - counted) >= 1) {
      const values = `${quantityInWords(energy.volume, 'Wh')}, the meter values say ${quantityInWords(counted, 'Wh')}`;
      sentences.push(`${name}: ${values}.`);
    }
  }
  for (const period of ours) {
    if (periods.some(({ from }) => Math.abs(from - period.from) < SAME_TIME)) continue;
    sentences.push(`The ${who} has no period from ${timeInWords(period.from)}: ${period.because} (I12.FR.35).`);
  }
  return sentences.slice(0, PERIOD_SENTENCES_MAX);
}

function causeSentences(causes: readonly Cause[], who: Reporter, agrees: boolean): readonly string[] {
  if (agrees) return [];
  if (causes.length === 0) return [`No mistake that is looked for gives exactly what the ${who} says.`];
  const named = causes.map(({ sentence, requirement }) => `${sentence}${requirement ? ` (${requirement})` : ''}`);
  return [`Exactly what the ${who} says comes out if ${named.join(', or if ')}.`];
}
