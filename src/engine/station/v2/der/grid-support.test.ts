import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from '../../testing/controller-bench.ts';

const LIMITS = { limit: 11_000, dischargeLimit: -8000, operationMode: 'CentralSetpoint', startPeriod: 0 };

/** A transaction on EVSE 1 that follows a setpoint, in watts from the grid. */
async function following(setpoint: number, controls: readonly JsonObject[] = []): Promise<ControllerBench> {
  const bench = controllerBench('2.1', { session: 'none' });
  await bench.connect();
  const idToken = { idToken: 'REMOTE', type: 'Central' };
  await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
  await bench.pass(5);
  const chargingProfile = {
    id: 7,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ ...LIMITS, setpoint }] }],
  };
  expect(await bench.ask('SetChargingProfile', { evseId: 1, chargingProfile })).toEqual({ status: 'Accepted' });
  await bench.pass(10);
  for (const control of controls) expect(await bench.ask('SetDERControl', control)).toEqual({ status: 'Accepted' });
  return bench;
}
const standing = (controlType: string, setting: JsonObject): JsonObject => ({
  isDefault: true,
  controlId: controlType,
  controlType,
  ...setting,
});
const curve = (controlType: string, yUnit: string, points: [number, number][], more: JsonObject = {}) =>
  standing(controlType, { curve: { priority: 0, yUnit, curveData: points.map(([x, y]) => ({ x, y })), ...more } });
const droop = (responseTime = 0) =>
  standing('FreqDroop', {
    freqDroop: { priority: 0, overFreq: 50.2, underFreq: 49.8, overDroop: 0.04, underDroop: 0.04, responseTime },
  });
const trigger = async (bench: ControllerBench, name: string) =>
  (await bench.ask('TriggerMessage', { requestedMessage: 'CustomTrigger', customTrigger: name })).status;
const session = ({ controller }: ControllerBench) => {
  const [evse] = controller.evses;
  if (!evse) throw new Error('There is no EVSE.');
  return evse.session;
};
const alarms = (bench: ControllerBench) =>
  bench
    .of('NotifyDERAlarm')
    .map(({ controlType, gridEventFault, alarmEnded }) => [controlType, gridEventFault, alarmEnded ?? false]);

