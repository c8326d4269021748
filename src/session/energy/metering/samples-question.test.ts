import { describe, expect, test } from 'vitest';
import { SessionEnergy } from '../session-energy.ts';
import { shownSamples } from './samples-question.ts';
import { stationSeries } from './series-question.ts';
import { at, talkingStation, time } from './testing/station.ts';

/** A station with power each minute from 10:00 on, those of odd minutes aligned with the clock. */
function session(): SessionEnergy {
  const station = talkingStation('1.6');
  for (let minute = 0; minute < 30; minute++) {
    const clock = `10:${String(minute).padStart(2, '0')}:00`;
    const context = minute % 2 === 1 ? 'Sample.Clock' : 'Sample.Periodic';
    station.says('MeterValues', {
      connectorId: 1,
      transactionId: minute < 10 ? 1 : 2,
      meterValue: [
        {
          timestamp: time(clock),
          sampledValue: [
            { value: String(minute * 100), measurand: 'Power.Active.Import', unit: 'W', context },
            { value: String(minute * 10), context },
          ],
        },
      ],
    });
  }
  const energy = new SessionEnergy(() => 0);
  energy.replace(station.energy);
  return energy;
}

const POWER = '1|Power.Active.Import||Outlet|W|sampled';
const REGISTER = '1|Energy.Active.Import.Register||Outlet|Wh|sampled';
const ALL = { from: at('09:00:00'), to: at('11:00:00'), points: 100, by: 'extremes' } as const;

describe('the series of stations', () => {
  test('are described, power first; a station without any has none', () => {
    const [found, ...others] = stationSeries(session(), ['CS-1', 'Nobody']);
    expect(others).toEqual([]);
    expect(found?.series.map(({ id }) => id)).toEqual([POWER, REGISTER]);
    expect(found?.series[0]).toMatchObject({
      label: 'Power imported',
      samples: 30,
      from: at('10:00:00'),
      to: at('10:29:00'),
      contexts: ['Sample.Periodic', 'Sample.Clock'],
      transactions: 2,
    });
  });
});

describe('the samples of series', () => {
  test('are summed up over less than is drawn, if that is asked for', () => {
    const summed = { from: at('10:02:00'), to: at('10:04:00') };
    const [power, register] = shownSamples(session(), {
      parts: [{ station: 'CS-1', series: [POWER, REGISTER] }],
      ...ALL,
      summed,
    });
    // Between the two transactions is a gap.
    expect(power?.at).toHaveLength(31);
    expect(power?.summary).toMatchObject({
      count: 3,
      average: 300,
      covered: 120_000,
      lowest: { value: 200 },
      highest: { value: 400 },
      energy: { energy: 10, by: 'power' },
    });
    expect(register?.summary).toMatchObject({ average: null, energy: { energy: 20, by: 'register', complete: true } });
  });

  test('are those of some contexts, or of a transaction that stands beside another one', () => {
    const part = { station: 'CS-1', series: [POWER] };
    const [clock] = shownSamples(session(), { ...ALL, parts: [part], contexts: ['Sample.Clock'] });
    expect(clock?.summary.count).toBe(15);
    const shift = -600_000;
    const moved = shownSamples(session(), { ...ALL, parts: [{ ...part, transaction: '2', shift }] });
    expect(moved[0]).toMatchObject({ transaction: '2', summary: { count: 20 } });
    expect(moved[0]?.at[0]).toBe(at('10:00:00'));
    expect(moved[0]?.value[0]).toBe(1000);
    const [none] = shownSamples(session(), { ...ALL, parts: [{ ...part, transaction: 'unknown' }] });
    expect(none).toMatchObject({ at: [], summary: { count: 0, first: null, average: null, energy: null } });
  });

  test('of a series that is not there are none', () => {
    expect(shownSamples(session(), { ...ALL, parts: [{ station: 'CS-1', series: ['x'] }] })).toEqual([]);
    expect(shownSamples(session(), { ...ALL, parts: [{ station: 'Nobody', series: [POWER] }] })).toEqual([]);
  });

  test('are plain data', () => {
    const found = shownSamples(session(), { ...ALL, points: 8, parts: [{ station: 'CS-1', series: [POWER] }] });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found[0]?.at.length).toBeLessThanOrEqual(12);
  });
});
