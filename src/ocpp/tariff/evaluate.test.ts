import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { type CostRequest, evaluate } from './evaluate.ts';
import { rounded } from './money.ts';
import { AT_GREENWICH, at, courseOf, samples, sumsOf, tariffOf } from './testing/cases.ts';

/** A transaction under one tariff from its start on. */
function under(tariff: ReturnType<typeof tariffOf>, course: CostRequest['course'], offsetAt = AT_GREENWICH) {
  return evaluate({ course, tariffs: [{ tariff, from: course.from }], offsetAt });
}

describe('energy between two meter values', () => {
  const tariff = tariffOf({
    energy: { prices: [{ priceKwh: 0.3, conditions: { maxEnergy: 5000 } }, { priceKwh: 0.5 }] },
  });
  const course = courseOf('10:00:00', '11:00:00', { register: samples({ '10:00:00': 0, '11:00:00': 20_000 }) });

  it('changes its price exactly at the limit, at the time on the line between the values', () => {
    const result = under(tariff, course);
    expect(result.periods.map(({ from, energyFrom, energyTo }) => [from, energyFrom, energyTo])).toEqual([
      [at('10:00:00'), 0, 5000],
      [at('10:15:00'), 5000, 20_000],
    ]);
    expect(sumsOf(result).total).toBe('9 / 9');
    expect(result.periods[1]?.interpolated).toEqual({ from: at('10:00:00'), to: at('11:00:00') });
    expect(result.periods[1]?.because).toBe('energy price 1 no longer applies: below 5 kWh of energy');
    expect(result.notes.join()).toContain('lies on the line between them');
  });

  it('passes several limits within one millisecond without losing any', () => {
    const steep = courseOf('10:00:00', '10:00:01', {
      register: [
        { at: at('10:00:00'), value: 0 },
        { at: at('10:00:00') + 1, value: 3000 },
      ],
    });
    const steps = tariffOf({
      energy: {
        prices: [
          { priceKwh: 1, conditions: { maxEnergy: 1000 } },
          { priceKwh: 2, conditions: { maxEnergy: 2000 } },
          { priceKwh: 3 },
        ],
      },
    });
    expect(sumsOf(under(steps, steep)).total).toBe('6 / 6');
  });

  it('goes back over a limit when energy is given back, at the price of each side', () => {
    const back = courseOf('10:00:00', '11:00:00', {
      register: samples({ '10:00:00': 0, '10:30:00': 6000, '11:00:00': 4000 }),
    });
    // 5 kWh at 0.30, 1 kWh at 0.50, 1 kWh back at 0.50, 1 kWh back at 0.30.
    expect(sumsOf(under(tariff, back)).energy).toBe('1.2 / 1.2');
  });
});

describe('what is paid once', () => {
  const fee = tariffOf({
    fixedFee: { prices: [{ priceFixed: 1 }], taxRates: [{ type: 'vat', tax: 20 }] },
    reservationTime: { prices: [{ priceMinute: 0.1 }] },
    reservationFixed: { prices: [{ priceFixed: 2 }] },
  });

  it('counts at the start alone (I12.FR.30), with a reservation from its request on (I12.FR.06 to I12.FR.08)', () => {
    const course = courseOf('10:00:00', '11:00:00', { reservedAt: at('09:40:00') });
    const result = under(fee, course);
    expect(sumsOf(result)).toEqual({
      fixed: '1 / 1.2',
      reservationTime: '2 / 2',
      reservationFixed: '2 / 2',
      total: '5 / 5.2',
    });
    expect(result.usage.reservationTime).toBe(20 * 60_000);
  });

  it('is not paid by a tariff that comes during the transaction', () => {
    const course = courseOf('10:00:00', '11:00:00');
    const result = evaluate({ course, tariffs: [{ tariff: fee, from: at('10:30:00') }], offsetAt: AT_GREENWICH });
    expect(sumsOf(result)).toEqual({ total: '0 / 0' });
    expect(result.periods.map(({ tariffId }) => tariffId)).toEqual([null, 'T']);
    expect(result.notes.join()).toContain('No tariff was associated at the start');
  });
});

describe('local time (I07.FR.17, I12.FR.37)', () => {
  const night = tariffOf({
    chargingTime: {
      prices: [{ priceMinute: 1, conditions: { startTimeOfDay: '02:00', endTimeOfDay: '02:30' } }, { priceMinute: 0 }],
    },
  });

  it('applies a price twice in the hour that comes twice', () => {
    // Amsterdam, 29 October 2023: at 03:00 of summer time, which is 01:00 in UTC, it is 02:00 again.
    const from = Date.parse('2023-10-28T23:30:00Z');
    const offsetAt = (instant: number) => (instant < Date.parse('2023-10-29T01:00:00Z') ? 2 : 1) * 3_600_000;
    const course = {
      ...courseOf('00:00:00', '00:00:01'),
      from,
      to: Date.parse('2023-10-29T03:00:00Z'),
      charging: [{ at: from, charging: true }],
    };
    const result = under(night, course, offsetAt);
    expect(result.periods.map((period) => new Date(period.from).toISOString().slice(11, 16))).toEqual([
      '23:30',
      '00:00',
      '00:30',
      '01:00',
      '01:30',
    ]);
    expect(sumsOf(result).chargingTime).toBe('60 / 60');
  });
});

