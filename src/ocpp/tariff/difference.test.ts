import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { Mistakes } from './causes.ts';
import { parseCostDetails, type ReportedCost } from './cost-details.ts';
import { explain } from './difference.ts';
import { type CostRequest, evaluate } from './evaluate.ts';
import type { Evaluation } from './evaluation.ts';
import { rounded } from './money.ts';
import { AS_SPECIFIED, type Reading } from './reading.ts';
import { at, courseOf, samples, tariffOf } from './testing/cases.ts';

const VAT = [{ type: 'vat', tax: 19 }];
const BEFORE = tariffOf({
  tariffId: 'A',
  energy: {
    taxRates: [
      { type: 'energy', tax: 3 },
      { type: 'city', tax: 2 },
      { type: 'vat', tax: 19, stack: 1 },
    ],
    prices: [
      { priceKwh: 0.31, conditions: { startTimeOfDay: '22:00', endTimeOfDay: '06:00' } },
      { priceKwh: 0.47, conditions: { maxEnergy: 7000 } },
      { priceKwh: 0.59 },
    ],
  },
  chargingTime: { taxRates: VAT, prices: [{ priceMinute: 0.013 }] },
  idleTime: { taxRates: VAT, prices: [{ priceMinute: 0.11, conditions: { minIdleTime: 240 } }] },
  fixedFee: { taxRates: VAT, prices: [{ priceFixed: 0.73 }] },
});
const AFTER = tariffOf({
  tariffId: 'B',
  energy: { taxRates: VAT, prices: [{ priceKwh: 0.41 }] },
  idleTime: { taxRates: VAT, prices: [{ priceMinute: 0.23, conditions: { minIdleTime: 240 } }] },
  fixedFee: { taxRates: VAT, prices: [{ priceFixed: 1.19 }] },
});

/** From 21:17 to 22:43 in local time, which is UTC + 2; the tariff changes and the EV pauses on the way. */
const REQUEST: CostRequest = {
  course: courseOf('19:17:00', '20:43:00', {
    register: samples({ '19:17:00': 100, '19:50:00': 6113, '20:12:00': 9331, '20:25:00': 12_777, '20:43:00': 12_777 }),
    charging: [
      { at: at('19:17:00'), charging: true },
      { at: at('19:30:00'), charging: false },
      { at: at('19:33:00'), charging: true },
      { at: at('20:25:00'), charging: false },
    ],
  }),
  tariffs: [
    { tariff: BEFORE, from: at('19:17:00') },
    { tariff: AFTER, from: at('20:18:00') },
  ],
  offsetAt: () => 7_200_000,
};

/** What a station reports that reads the tariff in this way: at four decimals, with all parts. */
function reported(evaluation: Evaluation, sums: 'all' | 'total' = 'all'): ReportedCost {
  const amount = (each: Evaluation['total']) => ({
    ...(each.exclTax && { exclTax: rounded(each.exclTax, 4).toNumber() }),
    ...(each.inclTax && { inclTax: rounded(each.inclTax, 4).toNumber() }),
  });
  const dimensions = Object.entries(evaluation.dimensions).map(([name, each]) => [name, amount(each)]);
  return { total: amount(evaluation.total), dimensions: sums === 'all' ? Object.fromEntries(dimensions) : {} };
}

function explained(cost: ReportedCost, request = REQUEST) {
  const evaluation = evaluate(request);
  return explain('station', cost, evaluation, new Mistakes(request, evaluation), (instant) =>
    new Date(instant + 7_200_000).toISOString().slice(11, 16),
  );
}

