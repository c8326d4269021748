import { describe, expect, test } from 'vitest';
import { activeAt } from '../../../ocpp/der/active.ts';
import { voltWattRequest } from '../../../ocpp/der/testing/controls.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import { NOON, StationMessages, timeText } from './testing/messages.ts';

const DEFAULT = voltWattRequest('default', { isDefault: true, priority: 1 });
const EVENT = voltWattRequest('event', { priority: 1, start: NOON + 100_000, duration: 200 });

function codesOf(messages: StationMessages): readonly string[] {
  return messages.station.topics.der.remarks.all.map((remark) => remark.code);
}

function activeIdAt(messages: StationMessages, seconds: number): string | undefined {
  return activeAt(messages.station.topics.der.controls, 'VoltWatt', NOON + seconds * 1000)?.control.id;
}

function reportedCurve(request: JsonObject, more: JsonObject = {}): JsonObject {
  const { isDefault = false, controlId = '', curve = {} } = request;
  return { id: controlId, curveType: 'VoltWatt', isDefault, isSuperseded: false, curve, ...more };
}

describe('controls of a station', () => {
  test('count from when the station accepted them until they are cleared', () => {
    const messages = new StationMessages();
    const source = messages.order(0, 'SetDERControl', DEFAULT);
    messages.order(1, 'SetDERControl', EVENT);
    messages.order(150, 'ClearDERControl', { isDefault: false });
    expect([-1, 50, 120, 160].map((at) => activeIdAt(messages, at))).toEqual([
      undefined,
      'default',
      'event',
      'default',
    ]);
    expect(messages.station.topics.der.controls[0]?.source).toBe(source);
    expect(codesOf(messages)).toEqual([]);
  });

  test('that were refused do not count', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', DEFAULT, {
      status: 'NotSupported',
      statusInfo: { reasonCode: 'UnsupportedParam' },
    });
    expect(messages.station.topics.der.controls).toEqual([]);
    expect(messages.station.topics.der.refused).toMatchObject([{ id: 'default', reason: 'UnsupportedParam' }]);
  });

  test('that should have been refused are a remark', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', voltWattRequest('x', { isDefault: true, start: NOON }));
    expect(messages.station.topics.der.remarks.all).toMatchObject([
      { code: 'R04.FR.12', sentence: expect.stringContaining('R04.FR.13') },
    ]);
  });

  test('that give way without a word of the station are a remark, and with it none', () => {
    const high = voltWattRequest('high', { isDefault: true, priority: 0 });
    for (const [response, codes] of [
      [{ status: 'Accepted' }, ['R04.FR.03']],
      [{ status: 'Accepted', supersededIds: ['default'] }, []],
      [{ status: 'Accepted', supersededIds: ['default', 'other'] }, ['R04.FR.09']],
    ] as const) {
      const messages = new StationMessages();
      messages.order(0, 'SetDERControl', DEFAULT);
      messages.order(1, 'SetDERControl', high, response);
      expect(codesOf(messages)).toEqual(codes);
    }
  });

  test('that cannot be found to be cleared are a remark', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', DEFAULT);
    messages.order(1, 'ClearDERControl', { isDefault: true, controlId: 'default' }, { status: 'NotFound' });
    messages.order(2, 'ClearDERControl', { isDefault: false }, { status: 'NotFound' });
    expect(codesOf(messages)).toEqual(['R04.FR.46']);
  });
});

