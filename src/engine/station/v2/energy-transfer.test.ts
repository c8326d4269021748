import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';

const idToken = { idToken: 'REMOTE', type: 'Central' };

async function discharging(allowedEnergyTransfer?: string[]) {
  const Authorize: JsonObject = {
    idTokenInfo: { status: 'Accepted' },
    ...(allowedEnergyTransfer && { allowedEnergyTransfer }),
  };
  const bench = controllerBench('2.1', { session: 'none', script: { Authorize } });
  await bench.connect();
  await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
  await bench.pass(5);
  const period = {
    startPeriod: 0,
    operationMode: 'CentralSetpoint',
    limit: 11_000,
    dischargeLimit: -8000,
    setpoint: -6000,
  };
  const chargingProfile = {
    id: 7,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [period] }],
  };
  expect(await bench.ask('SetChargingProfile', { evseId: 1, chargingProfile })).toEqual({ status: 'Accepted' });
  await bench.pass(15);
  return { bench, transactionId: bench.controller.evses[0]?.transaction?.id ?? '' };
}
const power = ({ controller }: ControllerBench) => controller.evses[0]?.session.power ?? Number.NaN;
const requested = (bench: ControllerBench) =>
  bench.of('NotifyEVChargingNeeds').map(({ chargingNeeds }) => (chargingNeeds as JsonObject).requestedEnergyTransfer);

describe('the transfer of energy that a vehicle asks for (2.1)', () => {
  it('is the best that the CSMS allows, and gives nothing back where that is to charge alone (Q01.FR.01, Q02)', async () => {
    const { bench, transactionId } = await discharging(['AC_three_phase', 'DC']);
    expect(requested(bench)).toEqual(['AC_three_phase']);
    expect(power(bench)).toBeGreaterThanOrEqual(0);
    const allow = async (id: string) =>
      (
        await bench.ask('NotifyAllowedEnergyTransfer', {
          transactionId: id,
          allowedEnergyTransfer: ['AC_three_phase', 'AC_BPT'],
        })
      ).status;
    expect(await allow('other')).toBe('Rejected');
    expect(await allow(transactionId)).toBe('Accepted');
    expect(requested(bench)).toEqual(['AC_three_phase', 'AC_BPT']);
    await bench.pass(15);
    expect(power(bench)).toBeLessThan(-5500);
    expect(bench.violations).toEqual([]);
  });

  it('is anything where the CSMS says nothing of it', async () => {
    const { bench } = await discharging();
    expect(requested(bench)).toEqual(['AC_BPT_DER']);
    expect(power(bench)).toBeLessThan(-5500);
  });

  it('ends the transaction where the CSMS rejects it (K18.FR.23, Q01.FR.06)', async () => {
    const bench = controllerBench('2.1', {
      session: 'none',
      script: { NotifyEVChargingNeeds: { status: 'Rejected' } },
    });
    await bench.connect();
    await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
    await bench.pass(5);
    expect(bench.of('TransactionEvent').at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'AbnormalCondition',
      transactionInfo: { stoppedReason: 'ReqEnergyTransferRejected' },
    });
    expect(bench.violations).toEqual([]);
  });
});