describe('causes', () => {
  const READINGS: readonly (readonly [id: string, Partial<Reading>])[] = [
    ['utc', { clock: 'utc' }],
    ['no-tax', { tax: 'none' }],
    ['tax-added', { tax: 'added' }],
    ['tax-compounded', { tax: 'compounded' }],
    ['fee-twice', { fixedFee: 'twice' }],
    ['fee-missing', { fixedFee: 'never' }],
    ['fee-each-tariff', { fixedFee: 'every tariff' }],
    ['idle-as-charging', { idle: 'charging' }],
    ['idle-together', { idleDuration: 'all together' }],
    ['energy-held', { energy: 'held' }],
    ['change-ignored', { change: 'ignored' }],
    ['change-retroactive', { change: 'from the start' }],
    ['last-match', { match: 'last' }],
  ];
  it.each(READINGS)('%s is found, and nothing else', (id, reading) => {
    const cost = reported(evaluate(REQUEST, { ...AS_SPECIFIED, ...reading }));
    const { agrees, causes, sentences } = explained(cost);
    expect(agrees).toBe(false);
    expect(causes.map((cause) => cause.id)).toEqual([id]);
    expect(sentences[0]).toMatch(/^Exactly what the station says comes out if /);
  });

  it('finds two mistakes at once where all parts are reported', () => {
    const both = evaluate(REQUEST, { ...AS_SPECIFIED, clock: 'utc', tax: 'none' });
    expect(explained(reported(both)).causes.map(({ id }) => id)).toEqual(['utc+no-tax']);
    // A total alone is too little to prove two mistakes by.
    expect(explained(reported(both, 'total')).causes).toEqual([]);
  });

  it('claims none for a cost that no mistake gives', () => {
    const { total } = reported(evaluate(REQUEST));
    const cost = { total: { exclTax: (total.exclTax ?? 0) + 0.01, inclTax: total.inclTax }, dimensions: {} };
    const { causes, sentences } = explained(cost);
    expect(causes).toEqual([]);
    expect(sentences[0]).toBe('No mistake that is looked for gives exactly what the station says.');
    expect(sentences[1]).toMatch(/^The total: .* That is 0\.01 EUR more and the same\.$/);
  });

  it('finds sums that were cut off, and periods that were rounded each', () => {
    const fee = tariffOf({ fixedFee: { prices: [{ priceFixed: 1.019 }] } });
    const once: CostRequest = { ...REQUEST, tariffs: [{ tariff: fee, from: REQUEST.course.from }] };
    expect(explained({ total: { exclTax: 1.01 }, dimensions: {} }, once).causes.map(({ id }) => id)).toEqual(['cut']);
    const rounding = reported(evaluate(REQUEST, { ...AS_SPECIFIED, rounding: 'each period' }));
    const { agrees, causes } = explained(rounding);
    expect(agrees || causes.some(({ id }) => id === 'rounded-periods')).toBe(true);
  });

  it('finds a minimum that was not applied, and parts that stayed beside it', () => {
    const least = tariffOf({ fixedFee: { prices: [{ priceFixed: 1 }] }, minCost: { exclTax: 2, inclTax: 2 } });
    const request: CostRequest = { ...REQUEST, tariffs: [{ tariff: least, from: REQUEST.course.from }] };
    const ids = (minimum: Reading['minimum']) =>
      explained(reported(evaluate(request, { ...AS_SPECIFIED, minimum })), request).causes.map(({ id }) => id);
    expect(ids('ignored')).toEqual(['no-minimum']);
    expect(ids('beside its parts')).toEqual(['parts-beside-minimum']);
  });

  it('finds charging that was paid for as idle time too', () => {
    const parking = tariffOf({ idleTime: { prices: [{ priceMinute: 0.1 }] } });
    const request: CostRequest = { ...REQUEST, tariffs: [{ tariff: parking, from: REQUEST.course.from }] };
    const cost = reported(evaluate(request, { ...AS_SPECIFIED, idle: 'both' }));
    expect(explained(cost, request).causes.map(({ id }) => id)).toEqual(['idle-all-time']);
  });

  it('finds a maximum that was not applied', () => {
    const most = tariffOf({ chargingTime: { prices: [{ priceMinute: 1 }] }, maxCost: { exclTax: 2 } });
    const request: CostRequest = { ...REQUEST, tariffs: [{ tariff: most, from: REQUEST.course.from }] };
    const cost = reported(evaluate(request, { ...AS_SPECIFIED, maximum: 'ignored' }));
    expect(explained(cost, request).causes.map(({ id }) => id)).toEqual(['no-maximum']);
  });
});

describe('sentences', () => {
  function details(payload: JsonObject): ReportedCost {
    const result = parseCostDetails(payload);
    if (!result.ok) throw new Error(result.error.sentence);
    return result.value;
  }
  const right = reported(evaluate(REQUEST));
  const asPayload = (more: JsonObject): JsonObject => ({
    totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', total: { ...right.total } },
    totalUsage: { energy: 12_677, chargingTime: 65 * 60, idleTime: 21 * 60 },
    ...more,
  });

  it('finds nothing wrong with what is right to the cent', () => {
    expect(explained(details(asPayload({})))).toMatchObject({ agrees: true, sentences: [], causes: [] });
  });

  it('takes chargingTime as the whole time too, as TotalUsageType describes it', () => {
    const usage = { energy: 12_677, chargingTime: 86 * 60, idleTime: 21 * 60 };
    expect(explained(details(asPayload({ totalUsage: usage }))).sentences).toEqual([]);
  });

  it('names usage and periods that differ', () => {
    const cost = details(
      asPayload({
        totalUsage: { energy: 12_000, chargingTime: 65 * 60, idleTime: 100 },
        chargingPeriods: [
          { startPeriod: '2023-04-05T19:17:00Z', tariffId: 'A', dimensions: [{ type: 'Energy', volume: 5000 }] },
          { startPeriod: '2023-04-05T20:18:00Z', tariffId: 'A' },
          { startPeriod: '2023-04-05T20:20:00Z', tariffId: 'B' },
        ],
      }),
    );
    expect(explained(cost).sentences).toEqual([
      'The station counted 12 kWh of energy, the meter values say 12.677 kWh.',
      'The station counted 100 s idle, the messages say 1260 s.',
      'Period 1 of the station, from 21:17: 5 kWh, the meter values say 10.821 kWh.',
      'Period 2 of the station, from 22:18: tariff A, calculated with B (I12.FR.04).',
      'Period 3 of the station, from 22:20: begins where no price changes; a period ends when another price applies (I12.FR.35).',
      'The station has no period from 21:56: energy price 2 no longer applies: below 7 kWh of energy (I12.FR.35).',
      'The station has no period from 22:00: energy price 1 applies: from 22:00 to 06:00 (I12.FR.35).',
      'The station has no period from 22:29: idle time price 1 applies: after 4 min idle (I12.FR.35).',
    ]);
  });

  it('says what a station says where it cannot calculate, and compares no two currencies', () => {
    const failed = details(asPayload({ failureToCalculate: true, failureReason: 'OutOfMemory' }));
    expect(explained(failed).sentences).toEqual(['The station could not calculate the cost: OutOfMemory (I12.FR.14).']);
    const dollars = details({ ...asPayload({}), totalCost: { currency: 'USD', typeOfCost: 'NormalCost', total: {} } });
    expect(explained(dollars).sentences[0]).toContain('reports USD, but the tariff is in EUR (I12.FR.16)');
  });
});
