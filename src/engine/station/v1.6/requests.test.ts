import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { ROOT_HASH_DATA, ROOT_PEM } from '../testing/certificates.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';

async function idle(): Promise<ControllerBench> {
  const bench = controllerBench('1.6', { session: 'none' });
  await bench.connect();
  return bench;
}
/** A transaction (101) on connector 1, started by the Central System. */
async function charging(): Promise<ControllerBench> {
  const bench = await idle();
  await bench.ask('RemoteStartTransaction', { connectorId: 1, idTag: 'REMOTE' });
  await bench.pass(20);
  return bench;
}
const profile = (more: JsonObject, period: JsonObject = { startPeriod: 0, limit: 5000 }) => ({
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [period] },
  ...more,
});
const power = ({ controller }: ControllerBench) => controller.evses[0]?.session.power ?? Number.NaN;
const latest = (bench: ControllerBench, connectorId: number) =>
  bench.of('StatusNotification').findLast((one) => one.connectorId === connectorId)?.status;

describe('requests of the Central System in 1.6', () => {
  it('starts and stops transactions', async () => {
    const bench = await charging();
    expect(bench.of('Authorize')).toEqual([{ idTag: 'REMOTE' }]);
    expect(bench.of('StartTransaction')[0]).toMatchObject({ connectorId: 1, idTag: 'REMOTE' });
    expect(await bench.ask('RemoteStopTransaction', { transactionId: 999 })).toEqual({ status: 'Rejected' });
    expect(await bench.ask('RemoteStopTransaction', { transactionId: 101 })).toEqual({ status: 'Accepted' });
    expect(bench.of('StopTransaction')[0]).toMatchObject({ transactionId: 101, reason: 'Remote' });
    expect(await bench.ask('RemoteStopTransaction', { transactionId: 101 })).toEqual({ status: 'Rejected' });
    expect(bench.violations).toEqual([]);
  });

  it('does not start on a connector that is busy or unknown, or with a profile that is no TxProfile', async () => {
    const bench = await charging();
    const start = (more: JsonObject) => bench.ask('RemoteStartTransaction', { idTag: 'X', ...more });
    expect((await start({ connectorId: 1 })).status).toBe('Rejected');
    expect((await start({ connectorId: 9 })).status).toBe('Rejected');
    expect((await start({ connectorId: 2, chargingProfile: profile({}) })).status).toBe('Rejected');
    expect((await start({})).status).toBe('Accepted');
    await bench.pass(5);
    expect(bench.controller.evses[1]?.transaction?.idToken.token).toBe('X');
  });

  it('applies the profile that comes with a remote start to its transaction', async () => {
    const bench = await idle();
    const chargingProfile = profile({ chargingProfilePurpose: 'TxProfile' });
    await bench.ask('RemoteStartTransaction', { connectorId: 1, idTag: 'A', chargingProfile });
    await bench.pass(20);
    expect(power(bench)).toBeLessThanOrEqual(5000);
    expect(power(bench)).toBeGreaterThan(4500);
    await bench.ask('RemoteStopTransaction', { transactionId: 101 });
    expect(bench.controller.profiles.list()).toEqual([]);
  });

  it('answers what the composite schedule is (5.7)', async () => {
    const bench = await charging();
    const ask = (connectorId: number) =>
      bench.ask('GetCompositeSchedule', { connectorId, duration: 600, chargingRateUnit: 'A' });
    const csChargingProfiles = profile({});
    await bench.ask('SetChargingProfile', { connectorId: 1, csChargingProfiles });
    expect(await ask(1)).toMatchObject({
      status: 'Accepted',
      connectorId: 1,
      scheduleStart: new Date(bench.controller.now()).toISOString(),
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7.2 }] },
    });
    expect(await ask(9)).toEqual({ status: 'Rejected' });
  });

  it('limits the power by profiles, replaces and clears them', async () => {
    const bench = await charging();
    expect(power(bench)).toBeGreaterThan(10_000);
    const set = (csChargingProfiles: JsonObject, connectorId = 1) =>
      bench.ask('SetChargingProfile', { connectorId, csChargingProfiles });
    expect(await set(profile({}))).toEqual({ status: 'Accepted' });
    await bench.pass(2);
    expect(power(bench)).toBeLessThanOrEqual(5000);
    // The same place on the stack: replaced (5.16).
    expect(await set(profile({ chargingProfileId: 2 }, { startPeriod: 0, limit: 1000 }))).toEqual({
      status: 'Accepted',
    });
    await bench.pass(2);
    expect(latest(bench, 1)).toBe('SuspendedEVSE');
    expect(bench.controller.profiles.list()).toHaveLength(1);
    expect(await bench.ask('ClearChargingProfile', { id: 1 })).toEqual({ status: 'Unknown' });
    expect(await bench.ask('ClearChargingProfile', { chargingProfilePurpose: 'TxDefaultProfile' })).toEqual({
      status: 'Accepted',
    });
    await bench.pass(10);
    expect(latest(bench, 1)).toBe('Charging');
    expect(power(bench)).toBeGreaterThan(10_000);
    const tx = { chargingProfilePurpose: 'TxProfile' };
    expect(await set(profile({ ...tx, transactionId: 101 }))).toEqual({ status: 'Accepted' });
    expect(await set(profile({ ...tx, transactionId: 5 }))).toEqual({ status: 'Rejected' });
    expect(await set(profile(tx), 2)).toEqual({ status: 'Rejected' });
    expect(await set(profile({ chargingProfilePurpose: 'ChargePointMaxProfile' }))).toEqual({ status: 'Rejected' });
    expect(await set(profile({}, { startPeriod: 5, limit: 1 }))).toEqual({ status: 'Rejected' });
  });

  it('changes availability now, or after the transaction', async () => {
    const bench = await charging();
    const change = (connectorId: number, type: string) => bench.ask('ChangeAvailability', { connectorId, type });
    expect((await change(1, 'Inoperative')).status).toBe('Scheduled');
    expect((await change(2, 'Inoperative')).status).toBe('Accepted');
    expect((await change(3, 'Inoperative')).status).toBe('Rejected');
    expect([latest(bench, 1), latest(bench, 2)]).toEqual(['Charging', 'Unavailable']);
    await bench.ask('RemoteStopTransaction', { transactionId: 101 });
    expect(latest(bench, 1)).toBe('Unavailable');
    expect((await bench.ask('RemoteStartTransaction', { idTag: 'A' })).status).toBe('Rejected');
    expect((await change(0, 'Operative')).status).toBe('Accepted');
    await bench.pass(5);
    expect([latest(bench, 0), latest(bench, 1), latest(bench, 2)]).toEqual(['Available', 'Available', 'Available']);
  });

  it('reserves a connector for one driver until the reservation ends', async () => {
    const bench = await idle();
    const expiryDate = new Date(bench.controller.now() + 60_000).toISOString();
    const reserve = (more: JsonObject) =>
      bench.ask('ReserveNow', { connectorId: 1, expiryDate, idTag: 'A', reservationId: 5, ...more });
    expect((await reserve({})).status).toBe('Accepted');
    expect(latest(bench, 1)).toBe('Reserved');
    expect((await reserve({ reservationId: 6 })).status).toBe('Occupied');
    expect((await reserve({ connectorId: 0, reservationId: 6 })).status).toBe('Rejected');
    expect((await bench.ask('RemoteStartTransaction', { connectorId: 1, idTag: 'B' })).status).toBe('Rejected');
    expect((await bench.ask('RemoteStartTransaction', { connectorId: 1, idTag: 'a' })).status).toBe('Accepted');
    await bench.pass(5);
    expect(bench.of('StartTransaction')[0]).toMatchObject({ reservationId: 5 });
    expect((await reserve({ connectorId: 2, reservationId: 7 })).status).toBe('Accepted');
    await bench.pass(60);
    expect(latest(bench, 2)).toBe('Available');
    expect((await bench.ask('CancelReservation', { reservationId: 7 })).status).toBe('Rejected');
  });

  it.each([
    ['Soft', 'SoftReset'],
    ['Hard', 'HardReset'],
  ])('resets (%s): ends the transaction, restarts and boots again', async (type, reason) => {
    const bench = await charging();
    expect(await bench.ask('Reset', { type })).toEqual({ status: 'Accepted' });
    expect(bench.of('StopTransaction')[0]).toMatchObject({ reason });
    expect(bench.restarts()).toBe(1);
    bench.disconnect();
    await bench.connect();
    expect(bench.of('BootNotification')).toHaveLength(2);
    expect(latest(bench, 1)).toBe('Available');
  });

  it('finishes the transaction before it unlocks the connector (5.18)', async () => {
    const bench = await charging();
    expect(await bench.ask('UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' });
    expect(bench.of('StopTransaction')[0]).toMatchObject({ reason: 'UnlockCommand' });
    expect(await bench.ask('UnlockConnector', { connectorId: 7 })).toEqual({ status: 'NotSupported' });
  });

  it('triggers messages', async () => {
    const bench = await charging();
    const trigger = (requestedMessage: string, connectorId?: number) =>
      bench.ask('TriggerMessage', connectorId === undefined ? { requestedMessage } : { requestedMessage, connectorId });
    const before = bench.sent.length;
    for (const message of ['DiagnosticsStatusNotification', 'FirmwareStatusNotification', 'Heartbeat']) {
      expect((await trigger(message)).status).toBe('Accepted');
    }
    await trigger('StatusNotification', 2);
    await trigger('MeterValues', 1);
    expect(bench.sent.slice(before).map(({ action }) => action)).toEqual([
      'DiagnosticsStatusNotification',
      'FirmwareStatusNotification',
      'Heartbeat',
      'StatusNotification',
      'MeterValues',
    ]);
    expect(bench.of('MeterValues').at(-1)).toMatchObject({ transactionId: 101 });
    expect((await trigger('Heartbeat', 9)).status).toBe('Rejected');
    await bench.ask('ExtendedTriggerMessage', { requestedMessage: 'LogStatusNotification' });
    expect(bench.of('LogStatusNotification')).toEqual([{ status: 'Idle' }]);
    expect(bench.violations).toEqual([]);
  });

  it('says how transfers of files went', async () => {
    const bench = await idle();
    await bench.ask('GetDiagnostics', { location: 'ftp://example.com/' });
    await bench.ask('UpdateFirmware', { location: 'ftp://example.com/', retrieveDate: '2026-01-01T00:00:00Z' });
    await bench.ask('GetLog', { logType: 'SecurityLog', requestId: 4, log: { remoteLocation: 'ftp://example.com/' } });
    await bench.pass(1);
    await bench.ask('TriggerMessage', { requestedMessage: 'FirmwareStatusNotification' });
    await bench.pass(5);
    const statuses = (action: string) => bench.of(action).map(({ status }) => status);
    expect(statuses('DiagnosticsStatusNotification')).toEqual(['Uploading', 'UploadFailed']);
    expect(statuses('FirmwareStatusNotification')).toEqual(['Downloading', 'Downloading', 'DownloadFailed']);
    expect(bench.of('LogStatusNotification')).toEqual([
      { status: 'Uploading', requestId: 4 },
      { status: 'UploadFailure', requestId: 4 },
    ]);
  });

  it('holds root certificates', async () => {
    const bench = await idle();
    const certificateType = 'CentralSystemRootCertificate';
    expect(await bench.ask('InstallCertificate', { certificateType, certificate: ROOT_PEM })).toEqual({
      status: 'Accepted',
    });
    expect(await bench.ask('GetInstalledCertificateIds', { certificateType })).toEqual({
      status: 'Accepted',
      certificateHashData: [ROOT_HASH_DATA],
    });
    expect(await bench.ask('DeleteCertificate', { certificateHashData: ROOT_HASH_DATA })).toEqual({
      status: 'Accepted',
    });
    expect(await bench.ask('DeleteCertificate', { certificateHashData: ROOT_HASH_DATA })).toEqual({
      status: 'NotFound',
    });
    expect(await bench.ask('GetInstalledCertificateIds', { certificateType })).toEqual({ status: 'NotFound' });
  });

  it('reports the keys asked for, and those it does not know', async () => {
    const bench = await idle();
    expect(await bench.ask('GetConfiguration', { key: ['HeartbeatInterval', 'Nothing'] })).toEqual({
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '300' }],
      unknownKey: ['Nothing'],
    });
  });
});
