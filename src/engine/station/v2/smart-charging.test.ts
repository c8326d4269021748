import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';

const LIMITS = { limit: 11_000, dischargeLimit: -8000 };
const CENTRAL = { startPeriod: 0, operationMode: 'CentralSetpoint', ...LIMITS };

async function charging(version: '2.0.1' | '2.1' = '2.1') {
  const bench = controllerBench(version, { session: 'none' });
  await bench.connect();
  const idToken = { idToken: 'REMOTE', type: 'Central' };
  await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
  await bench.pass(20);
  return { bench, transactionId: bench.controller.evses[0]?.transaction?.id ?? '' };
}

function profile(transactionId: string, period: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    id: 7,
    stackLevel: 0,
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: 'Relative',
    transactionId,
    chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [period] }],
    ...more,
  };
}

const session = ({ controller }: ControllerBench) => {
  const [evse] = controller.evses;
  if (!evse) throw new Error('There is no EVSE.');
  return evse.session;
};
const set = (bench: ControllerBench, chargingProfile: JsonObject, evseId = 1) =>
  bench.ask('SetChargingProfile', { evseId, chargingProfile });
const measured = (bench: ControllerBench, measurand: string) => {
  const meterValue = (bench.of('TransactionEvent').at(-1)?.meterValue as JsonObject[] | undefined)?.[0];
  const values = meterValue?.sampledValue as JsonObject[];
  return values.filter((value) => value.measurand === measurand).map(({ value }) => value as number);
};