describe('a report of controls', () => {
  const inquire = (messages: StationMessages, curves: readonly JsonObject[]) => {
    messages.order(10, 'GetDERControl', { requestId: 7 });
    messages.report(11, 'ReportDERControl', { requestId: 7, curve: curves });
  };

  test('that says what is known brings no remark', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', DEFAULT);
    messages.order(1, 'SetDERControl', EVENT);
    inquire(messages, [reportedCurve(DEFAULT), reportedCurve(EVENT)]);
    expect(codesOf(messages)).toEqual([]);
  });

  test('tells of a control that nobody saw being set', () => {
    const messages = new StationMessages();
    inquire(messages, [reportedCurve(DEFAULT)]);
    expect(codesOf(messages)).toEqual(['R04.FR.33']);
    expect(activeIdAt(messages, 20)).toBe('default');
  });

  test('that differs counts from then on', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', DEFAULT);
    const curve = { priority: 4, yUnit: 'PctMaxW', curveData: [{ x: 240, y: 50 }] };
    inquire(messages, [reportedCurve(DEFAULT, { curve })]);
    expect(codesOf(messages)).toEqual(['R04.FR.33']);
    const at = (seconds: number) =>
      activeAt(messages.station.topics.der.controls, 'VoltWatt', NOON + seconds * 1000)?.control.priority;
    expect([at(5), at(20)]).toEqual([1, 4]);
  });

  test('says that a control is superseded', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', DEFAULT);
    inquire(messages, [reportedCurve(DEFAULT, { isSuperseded: true })]);
    expect(codesOf(messages)).toEqual(['R04.FR.09']);
    expect([activeIdAt(messages, 5), activeIdAt(messages, 20)]).toEqual(['default', undefined]);
  });

  test('leaves one out, once it is complete', () => {
    const messages = new StationMessages();
    messages.order(0, 'SetDERControl', DEFAULT);
    messages.order(1, 'SetDERControl', EVENT);
    messages.order(10, 'GetDERControl', { requestId: 7, isDefault: true });
    messages.report(11, 'ReportDERControl', { requestId: 7, tbc: true });
    expect(codesOf(messages)).toEqual([]);
    messages.report(12, 'ReportDERControl', { requestId: 7 });
    expect(messages.station.topics.der.remarks.all).toMatchObject([{ sentence: expect.stringContaining('default') }]);
  });
});

describe('what a station tells of grid events', () => {
  test('an alarm from its beginning to its end, or to the next that takes over (R05.FR.04)', () => {
    const messages = new StationMessages();
    const alarm = (seconds: number, controlType: string, more: JsonObject = {}) =>
      messages.report(seconds, 'NotifyDERAlarm', { controlType, timestamp: timeText(seconds), ...more });
    const first = alarm(0, 'VoltWatt', { gridEventFault: 'OverVoltage' });
    alarm(10, 'HVMustTrip', { gridEventFault: 'OverVoltage' });
    alarm(20, 'HVMustTrip', { alarmEnded: true });
    alarm(30, 'FreqDroop', { gridEventFault: 'UnderFrequency' });
    const { alarms } = messages.station.topics.der;
    expect(alarms.map(({ type, from, to }) => [type, from - NOON, to && to - NOON])).toEqual([
      ['VoltWatt', 0, 10_000],
      ['HVMustTrip', 10_000, 20_000],
      ['FreqDroop', 30_000, null],
    ]);
    expect(alarms[0]).toMatchObject({ entry: first, takenOverBy: 'HVMustTrip', fault: 'OverVoltage' });
  });

  test('starts and ends beside when they were to be (R04.FR.20, R04.FR.22)', () => {
    const messages = new StationMessages();
    messages.order(1, 'SetDERControl', EVENT);
    const tell = (seconds: number, started: boolean, controlId = 'event') =>
      messages.report(seconds, 'NotifyDERStartStop', { controlId, started, timestamp: timeText(seconds) });
    tell(101, true);
    tell(300, false);
    expect(codesOf(messages)).toEqual([]);
    tell(190, true);
    tell(290, false);
    tell(290, true, 'unknown');
    expect(codesOf(messages)).toEqual(['R04.FR.20', 'R04.FR.22', 'R04.FR.20']);
  });
});

test('signals for the frequency reserve apply from their timestamp, and only where they were accepted', () => {
  const messages = new StationMessages();
  messages.order(0, 'AFRRSignal', { timestamp: timeText(5), signal: 50 });
  messages.order(10, 'AFRRSignal', { timestamp: timeText(2), signal: -20 });
  const refusal = { status: 'Rejected', statusInfo: { reasonCode: 'NoSignalWattCurve' } };
  messages.order(20, 'AFRRSignal', { timestamp: timeText(20), signal: 100 }, refusal);
  const { grid } = messages.station.topics;
  expect(grid.steps).toEqual([
    { at: NOON + 5000, value: 50 },
    { at: NOON + 10_000, value: -20 },
  ]);
  expect(grid.signals[2]).toMatchObject({ status: 'Rejected', reason: 'NoSignalWattCurve' });
});
