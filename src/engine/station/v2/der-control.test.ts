import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';
import { SUPPORTED_CONTROLS } from './der/inverter.ts';

async function idle(): Promise<ControllerBench> {
  const bench = controllerBench('2.1', { session: 'none' });
  await bench.connect();
  return bench;
}

const at = (bench: ControllerBench, seconds: number) => new Date(bench.controller.now() + 1000 * seconds).toISOString();
const DROOP = { overFreq: 50.2, underFreq: 49.8, overDroop: 0.05, underDroop: 0.05, responseTime: 0 };
const droop = (controlId: string, priority: number, more: JsonObject = {}): JsonObject => ({
  isDefault: false,
  controlId,
  controlType: 'FreqDroop',
  freqDroop: { priority, ...DROOP, ...more },
});
const standing = (controlId: string, priority: number): JsonObject => ({
  ...droop(controlId, priority),
  isDefault: true,
});
const curve = (controlType: string, curveData: JsonObject[], more: JsonObject = {}): JsonObject => ({
  isDefault: true,
  controlId: controlType,
  controlType,
  curve: { priority: 0, yUnit: 'Not_Applicable', curveData, ...more },
});
const set = (bench: ControllerBench, request: JsonObject) => bench.ask('SetDERControl', request);
const told = (bench: ControllerBench) =>
  bench.of('NotifyDERStartStop').map(({ controlId, started, supersededIds }) => [controlId, started, supersededIds]);
const reported = async (bench: ControllerBench, request: JsonObject = {}) => {
  const before = bench.of('ReportDERControl').length;
  const { status } = await bench.ask('GetDERControl', { requestId: 5, ...request });
  return { status, reports: bench.of('ReportDERControl').slice(before) };
};