describe('what DER controls make of a vehicle', () => {
  it('gives less into a grid whose frequency is high, and tells so once (R05.FR.01, FR.02)', async () => {
    const bench = await following(-6000, [droop()]);
    await bench.pass(10);
    expect(Math.abs(session(bench).power - -6000)).toBeLessThan(150);
    expect(await trigger(bench, 'GridOverFrequency')).toBe('Accepted');
    await bench.pass(10);
    // 50.6 Hz is 0.4 Hz beyond the dead band, and 2 Hz (4 % of 50 Hz) would be all of 11,040 W.
    const beyond = session(bench).frequency - 50.2;
    expect(Math.abs(session(bench).power - 0)).toBeLessThan(150);
    expect(-6000 + (11_040 * beyond) / 2).toBeGreaterThan(-4140);
    await bench.pass(40);
    expect(Math.abs(session(bench).power - -6000)).toBeLessThan(150);
    expect(alarms(bench)).toEqual([
      ['FreqDroop', 'OverFrequency', false],
      ['FreqDroop', 'OverFrequency', true],
    ]);
    expect(bench.violations).toEqual([]);
  });

  it('follows a droop as fast as its response time says', async () => {
    const bench = await following(9000, [droop(10)]);
    await trigger(bench, 'GridUnderFrequency');
    await bench.pass(3);
    const early = session(bench).power;
    await bench.pass(20);
    const share = (49.8 - session(bench).frequency) / 2;
    expect(Math.abs(session(bench).power - (9000 - share * 11_040))).toBeLessThan(150);
    expect(early).toBeGreaterThan(session(bench).power + 500);
    expect(alarms(bench)).toEqual([['FreqDroop', 'UnderFrequency', false]]);
  });

  it('keeps what goes into the grid below a curve and a limit, the stricter one (R05.FR.03, FR.04)', async () => {
    const limit = standing('LimitMaxDischarge', { limitMaxDischarge: { priority: 0, pctMaxDischargePower: 50 } });
    const voltWatt = curve('VoltWatt', 'PctMaxW', [
      [240, 100],
      [250, 40],
    ]);
    const bench = await following(-7000, [limit, voltWatt]);
    await bench.pass(10);
    expect(Math.abs(session(bench).power - -5520)).toBeLessThan(150);
    await trigger(bench, 'GridOverVoltage');
    await bench.pass(5);
    expect(Math.abs(session(bench).power - -4416)).toBeLessThan(150);
    await bench.pass(40);
    expect(alarms(bench)).toEqual([
      ['LimitMaxDischarge', undefined, false],
      ['VoltWatt', 'OverVoltage', false],
      ['LimitMaxDischarge', undefined, false],
    ]);
    await bench.ask('RequestStopTransaction', {
      transactionId: bench.controller.evses[0]?.transaction?.id ?? '',
    });
    expect(alarms(bench).at(-1)).toEqual(['LimitMaxDischarge', undefined, true]);
    expect(bench.violations).toEqual([]);
  });

  it('holds on to a stricter bound until hysteresis lets it go', async () => {
    const hysteresis = { hysteresisHigh: 235, hysteresisDelay: 20, hysteresisGradient: 100 };
    const voltWatt = curve(
      'VoltWatt',
      'PctMaxW',
      [
        [240, 100],
        [250, 40],
      ],
      { hysteresis },
    );
    const bench = await following(-7000, [voltWatt]);
    await trigger(bench, 'GridOverVoltage');
    await bench.pass(40);
    expect(session(bench).voltage).toBeLessThan(235);
    expect(Math.abs(session(bench).power - -4416)).toBeLessThan(150);
    await bench.pass(20);
    expect(Math.abs(session(bench).power - -7000)).toBeLessThan(150);
  });

  it('trips after the time of a curve, and enters service when it may (R04, scenario 3)', async () => {
    const trip = curve('HFMustTrip', 'Not_Applicable', [[50.4, 5]]);
    const enterService = standing('EnterService', {
      enterService: { priority: 0, highVoltage: 250, lowVoltage: 200, highFreq: 50.1, lowFreq: 49.9, delay: 20 },
    });
    const bench = await following(6000, [trip, enterService]);
    await trigger(bench, 'GridOverFrequency');
    await bench.pass(5);
    expect(session(bench).power).toBeGreaterThan(5000);
    await bench.pass(5);
    expect(session(bench)).toMatchObject({ power: 0, phase: 'suspended-evse' });
    await bench.pass(35);
    expect(session(bench).power).toBe(0);
    await bench.pass(20);
    expect(Math.abs(session(bench).power - 6000)).toBeLessThan(150);
    expect(alarms(bench)).toEqual([
      ['HFMustTrip', 'OverFrequency', false],
      ['HFMustTrip', 'OverFrequency', true],
    ]);
  });

  it('ceases for a moment alone where a curve says so, and comes back on the soft ramp', async () => {
    const cease = curve('LVMomCess', 'Not_Applicable', [[210, 0]]);
    const gradients = standing('Gradients', { gradient: { priority: 0, gradient: 1, softGradient: 30 } });
    const bench = await following(9000, [cease, gradients]);
    await bench.pass(40);
    expect(Math.abs(session(bench).power - 9000)).toBeLessThan(150);
    await trigger(bench, 'GridUnderVoltage');
    await bench.pass(5);
    expect(session(bench).power).toBe(0);
    await bench.pass(32);
    // 11,040 W would take 30 s.
    expect(session(bench).power).toBeLessThan(6000);
    await bench.pass(30);
    expect(Math.abs(session(bench).power - 9000)).toBeLessThan(150);
    expect(alarms(bench).at(0)).toEqual(['LVMomCess', 'UnderVoltage', false]);
    expect(alarms(bench).at(-1)?.[2]).toBe(true);
  });

  it.each([
    ['FixedVar', standing('FixedVar', { fixedVar: { priority: 0, setpoint: 50, unit: 'PctMaxVar' } }), -2429],
    [
      'FixedPFAbsorb',
      standing('FixedPFAbsorb', { fixedPFAbsorb: { priority: 0, displacement: 0.9, excitation: true } }),
      2906,
    ],
    [
      'VoltVar',
      curve('VoltVar', 'PctMaxVar', [
        [200, -40],
        [260, -40],
      ]),
      1943,
    ],
    [
      'WattVar',
      curve('WattVar', 'PctMaxVar', [
        [-100, -20],
        [100, -20],
      ]),
      972,
    ],
    [
      'WattPF',
      curve('WattPF', 'Not_Applicable', [
        [-100, 0.9],
        [100, 0.9],
      ]),
      2906,
    ],
  ])('gives or takes reactive power by %s, and measures it', async (_, control, reactive) => {
    const bench = await following(6000, [control]);
    const component = { name: 'SampledDataCtrlr' };
    const variable = { name: 'TxUpdatedMeasurands' };
    const attributeValue = 'Power.Reactive.Import,Power.Reactive.Export';
    await bench.ask('SetVariables', { setVariableData: [{ component, variable, attributeValue }] });
    await bench.pass(15);
    expect(Math.abs(session(bench).power - 6000)).toBeLessThan(150);
    expect(Math.abs(session(bench).reactive - reactive)).toBeLessThan(25);
    const { meterValue } = bench.of('TransactionEvent').at(-1) ?? {};
    const measured = { unitOfMeasure: { unit: 'var' } };
    const sampledValue = [
      { ...measured, measurand: 'Power.Reactive.Import', value: expect.closeTo(Math.max(0, reactive), -2) },
      { ...measured, measurand: 'Power.Reactive.Export', value: expect.closeTo(Math.max(0, -reactive), -2) },
    ];
    expect(meterValue).toMatchObject([{ sampledValue }]);
    expect(alarms(bench)).toEqual([]);
    expect(bench.violations).toEqual([]);
  });

  it('knows the triggers that it lists, and no others (F06.FR.18, FR.19)', async () => {
    const bench = controllerBench('2.1', { session: 'none' });
    await bench.connect();
    expect(await trigger(bench, 'GridOverFrequency')).toBe('Rejected');
    expect(await trigger(bench, 'toString')).toBe('NotImplemented');
  });
});