describe('tax (I12.FR.13)', () => {
  it('adds rates of one level up, and applies a level to the result of the one below', () => {
    const taxRates: readonly JsonObject[] = [
      { type: 'vat', tax: 20, stack: 1 },
      { type: 'energy', tax: 5, stack: 0 },
      { type: 'city', tax: 5 },
    ];
    const tariff = tariffOf({ fixedFee: { prices: [{ priceFixed: 10 }], taxRates } });
    expect(sumsOf(under(tariff, courseOf('10:00:00', '10:01:00'))).total).toBe('10 / 13.2');
  });
});

describe('idle time', () => {
  const tariff = tariffOf({ idleTime: { prices: [{ priceMinute: 1, conditions: { minIdleTime: 300 } }] } });
  const pauses = courseOf('10:00:00', '11:00:00', {
    charging: [
      { at: at('10:00:00'), charging: true },
      { at: at('10:10:00'), charging: false },
      { at: at('10:14:00'), charging: true },
      { at: at('10:20:00'), charging: false },
    ],
  });

  it('counts from the limit of each idle period on, and charging begins it anew', () => {
    const result = under(tariff, pauses);
    expect(sumsOf(result).idleTime).toBe('35 / 35');
    expect(result.usage).toMatchObject({ chargingTime: 16 * 60_000, idleTime: 44 * 60_000 });
  });

  it('is shown apart from thirds of a cent to come, exactly', () => {
    const third = tariffOf({ idleTime: { prices: [{ priceMinute: 0.01 }] } });
    const course = courseOf('10:00:00', '10:00:20', { charging: [] });
    const total = under(third, course).total.exclTax;
    // A third of a cent: three of them are one, exactly.
    expect(total && rounded({ thirds: total.thirds.times(3) }, 10).toString()).toBe('0.01');
  });
});

describe('minimum and maximum', () => {
  const energy = { prices: [{ priceKwh: 0.5 }], taxRates: [{ type: 'vat', tax: 20 }] };
  const course = courseOf('10:00:00', '11:00:00', { register: samples({ '10:00:00': 0, '11:00:00': 4000 }) });

  it('replaces all parts by the minimum at the end (I12.FR.38)', () => {
    const tariff = tariffOf({ energy, minCost: { exclTax: 3, inclTax: 3.6 } });
    const result = under(tariff, course);
    expect(result.typeOfCost).toBe('MinCost');
    expect(sumsOf(result)).toEqual({ fixed: '3 / 3.6', total: '3 / 3.6' });
    expect(result.periods[0]?.energyTo).toBe(4000);
    expect(under(tariff, { ...course, ended: false }).typeOfCost).toBe('NormalCost');
  });

  it('leaves open what a minimum without one side does not say', () => {
    const tariff = tariffOf({ energy, minCost: { inclTax: 3 } });
    const { total } = under(tariff, course);
    expect(total.exclTax).toBeNull();
    expect(total.inclTax && rounded(total.inclTax, 2).toString()).toBe('3');
  });

  it('freezes costs when the maximum is reached, and goes on counting usage (I12.FR.39, I12.FR.40)', () => {
    const tariff = tariffOf({ energy, maxCost: { inclTax: 1.2 } });
    const result = under(tariff, course);
    expect(result.typeOfCost).toBe('MaxCost');
    expect(result.maximumAt).toBe(at('10:30:00'));
    expect(sumsOf(result).total).toBe('1 / 1.2');
    expect(result.usage.energy).toBe(4000);
    expect(sumsOf(result.runningAt(at('10:15:00'))).total).toBe('0.5 / 0.6');
    expect(sumsOf(result.runningAt(at('10:45:00'))).total).toBe('1 / 1.2');
  });

  it('takes whichever side of the maximum is reached first', () => {
    const tariff = tariffOf({ energy, maxCost: { exclTax: 0.5, inclTax: 1.2 } });
    expect(under(tariff, course).maximumAt).toBe(at('10:15:00'));
  });
});

describe('what is not known', () => {
  it('says that a condition cannot be decided', () => {
    const tariff = tariffOf({
      energy: { prices: [{ priceKwh: 1, conditions: { evseKind: 'DC' } }, { priceKwh: 2 }] },
    });
    const course = courseOf('10:00:00', '11:00:00', { register: samples({ '10:00:00': 0, '11:00:00': 1000 }) });
    const result = under(tariff, course);
    expect(sumsOf(result).total).toBe('2 / 2');
    expect(result.notes).toEqual([
      'Nothing tells whether evseKind of energy price 1 is met at all times: it counts as not met.',
    ]);
  });

  it('takes power from the register where none was sampled, and says so', () => {
    const tariff = tariffOf({
      energy: { prices: [{ priceKwh: 1, conditions: { minPower: 10_000 } }, { priceKwh: 2 }] },
    });
    const register = samples({ '10:00:00': 0, '10:30:00': 6000, '11:00:00': 7000 });
    const result = under(tariff, courseOf('10:00:00', '11:00:00', { register }));
    expect(sumsOf(result).total).toBe('8 / 8');
    expect(result.notes.join()).toContain('No power was sampled');
  });
});