describe('DER controls', () => {
  it('are found in the device model, and taken as far as they are executed (R03.FR.03, R04.FR.01)', async () => {
    const bench = await idle();
    const getVariableData = [
      { component: { name: 'ACDERCtrlr', evse: { id: 1 } }, variable: { name: 'ModesSupported' } },
    ];
    const { getVariableResult } = await bench.ask('GetVariables', { getVariableData });
    expect(getVariableResult).toMatchObject([{ attributeValue: SUPPORTED_CONTROLS.join(',') }]);
    const unsupported = { controlType: 'PowerMonitoringMustTrip' };
    const power = curve('PowerMonitoringMustTrip', [{ x: 0, y: 1 }]);
    expect(await set(bench, power)).toMatchObject({ status: 'NotSupported' });
    expect(await bench.ask('GetDERControl', { requestId: 1, ...unsupported })).toMatchObject({
      status: 'NotSupported',
    });
    expect(await bench.ask('ClearDERControl', { isDefault: true, ...unsupported })).toMatchObject({
      status: 'NotSupported',
    });
  });

  it.each([
    [
      'a default one with a start (R04.FR.13)',
      { ...droop('a', 1, { startTime: '2031-01-01T00:00:00Z' }), isDefault: true },
    ],
    ['a scheduled one without', droop('a', 1)],
    [
      'a scheduled one of a type that is default alone (R04.FR.15)',
      {
        isDefault: false,
        controlId: 'a',
        controlType: 'Gradients',
        gradient: { priority: 0, gradient: 10, softGradient: 20 },
      },
    ],
    [
      'two settings at once (R04.FR.17)',
      {
        ...standing('a', 1),
        fixedPFAbsorb: { priority: 0, displacement: 0.9, excitation: true },
      },
    ],
    ['another setting than its type says (R04.FR.17)', { ...standing('a', 1), controlType: 'FixedVar' }],
    ['one that is over', droop('a', 1, { startTime: '2020-01-01T00:00:00Z', duration: 60 })],
    [
      'what it does not do',
      curve('HVMustTrip', [{ x: 260, y: 1 }], {
        voltageParams: { hv10MinMeanValue: 250, hv10MinMeanTripDelay: 60 },
      }),
    ],
  ])('refuses %s', async (_, request) => {
    const bench = await idle();
    const answer = await set(bench, request);
    expect(answer).toMatchObject({ status: 'Rejected', statusInfo: { reasonCode: expect.any(String) } });
    expect(await reported(bench)).toEqual({ status: 'NotFound', reports: [] });
  });

  it('starts and ends at its time, and is forgotten (R04.FR.05, FR.10, FR.20, FR.22)', async () => {
    const bench = await idle();
    expect(await set(bench, droop('s', 1, { startTime: at(bench, 10), duration: 20 }))).toEqual({ status: 'Accepted' });
    await bench.pass(9);
    expect(told(bench)).toEqual([]);
    await bench.pass(2);
    expect(told(bench)).toEqual([['s', true, undefined]]);
    await bench.pass(20);
    expect(told(bench)).toEqual([
      ['s', true, undefined],
      ['s', false, undefined],
    ]);
    expect(await reported(bench)).toEqual({ status: 'NotFound', reports: [] });
    expect(bench.violations).toEqual([]);
  });

  it('starts at once where its time has come, after the answer', async () => {
    const bench = await idle();
    await set(bench, droop('now', 1, { startTime: at(bench, -5), duration: 20 }));
    expect(told(bench)).toEqual([['now', true, undefined]]);
    await bench.pass(16);
    expect(told(bench)).toHaveLength(2);
  });

  it('gives way to a default control of higher priority, and not to a lower one (R04.FR.02, FR.03)', async () => {
    const bench = await idle();
    expect(await set(bench, standing('low', 5))).toEqual({ status: 'Accepted' });
    expect(await set(bench, standing('high', 1))).toEqual({ status: 'Accepted', supersededIds: ['low'] });
    expect(await set(bench, standing('lower', 9))).toEqual({ status: 'Accepted', supersededIds: ['lower'] });
    const { reports } = await reported(bench);
    const list = (reports[0]?.freqDroop ?? []) as JsonObject[];
    expect(list.map(({ id, isSuperseded }) => [id, isSuperseded])).toEqual([
      ['low', true],
      ['high', false],
      ['lower', true],
    ]);
    expect(told(bench)).toEqual([]);
  });

  it('supersedes one that has not started at once, and one that has at its own start (R04.FR.06 to FR.08, FR.21)', async () => {
    const bench = await idle();
    await set(bench, droop('later', 5, { startTime: at(bench, 100), duration: 100 }));
    const sooner = droop('sooner', 4, { startTime: at(bench, 150), duration: 100 });
    expect(await set(bench, sooner)).toEqual({ status: 'Accepted', supersededIds: ['later'] });
    await bench.pass(151);
    expect(told(bench)).toEqual([['sooner', true, undefined]]);
    const over = droop('over', 1, { startTime: at(bench, 10), duration: 20 });
    expect(await set(bench, over)).toEqual({ status: 'Accepted' });
    const under = droop('under', 7, { startTime: at(bench, 5), duration: 20 });
    expect(await set(bench, under)).toEqual({ status: 'Accepted', supersededIds: ['under'] });
    await bench.pass(11);
    expect(told(bench).slice(1)).toEqual([['over', true, ['sooner']]]);
    await bench.pass(100);
    // Of what was superseded no end is told.
    expect(told(bench).slice(2)).toEqual([['over', false, undefined]]);
    expect(bench.violations).toEqual([]);
  });

  it('reports in parts, with the id of the request and what was asked for (R04.FR.31 to FR.37)', async () => {
    const bench = await idle();
    for (let n = 0; n < 12; n++) await set(bench, standing(`d${n}`, 20 - n));
    await set(bench, curve('HFMustTrip', [{ x: 51.5, y: 0.2 }]));
    await set(bench, droop('s', 1, { startTime: at(bench, 100), duration: 20 }));
    const all = await reported(bench);
    expect(all.reports.map(({ requestId, tbc }) => [requestId, tbc])).toEqual([
      [5, true],
      [5, false],
    ]);
    const one = await reported(bench, { controlType: 'HFMustTrip' });
    const { curve: own } = curve('HFMustTrip', [{ x: 51.5, y: 0.2 }]);
    const state = { isDefault: true, isSuperseded: false };
    expect(one).toEqual({
      status: 'Accepted',
      reports: [
        { requestId: 5, tbc: false, curve: [{ id: 'HFMustTrip', curveType: 'HFMustTrip', ...state, curve: own }] },
      ],
    });
    expect(await reported(bench, { controlId: 's', isDefault: true })).toMatchObject({ status: 'NotFound' });
    const scheduled = await reported(bench, { isDefault: false });
    expect(scheduled.reports).toMatchObject([{ freqDroop: [{ id: 's', isDefault: false }] }]);
    expect(bench.violations).toEqual([]);
  });

  it('clears by id, by type, or all of a kind, after a reboot too (R01.FR.03, R04.FR.41 to FR.46)', async () => {
    const bench = await idle();
    const clear = async (request: JsonObject) => (await bench.ask('ClearDERControl', request)).status;
    await set(bench, standing('a', 1));
    await set(bench, curve('HFMustTrip', [{ x: 51.5, y: 0.2 }]));
    await set(bench, droop('s', 1, { startTime: at(bench, 100), duration: 20 }));
    await bench.ask('Reset', { type: 'Immediate' });
    bench.disconnect();
    await bench.connect();
    expect(await clear({ isDefault: true, controlId: 's' })).toBe('NotFound');
    expect(await clear({ isDefault: true, controlType: 'VoltVar' })).toBe('NotFound');
    expect(await clear({ isDefault: false, controlId: 's' })).toBe('Accepted');
    expect(await clear({ isDefault: true, controlType: 'HFMustTrip' })).toBe('Accepted');
    expect((await reported(bench)).reports).toMatchObject([{ freqDroop: [{ id: 'a' }] }]);
    expect(await clear({ isDefault: true })).toBe('Accepted');
    expect(await reported(bench)).toMatchObject({ status: 'NotFound' });
    await bench.pass(130);
    expect(told(bench)).toEqual([]);
  });
});
