import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from '../../testing/controller-bench.ts';

const idToken = { idToken: 'REMOTE', type: 'Central' };

async function charging(version: '2.0.1' | '2.1', evseId: number) {
  const bench = controllerBench(version, {
    session: 'none',
    script: { NotifyEVChargingSchedule: { status: 'Accepted' } },
  });
  await bench.connect();
  await bench.ask('RequestStartTransaction', { evseId, idToken, remoteStartId: 42 });
  await bench.pass(15);
  return { bench, transactionId: bench.controller.evses[evseId - 1]?.transaction?.id ?? '' };
}
const power = (bench: ControllerBench, evseId = 1) => bench.controller.evses[evseId - 1]?.session.power ?? Number.NaN;
const trigger = async (bench: ControllerBench, customTrigger: string) =>
  (await bench.ask('TriggerMessage', { requestedMessage: 'CustomTrigger', customTrigger })).status;
const reasons = (bench: ControllerBench, reason: string) =>
  bench.of('TransactionEvent').filter(({ triggerReason }) => triggerReason === reason).length;
const set = (bench: ControllerBench, chargingProfile: JsonObject, evseId = 1) =>
  bench.ask('SetChargingProfile', { evseId, chargingProfile });
const setVariable = (bench: ControllerBench, name: string, attributeValue: string) =>
  bench.ask('SetVariables', {
    setVariableData: [{ component: { name: 'SmartChargingCtrlr' }, variable: { name }, attributeValue }],
  });
const schedule = (id: number, period: JsonObject, more: JsonObject = {}): JsonObject => ({
  id,
  chargingRateUnit: 'W',
  chargingSchedulePeriod: [{ startPeriod: 0, ...period }],
  ...more,
});
const profile = (schedules: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  id: 7,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Dynamic',
  chargingSchedule: [...schedules],
  ...more,
});
const tariffOf = (...levels: number[]): JsonObject => ({
  salesTariff: {
    id: 1,
    salesTariffEntry: levels.map((ePriceLevel, at) => ({ relativeTimeInterval: { start: 900 * at }, ePriceLevel })),
  },
});

describe('an energy management system beside the CSMS (2.1)', () => {
  it('limits the station, changes its limit and lets go, and the CSMS is told (K11, K13, K29.FR.04 to FR.06)', async () => {
    const { bench } = await charging('2.1', 1);
    expect(await trigger(bench, 'ClearedChargingLimit')).toBe('Rejected');
    expect(await trigger(bench, 'ExternalLimits')).toBe('Accepted');
    await bench.pass(3);
    expect(power(bench)).toBeLessThanOrEqual(6000);
    expect(await trigger(bench, 'ExternalLimits')).toBe('Accepted');
    await bench.pass(10);
    expect(power(bench)).toBeGreaterThan(8000);
    expect(power(bench)).toBeLessThanOrEqual(9000);
    await bench.ask('GetChargingProfiles', { requestId: 5, chargingProfile: { chargingLimitSource: ['EMS'] } });
    expect(bench.of('ReportChargingProfiles')).toMatchObject([
      {
        chargingLimitSource: 'EMS',
        evseId: 0,
        chargingProfile: [
          { id: -1, chargingProfilePurpose: 'ChargingStationExternalConstraints', chargingProfileKind: 'Dynamic' },
        ],
      },
    ]);
    // K10.FR.04: the CSMS cannot clear it.
    expect((await bench.ask('ClearChargingProfile', { chargingProfileId: -1 })).status).toBe('Unknown');
    expect(await trigger(bench, 'ClearedChargingLimit')).toBe('Accepted');
    await bench.pass(10);
    expect(power(bench)).toBeGreaterThan(10_000);
    expect(bench.of('NotifyChargingLimit').map(({ chargingSchedule }) => chargingSchedule)).toMatchObject([
      [{ chargingSchedulePeriod: [{ limit: 6000, operationMode: 'ExternalLimits' }] }],
      [{ chargingSchedulePeriod: [{ limit: 9000, operationMode: 'ExternalLimits' }] }],
    ]);
    expect(bench.of('ClearedChargingLimit')).toEqual([{ chargingLimitSource: 'EMS' }]);
    expect(reasons(bench, 'ChargingRateChanged')).toBe(3);
    expect(bench.violations).toEqual([]);
  });

  it('gives the value that a profile of the CSMS leaves to it, also where others are not allowed (K29.FR.03, K11.FR.07)', async () => {
    const { bench } = await charging('2.1', 1);
    await setVariable(bench, 'ExternalConstraintsProfileDisallowed', 'true');
    await setVariable(bench, 'NotifyChargingLimitWithSchedules', 'false');
    expect(await trigger(bench, 'ExternalSetpoint')).toBe('Rejected');
    const own = profile([schedule(1, { operationMode: 'ExternalSetpoint', limit: 11_000 })]);
    expect(await set(bench, own)).toEqual({ status: 'Accepted' });
    expect(await trigger(bench, 'ExternalLimits')).toBe('Rejected');
    expect(await trigger(bench, 'ExternalSetpoint')).toBe('Accepted');
    await bench.pass(15);
    expect(Math.abs(power(bench) - 5000)).toBeLessThan(150);
    expect(bench.of('NotifyChargingLimit')).toEqual([{ chargingLimit: { chargingLimitSource: 'EMS' } }]);
    const fixed = profile([schedule(1, { operationMode: 'ExternalLimits' })], { chargingProfileKind: 'Relative' });
    expect(await set(bench, fixed)).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'UnsupportedParam' },
    });
    expect(bench.violations).toEqual([]);
  });

  it.each([
    ['ExternalSystem', 5000],
    ['CSMS', 8000],
  ])('sets a setpoint beside that of the CSMS, of which %s counts (Q06.FR.20 to FR.22)', async (priority, expected) => {
    const { bench } = await charging('2.1', 1);
    await setVariable(bench, 'SetpointPriority', priority);
    await set(bench, profile([schedule(1, { operationMode: 'CentralSetpoint', setpoint: 8000, limit: 11_000 })]));
    await trigger(bench, 'ExternalSetpoint');
    await bench.pass(15);
    expect(Math.abs(power(bench) - expected)).toBeLessThan(200);
  });
});

