import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import type { Course } from './course.ts';
import { evaluate } from './evaluate.ts';
import { compareMoney, type Money, minus, moneyOf, NOTHING, plus } from './money.ts';
import { AT_GREENWICH, at, courseOf, tariffOf } from './testing/cases.ts';

const MINUTE = 60_000;
const FROM = at('20:00:00');

const price = fc.integer({ min: 0, max: 2000 }).map((thousandths) => thousandths / 1000);
const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const conditions = fc.record(
  {
    startTimeOfDay: timeOfDay,
    endTimeOfDay: timeOfDay,
    minEnergy: fc.integer({ min: 0, max: 20_000 }),
    maxEnergy: fc.integer({ min: 1, max: 30_000 }),
    maxPower: fc.integer({ min: 1, max: 30_000 }),
    minTime: fc.integer({ min: 0, max: 20_000 }),
    minIdleTime: fc.integer({ min: 0, max: 2000 }),
    maxChargingTime: fc.integer({ min: 0, max: 9000 }),
  },
  { requiredKeys: [] },
);
const taxRates = fc.option(
  fc.array(
    fc.record({ type: fc.constant('t'), tax: fc.integer({ min: 0, max: 25 }), stack: fc.integer({ min: 0, max: 2 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  { nil: undefined },
);

function list(name: string): fc.Arbitrary<JsonObject> {
  const element = fc.tuple(price, conditions).map(([value, when]) => ({ [name]: value, conditions: when }));
  return fc.tuple(fc.array(element, { maxLength: 3 }), price, taxRates).map(([elements, last, rates]) => ({
    prices: [...elements, { [name]: last }],
    ...(rates && { taxRates: rates }),
  })) as fc.Arbitrary<JsonObject>;
}

const tariffs = fc
  .record({ energy: list('priceKwh'), chargingTime: list('priceMinute'), idleTime: list('priceMinute') })
  .map((payload) => tariffOf(payload as JsonObject));

/** Up to ten hours from 20:00 on, with meter values at any minute, and charging and pauses in turn. */
const courses: fc.Arbitrary<Course> = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 9000 })), {
      minLength: 1,
      maxLength: 10,
    }),
    fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 6 }),
  )
  .map(([steps, turns]) => {
    const register = [{ at: FROM, value: 500 }];
    for (const [minutes, energy] of steps) {
      const last = register.at(-1);
      register.push({ at: (last?.at ?? FROM) + minutes * MINUTE, value: (last?.value ?? 0) + energy });
    }
    let when = FROM;
    const charging = [{ at: FROM, charging: true }];
    for (const [index, minutes] of turns.entries()) {
      when += minutes * MINUTE;
      charging.push({ at: when, charging: index % 2 === 1 });
    }
    return { ...courseOf('20:00:00', '20:00:00'), to: register.at(-1)?.at ?? FROM, register, charging };
  });

const RUNS = { numRuns: 150 };

function costOf(course: Course, tariff: ReturnType<typeof tariffOf>) {
  return evaluate({ course, tariffs: [{ tariff, from: course.from }], offsetAt: AT_GREENWICH });
}

describe('costs', () => {
  it('are exactly the sum of their periods, and grow from nothing to that', () => {
    fc.assert(
      fc.property(tariffs, courses, fc.double({ min: 0, max: 1, noNaN: true }), (tariff, course, part) => {
        const result = costOf(course, tariff);
        const charges = result.periods.flatMap((period) => Object.values(period.charges));
        const sum = charges.reduce<Money>((all, charge) => plus(all, charge.inclTax), NOTHING);
        expect(result.total.inclTax && compareMoney(sum, result.total.inclTax)).toBe(0);
        const middle = Math.round(course.from + (course.to - course.from) * part);
        const until = result.runningAt(middle).total.inclTax ?? NOTHING;
        expect(compareMoney(until, NOTHING)).toBeGreaterThanOrEqual(0);
        expect(compareMoney(minus(result.calculated.inclTax, until), NOTHING)).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it('cover the transaction without gap or overlap', () => {
    fc.assert(
      fc.property(tariffs, courses, (tariff, course) => {
        const { periods, usage } = costOf(course, tariff);
        expect(periods[0]?.from).toBe(course.from);
        expect(periods.at(-1)?.to).toBe(course.to);
        for (const [index, period] of periods.entries()) {
          const next = periods[index + 1];
          if (next) expect([next.from, next.energyFrom]).toEqual([period.to, period.energyTo]);
        }
        const energy = periods.reduce((sum, each) => sum.plus(each.energyTo).minus(each.energyFrom), new Big(0));
        expect(energy.toNumber()).toBe(usage.energy);
        expect(periods.reduce((sum, each) => sum + each.chargingTime + each.idleTime, 0)).toBe(course.to - course.from);
      }),
      RUNS,
    );
  });

  it('do not change where a transaction without conditions of energy is metered more finely', () => {
    const plain = tariffs.map((tariff) => ({
      ...tariff,
      energy: { taxRates: tariff.energy?.taxRates ?? [], prices: (tariff.energy?.prices ?? []).slice(-1) },
    }));
    fc.assert(
      fc.property(plain, courses, (tariff, course) => {
        const finer = course.register.flatMap((sample, index) => {
          const next = course.register[index + 1];
          if (!next) return [sample];
          return [sample, { at: (sample.at + next.at) / 2, value: (sample.value + next.value) / 2 }];
        });
        const [coarse, fine] = [costOf(course, tariff), costOf({ ...course, register: finer }, tariff)];
        expect(
          compareMoney(coarse.dimensions.energy?.exclTax ?? NOTHING, fine.dimensions.energy?.exclTax ?? NOTHING),
        ).toBe(0);
      }),
      RUNS,
    );
  });

  it('grow with energy where one price holds for all of it', () => {
    fc.assert(
      fc.property(price, courses, fc.integer({ min: 1, max: 5000 }), (priceKwh, course, more) => {
        const tariff = tariffOf({ energy: { prices: [{ priceKwh }] } });
        const last = course.register.at(-1);
        const register = [...course.register.slice(0, -1), { at: course.to, value: (last?.value ?? 0) + more }];
        const [less, greater] = [costOf(course, tariff), costOf({ ...course, register }, tariff)];
        expect(compareMoney(greater.calculated.exclTax, less.calculated.exclTax)).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });

  it('are never below the minimum, nor above the maximum', () => {
    const bound = fc.integer({ min: 1, max: 30_000 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(tariffs, courses, bound, bound, (tariff, course, one, other) => {
        const [least, most] = [Math.min(one, other), Math.max(one, other)];
        const bounded = {
          ...tariff,
          minCost: { exclTax: least, taxRates: [] },
          maxCost: { exclTax: most, taxRates: [] },
        };
        const { exclTax } = costOf(course, bounded).total;
        expect(exclTax && compareMoney(exclTax, moneyOf(least))).toBeGreaterThanOrEqual(0);
        // A sum frozen on its way is a fraction that was divided: right to the 18th decimal.
        expect(exclTax && minus(exclTax, moneyOf(most)).thirds.lte('1e-17')).toBe(true);
      }),
      RUNS,
    );
  });
});
