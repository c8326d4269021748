import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { at, type TalkingStation, talkingStation, time } from './testing/station.ts';
import { type TransactionEnergy, transactionEnergy } from './transaction-energy.ts';

const IMPORT = 'Energy.Active.Import.Register';
const POWER = { measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } };

function energyOf({ energy }: TalkingStation, id: string): TransactionEnergy {
  const facts = energy.known.transactions.find(id);
  if (facts === undefined) throw new Error(`No transaction ${id}`);
  return transactionEnergy(energy.topics.metering, facts);
}

/** A 2.1 transaction on EVSE 1 with readings. */
function transaction(...readings: readonly (readonly [clock: string, ...sampled: readonly JsonObject[]])[]) {
  const station = talkingStation('2.1');
  readings.forEach(([clock, ...sampledValue], index) => {
    station.says('TransactionEvent', {
      eventType: index === 0 ? 'Started' : index === readings.length - 1 ? 'Ended' : 'Updated',
      timestamp: time(clock),
      transactionInfo: { transactionId: 'T' },
      evse: { id: 1 },
      meterValue: [{ timestamp: time(clock), sampledValue }],
    });
  });
  return station;
}

describe('the energy of a transaction', () => {
  test('of 1.6 is meterStop minus meterStart, with the sampled register to compare', () => {
    const station = talkingStation('1.6');
    station.hears(
      'StartTransaction',
      { connectorId: 1, idTag: 'A', meterStart: 5000, timestamp: time('09:00:00') },
      { transactionId: 12, idTagInfo: { status: 'Accepted' } },
    );
    for (const [clock, value] of [
      ['09:10:00', '5400'],
      ['09:50:00', '6900'],
    ] as const) {
      const meterValue = [{ timestamp: time(clock), sampledValue: [{ value }] }];
      station.says('MeterValues', { connectorId: 1, transactionId: 12, meterValue });
    }
    station.says('StopTransaction', { transactionId: 12, meterStop: 7000, timestamp: time('10:00:00') });
    const { imported, averageImport, exported, peakImport } = energyOf(station, '12');
    expect(imported.map(({ by, energy }) => [by, energy])).toEqual([
      ['meterStart', 2000],
      ['register', 1500],
    ]);
    expect(imported[0]).toMatchObject({
      begin: { at: at('09:00:00'), value: 5000, entry: 1 },
      end: { at: at('10:00:00'), value: 7000, entry: 5 },
      complete: true,
    });
    expect(averageImport).toBe(2000);
    expect([exported, peakImport]).toEqual([[], null]);
  });

  test('is from the first to the last register value that names it', () => {
    const station = transaction(
      ['10:00:00', { value: 1000, context: 'Transaction.Begin' }],
      ['10:30:00', { value: 6000 }, { value: 11_000, ...POWER }],
      ['11:00:00', { value: 9000, context: 'Transaction.End' }, { value: 3000, ...POWER }],
    );
    // Another one on the same EVSE, and one that names none.
    station.says('MeterValues', {
      evseId: 1,
      meterValue: [{ timestamp: time('12:00:00'), sampledValue: [{ value: 99_000 }] }],
    });
    const { imported, averageImport, peakImport } = energyOf(station, 'T');
    expect(imported[0]).toMatchObject({ by: 'register', energy: 8000, location: 'Outlet', phases: false });
    expect(imported[1]).toMatchObject({ by: 'power', energy: 3500, entries: [2, 3] });
    expect(averageImport).toBe(8000);
    expect(peakImport).toEqual({ at: at('10:30:00'), value: 11_000, entry: 2 });
  });

  test('is the sum of the phases where nothing is given of all together', () => {
    const phased = (value: number, rest: JsonObject = {}) =>
      ['L1', 'L2', 'L3'].map((phase, index) => ({ value: value + index, phase, ...rest }));
    const station = transaction(
      ['10:00:00', ...phased(100), ...phased(10, POWER)],
      ['11:00:00', ...phased(400), ...phased(20, POWER)],
    );
    const { imported, peakImport } = energyOf(station, 'T');
    expect(imported[0]).toMatchObject({ by: 'register', energy: 900, phases: true, begin: null });
    expect(peakImport).toEqual({ at: at('11:00:00'), value: 63, entry: 2 });
  });

  test('is measured at the plug rather than elsewhere, and never upstream', () => {
    const places = (outlet: number, inlet: number, upstream: number) => [
      { value: upstream, location: 'Upstream' },
      { value: inlet, location: 'Inlet' },
      { value: outlet, location: 'Outlet' },
    ];
    const station = transaction(['10:00:00', ...places(0, 0, 0)], ['11:00:00', ...places(500, 520, 9000)]);
    expect(energyOf(station, 'T').imported).toMatchObject([{ energy: 500, location: 'Outlet' }]);
    const inlet = transaction(
      ['10:00:00', ...places(0, 0, 0).slice(0, 2)],
      ['11:00:00', ...places(0, 5, 9).slice(0, 2)],
    );
    expect(energyOf(inlet, 'T').imported).toMatchObject([{ energy: 5, location: 'Inlet' }]);
  });

  test('is the sum of intervals, and does not count those aligned with the clock beside the others', () => {
    const amount = (value: number, context: string) => ({
      value,
      measurand: 'Energy.Active.Import.Interval',
      context,
    });
    const station = transaction(
      ['10:00:00', amount(0, 'Transaction.Begin')],
      ['10:15:00', amount(150, 'Sample.Clock'), amount(150, 'Sample.Periodic')],
      ['10:20:00', amount(50, 'Sample.Periodic')],
      ['10:30:00', amount(150, 'Sample.Clock'), amount(100, 'Transaction.End')],
    );
    expect(energyOf(station, 'T').imported).toMatchObject([{ by: 'interval', energy: 300, aligned: false }]);
  });

  test('keeps export apart from import', () => {
    const both = (imported: number, exported: number) => [
      { value: imported, measurand: IMPORT },
      { value: exported, measurand: 'Energy.Active.Export.Register' },
    ];
    const station = transaction(['10:00:00', ...both(100, 7)], ['11:00:00', ...both(300, 57)]);
    const { imported, exported, averageExport } = energyOf(station, 'T');
    expect([imported[0]?.energy, exported[0]?.energy, averageExport]).toEqual([200, 50, 50]);
  });

  test('says where a meter was reset in it', () => {
    const station = transaction(
      ['10:00:00', { value: 500_000 }],
      ['10:20:00', { value: 501_000 }],
      ['10:40:00', { value: 100 }],
      ['11:00:00', { value: 900 }],
    );
    expect(energyOf(station, 'T').imported[0]).toMatchObject({
      energy: 1800,
      reset: true,
      complete: false,
      entries: [1, 2, 3, 4],
    });
  });

  test('of 1.6 counts values on its connector that name no transaction', () => {
    const station = talkingStation('1.6');
    const values = (clock: string, value: string) =>
      station.says('MeterValues', {
        connectorId: 1,
        meterValue: [{ timestamp: time(clock), sampledValue: [{ value: value, measurand: IMPORT }] }],
      });
    values('08:00:00', '1000');
    const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: time('09:00:00') };
    station.hears('StartTransaction', start, { transactionId: 5, idTagInfo: { status: 'Accepted' } });
    values('10:00:00', '3000');
    station.says('StopTransaction', { transactionId: 5, meterStop: 900, timestamp: time('10:00:00') });
    const { imported } = energyOf(station, '5');
    expect(imported.map(({ by, energy, interpolated }) => [by, energy, interpolated])).toEqual([
      ['meterStart', 900, false],
      ['register', 1000, true],
    ]);
  });

  test('is unknown where nothing was measured', () => {
    const station = transaction(['10:00:00'], ['11:00:00']);
    expect(energyOf(station, 'T')).toEqual({
      imported: [],
      exported: [],
      averageImport: null,
      averageExport: null,
      peakImport: null,
      peakExport: null,
    });
  });
});