describe('smart charging', () => {
  it('follows a setpoint into discharging, and measures it', async () => {
    const { bench, transactionId } = await charging();
    expect(await set(bench, profile(transactionId, { ...CENTRAL, setpoint: -6000 }))).toEqual({ status: 'Accepted' });
    const before = session(bench);
    await bench.pass(40);
    expect(session(bench).power).toBeCloseTo(-6000, -2);
    expect(session(bench).soc).toBeLessThan(before.soc);
    expect(measured(bench, 'Power.Active.Import')).toEqual([0]);
    expect(measured(bench, 'Power.Active.Export')[0]).toBeCloseTo(6000, -2);
    expect(measured(bench, 'Current.Export')).toHaveLength(3);
    expect(measured(bench, 'Energy.Active.Export.Register')[0]).toBeGreaterThan(before.exportWh);
    const modes = bench.of('TransactionEvent').filter((one) => one.triggerReason === 'OperationModeChanged');
    expect(modes).toMatchObject([{ transactionInfo: { operationMode: 'CentralSetpoint' } }]);
    expect(bench.violations).toEqual([]);
  });

  it('follows updates of a dynamic profile, and reports them (K28)', async () => {
    const { bench, transactionId } = await charging();
    const dynamic = { chargingProfileKind: 'Dynamic' };
    await set(bench, profile(transactionId, { ...CENTRAL, setpoint: 5000 }, dynamic));
    await bench.pass(10);
    expect(session(bench).power).toBeCloseTo(5000, -2);
    const update = { chargingProfileId: 7, scheduleUpdate: { setpoint: 8000 } };
    expect(await bench.ask('UpdateDynamicSchedule', update)).toEqual({ status: 'Accepted' });
    await bench.pass(10);
    expect(session(bench).power).toBeCloseTo(8000, -2);
    await bench.ask('GetChargingProfiles', { requestId: 1, chargingProfile: {} });
    expect(bench.of('ReportChargingProfiles')).toMatchObject([
      { chargingProfile: [{ chargingSchedule: [{ chargingSchedulePeriod: [{ setpoint: 8000, ...LIMITS }] }] }] },
    ]);
    expect(await bench.ask('UpdateDynamicSchedule', { ...update, chargingProfileId: 8 })).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'InvalidProfile' },
    });
  });

  it('answers what the composite schedule is, for an EVSE and for the station (K08)', async () => {
    const { bench, transactionId } = await charging();
    const ask = (evseId: number, chargingRateUnit = 'W') =>
      bench.ask('GetCompositeSchedule', { evseId, duration: 600, chargingRateUnit });
    const schedule = async (evseId: number, unit?: string) => (await ask(evseId, unit)).schedule;
    expect(await schedule(1)).toMatchObject({ chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_040 }] });
    await set(bench, profile(transactionId, { startPeriod: 0, limit: 6900, numberPhases: 3 }));
    expect(await schedule(1)).toMatchObject({
      evseId: 1,
      duration: 600,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 6900, numberPhases: 3 }],
    });
    expect(await schedule(1, 'A')).toMatchObject({ chargingSchedulePeriod: [{ limit: 10 }] });
    const start = new Date(bench.controller.now()).toISOString();
    const maximum = {
      id: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'ChargingStationMaxProfile',
      chargingProfileKind: 'Absolute',
      chargingSchedule: [
        {
          id: 1,
          startSchedule: start,
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [
            { startPeriod: 0, limit: 9000 },
            { startPeriod: 300, limit: 5000 },
          ],
        },
      ],
    };
    expect(await set(bench, maximum, 0)).toEqual({ status: 'Accepted' });
    expect(await schedule(0)).toMatchObject({
      evseId: 0,
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 9000 },
        { startPeriod: 300, limit: 5000 },
      ],
    });
    expect(await ask(9)).toMatchObject({ status: 'Rejected', statusInfo: { reasonCode: 'UnknownEvse' } });
    await bench.pass(310);
    expect(session(bench).power).toBeLessThanOrEqual(5000);
    expect(session(bench).power).toBeGreaterThan(4500);
  });

  it('charges with priority while the CSMS asks for it (K21)', async () => {
    const { bench, transactionId } = await charging();
    await set(bench, profile(transactionId, { startPeriod: 0, limit: 5000 }));
    const use = (activate: boolean, id = transactionId) =>
      bench.ask('UsePriorityCharging', { transactionId: id, activate });
    expect(await use(true)).toMatchObject({ status: 'NoProfile' });
    expect(await use(true, 'other')).toMatchObject({ status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } });
    const { transactionId: _, ...priority } = profile(
      transactionId,
      { startPeriod: 0, limit: 11_040 },
      { id: 8, chargingProfilePurpose: 'PriorityCharging' },
    );
    expect(await set(bench, priority, 0)).toEqual({ status: 'Accepted' });
    expect(await use(true)).toEqual({ status: 'Accepted' });
    await bench.pass(10);
    expect(session(bench).power).toBeGreaterThan(9000);
    expect(await use(false)).toEqual({ status: 'Accepted' });
    await bench.pass(2);
    expect(session(bench).power).toBeLessThanOrEqual(5000);
    expect(bench.of('NotifyPriorityCharging').map(({ activated }) => activated)).toEqual([true, false]);
    expect(bench.violations).toEqual([]);
  });

  it('supports the frequency of the grid, with signals (Q08)', async () => {
    const { bench, transactionId } = await charging();
    const signal = () =>
      bench.ask('AFRRSignal', { timestamp: new Date(bench.controller.now()).toISOString(), signal: 100 });
    expect(await signal()).toMatchObject({ status: 'Rejected', statusInfo: { reasonCode: 'NoSignalWattCurve' } });
    const flat = [
      { frequency: 49, power: 0 },
      { frequency: 51, power: 0 },
    ];
    const period = {
      startPeriod: 0,
      operationMode: 'LocalFrequency',
      v2xBaseline: 5000,
      v2xFreqWattCurve: flat,
      v2xSignalWattCurve: [
        { signal: 0, power: 0 },
        { signal: 100, power: 3000 },
      ],
    };
    expect(await set(bench, profile(transactionId, period))).toEqual({ status: 'Accepted' });
    await bench.pass(10);
    expect(session(bench).power).toBeCloseTo(5000, -2);
    expect(await signal()).toEqual({ status: 'Accepted' });
    await bench.pass(10);
    expect(session(bench).power).toBeCloseTo(8000, -2);
  });

  it.each(['2.0.1', '2.1'] as const)('tells in %s what the vehicle needs', async (version) => {
    const { bench } = await charging(version);
    const transfer = version === '2.1' ? 'AC_BPT_DER' : 'AC_three_phase';
    expect(bench.of('NotifyEVChargingNeeds')).toMatchObject([
      { evseId: 1, chargingNeeds: { requestedEnergyTransfer: transfer } },
    ]);
    const setVariableData = [
      { component: { name: 'ISO15118Ctrlr' }, variable: { name: 'Enabled' }, attributeValue: 'false' },
    ];
    await bench.ask('SetVariables', { setVariableData });
    const idToken = { idToken: 'REMOTE', type: 'Central' };
    await bench.ask('RequestStartTransaction', { evseId: 2, idToken, remoteStartId: 43 });
    await bench.pass(20);
    expect(bench.of('NotifyEVChargingNeeds')).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });
});