describe('dynamic profiles', () => {
  it('are asked for updates as often as they say (K28.FR.08 to FR.10)', async () => {
    const { bench } = await charging('2.1', 1);
    bench.script.PullDynamicScheduleUpdate = { status: 'Accepted', scheduleUpdate: { limit: 7000 } };
    await set(bench, profile([schedule(1, { limit: 8000 })], { dynUpdateInterval: 10 }));
    await bench.pass(12);
    expect(bench.of('PullDynamicScheduleUpdate')).toEqual([{ chargingProfileId: 7 }]);
    expect(power(bench)).toBeLessThanOrEqual(7000);
    bench.script.PullDynamicScheduleUpdate = { status: 'Rejected' };
    await bench.pass(10);
    expect(bench.of('PullDynamicScheduleUpdate')).toHaveLength(2);
    expect(power(bench)).toBeGreaterThan(6500);
    await bench.ask('ClearChargingProfile', { chargingProfileId: 7 });
    await bench.pass(30);
    expect(bench.of('PullDynamicScheduleUpdate')).toHaveLength(2);
    expect(bench.violations).toEqual([]);
  });
});

describe.each(['2.0.1', '2.1'] as const)('several schedules to choose from in %s', (version) => {
  const choices = [
    schedule(1, { limit: 9000 }, tariffOf(3, 2)),
    schedule(2, { limit: 6000 }, tariffOf(1, 2)),
    schedule(3, { limit: 8000 }, tariffOf(2, 2)),
  ];
  const ofTransaction = (transactionId: string, schedules: readonly JsonObject[]) =>
    profile(schedules, { chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative', transactionId });

  it('the vehicle takes the cheapest, and the CSMS is told (K15.FR.07, FR.10, FR.21; K18)', async () => {
    const { bench, transactionId } = await charging(version, 2);
    expect(await set(bench, ofTransaction(transactionId, choices), 2)).toEqual({ status: 'Accepted' });
    await bench.pass(10);
    expect(power(bench, 2)).toBeLessThanOrEqual(6000);
    expect(power(bench, 2)).toBeGreaterThan(5500);
    const [told] = bench.of('NotifyEVChargingSchedule');
    expect(told).toMatchObject({ evseId: 2, chargingSchedule: schedule(2, { limit: 6000 }) });
    expect(told?.selectedChargingScheduleId).toBe(version === '2.1' ? 2 : undefined);
    const composite = await bench.ask('GetCompositeSchedule', { evseId: 2, duration: 60, chargingRateUnit: 'W' });
    expect(composite.schedule).toMatchObject({ chargingSchedulePeriod: [{ limit: 6000 }] });
    // One schedule leaves nothing to choose.
    await set(bench, ofTransaction(transactionId, choices.slice(0, 1)), 2);
    await bench.pass(10);
    expect(power(bench, 2)).toBeGreaterThan(8000);
    expect(bench.of('NotifyEVChargingSchedule')).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  it('are refused where no vehicle could choose (K01.FR.34)', async () => {
    const { bench, transactionId } = await charging(version, 2);
    const code = async (chargingProfile: JsonObject) =>
      ((await set(bench, chargingProfile, 2)).statusInfo as JsonObject | undefined)?.reasonCode;
    expect(await code(profile(choices, { chargingProfileKind: 'Relative' }))).toBe('InvalidSchedule');
    const setVariableData = [
      { component: { name: 'ISO15118Ctrlr' }, variable: { name: 'Enabled' }, attributeValue: 'false' },
    ];
    await bench.ask('SetVariables', { setVariableData });
    expect(await code(ofTransaction(transactionId, choices))).toBe('InvalidSchedule');
  });
});

it('refuses several schedules for a vehicle in dynamic control mode (K17.FR.19)', async () => {
  const { bench, transactionId } = await charging('2.1', 1);
  expect(bench.of('NotifyEVChargingNeeds')).toMatchObject([{ chargingNeeds: { controlMode: 'DynamicControl' } }]);
  const several = profile([schedule(1, { limit: 9000 }), schedule(2, { limit: 9000 })], {
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: 'Relative',
    transactionId,
  });
  expect(await set(bench, several)).toMatchObject({
    status: 'Rejected',
    statusInfo: { reasonCode: 'InvalidSchedule' },
  });
});

it('lets a driver charge with priority, and tells so (K22)', async () => {
  const { bench } = await charging('2.1', 1);
  expect(await trigger(bench, 'NotifyPriorityCharging')).toBe('Rejected');
  await set(
    bench,
    profile([schedule(1, { limit: 11_040 })], {
      chargingProfilePurpose: 'PriorityCharging',
      chargingProfileKind: 'Relative',
    }),
    0,
  );
  await trigger(bench, 'NotifyPriorityCharging');
  await trigger(bench, 'NotifyPriorityCharging');
  expect(bench.of('NotifyPriorityCharging').map(({ activated }) => activated)).toEqual([true, false]);
});
