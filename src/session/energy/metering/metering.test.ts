import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { at, talkingStation, time } from './testing/station.ts';

const reading = (clock: string, ...sampledValue: readonly JsonObject[]): JsonObject => ({
  timestamp: time(clock),
  sampledValue,
});

describe('meter values of a station', () => {
  test('of 1.6 are series by connector, measurand, phase and location', () => {
    const station = talkingStation('1.6');
    station.says('MeterValues', {
      connectorId: 2,
      transactionId: 7,
      meterValue: [
        reading('10:00:00', { value: '1000' }, { value: '7.2', measurand: 'Power.Active.Import', unit: 'kW' }),
        reading('10:01:00', { value: '1120' }, { value: '5', measurand: 'Current.Import', phase: 'L1', unit: 'A' }),
      ],
    });
    const { metering } = station.energy.topics;
    expect(metering.series().map(({ id, length }) => [id, length])).toEqual([
      ['2|Energy.Active.Import.Register||Outlet|Wh|sampled', 2],
      ['2|Power.Active.Import||Outlet|W|sampled', 1],
      ['2|Current.Import|L1|Outlet|A|sampled', 1],
    ]);
    const [register] = metering.series();
    expect(register?.sample(1)).toEqual({ at: at('10:01:00'), value: 1120, entry: 1, context: 0, transaction: 0 });
    expect(metering.transactionId(0)).toBe('7');
    expect(metering.contextName(0)).toBe('Sample.Periodic');
    expect(metering.extent()).toEqual({
      topics: ['metering'],
      samples: 4,
      from: at('10:00:00'),
      to: at('10:01:00'),
    });
  });

  test('of a TransactionEvent that names no EVSE are of the one of its transaction', () => {
    const station = talkingStation('2.0.1');
    const event = (eventType: string, clock: string, value: number, rest: JsonObject = {}) =>
      station.says('TransactionEvent', {
        eventType,
        timestamp: time(clock),
        transactionInfo: { transactionId: 'T1' },
        meterValue: [reading(clock, { value })],
        ...rest,
      });
    event('Started', '10:00:00', 100);
    event('Updated', '10:01:00', 200);
    expect(station.energy.topics.metering.series().map(({ key }) => key.evseId)).toEqual([null]);
    event('Updated', '10:02:00', 300, { evse: { id: 3 } });
    event('Ended', '10:03:00', 400);
    const series = station.energy.topics.metering.series();
    expect(series.map(({ key, length }) => [key.evseId, length])).toEqual([[3, 4]]);
    expect([0, 1, 2, 3].map((index) => series[0]?.entry(index))).toEqual([1, 2, 3, 4]);
  });

  test('that come again count once, in whatever message', () => {
    const station = talkingStation('1.6');
    const meterValue = [reading('10:00:00', { value: '5' }), reading('10:01:00', { value: '6' })];
    station.says('MeterValues', { connectorId: 1, transactionId: 7, meterValue });
    station.says('MeterValues', { connectorId: 1, transactionId: 7, meterValue });
    station.says('StopTransaction', {
      transactionId: 7,
      meterStop: 6,
      timestamp: time('10:01:00'),
      transactionData: [...meterValue, reading('10:01:00', { value: '6', context: 'Transaction.End' })],
    });
    const [register, meterStop] = station.energy.topics.metering.series();
    expect(register).toMatchObject({ length: 3, repeated: 4 });
    expect(meterStop).toMatchObject({ length: 1, key: { source: 'meterStart', evseId: 1 } });
    expect(station.energy.topics.metering.extent()?.samples).toBe(4);
  });

  test('from the queue of a station that was offline take their place', () => {
    const station = talkingStation('2.1');
    for (const clock of ['10:00:00', '10:05:00', '10:02:00', '10:01:00']) {
      station.says('MeterValues', { evseId: 1, meterValue: [reading(clock, { value: 1 })] });
    }
    const [series] = station.energy.topics.metering.series();
    expect([0, 1, 2, 3].map((index) => series?.entry(index))).toEqual([1, 4, 3, 2]);
  });

  test('of the start of a transaction get it by the answer', () => {
    const station = talkingStation('1.6');
    const start = { connectorId: 1, idTag: 'A', meterStart: 5000, timestamp: time('09:00:00') };
    station.hears('StartTransaction', start, { transactionId: 12, idTagInfo: { status: 'Accepted' } });
    const { metering } = station.energy.topics;
    const [series] = metering.series();
    expect(series?.sample(0)).toMatchObject({ value: 5000, entry: 1, at: at('09:00:00') });
    expect(metering.transactionId(series?.transaction(0) ?? -1)).toBe('12');
    expect(metering.contextName(series?.sample(0).context ?? -1)).toBe('Transaction.Begin');
  });

  test('that cannot be read are counted as faults, with the first message of each kind', () => {
    const station = talkingStation('1.6');
    station.says('MeterValues', { connectorId: 1, meterValue: [reading('10:00:00', { value: 'x' }, { value: '' })] });
    station.says('MeterValues', { connectorId: 1, meterValue: [{ sampledValue: [{ value: '5' }] }] });
    station.says('MeterValues', { connectorId: 1, meterValue: 'none' });
    const { metering } = station.energy.topics;
    expect(metering.series()).toEqual([]);
    expect(metering.extent()).toBeUndefined();
    expect(metering.faults).toEqual([
      { code: 'no-number', sentence: 'value is no decimal number: "x".', entry: 1, count: 2 },
      { code: 'no-time', sentence: 'A meter value has no timestamp.', entry: 2, count: 1 },
      { code: 'no-list', sentence: 'The meter values are no list.', entry: 3, count: 1 },
    ]);
  });

  test('of made-up names take no memory without end', () => {
    const station = talkingStation('2.1');
    const sampledValue = Array.from({ length: 2100 }, (_, index) => ({ value: 1, measurand: `Made.Up.${index}` }));
    station.says('MeterValues', { evseId: 1, meterValue: [{ timestamp: time('10:00:00'), sampledValue }] });
    const { metering } = station.energy.topics;
    expect(metering.series().length).toBe(2000);
    expect(metering.faults).toContainEqual(expect.objectContaining({ code: 'series', count: 100 }));
  });
});
