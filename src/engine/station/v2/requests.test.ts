import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { ROOT_HASH_DATA, ROOT_PEM } from '../testing/certificates.ts';
import { type ControllerBench, controllerBench } from '../testing/controller-bench.ts';

type Version = '2.0.1' | '2.1';
const idToken = { idToken: 'REMOTE', type: 'Central' };

async function idle(version: Version): Promise<ControllerBench> {
  const bench = controllerBench(version, { session: 'none' });
  await bench.connect();
  return bench;
}
/** A transaction on EVSE 1, started by the CSMS, and its id. */
async function charging(version: Version): Promise<{ bench: ControllerBench; id: string }> {
  const bench = await idle(version);
  await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 42 });
  await bench.pass(20);
  return { bench, id: bench.controller.evses[0]?.transaction?.id ?? '' };
}
const profile = (more: JsonObject, period: JsonObject = { startPeriod: 0, limit: 5000 }) => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [period] }],
  ...more,
});
const power = ({ controller }: ControllerBench) => controller.evses[0]?.session.power ?? Number.NaN;
const latest = (bench: ControllerBench, evseId: number) =>
  bench.of('StatusNotification').findLast((one) => one.evseId === evseId)?.connectorStatus;

describe.each(['2.0.1', '2.1'] as const)('requests of the CSMS in %s', (version) => {
  it('starts and stops transactions (F01, F03)', async () => {
    const { bench, id } = await charging(version);
    expect(bench.of('TransactionEvent')[0]).toMatchObject({
      eventType: 'Started',
      triggerReason: 'RemoteStart',
      idToken,
      transactionInfo: { transactionId: id, remoteStartId: 42 },
    });
    expect(await bench.ask('GetTransactionStatus', { transactionId: id })).toEqual({
      ongoingIndicator: true,
      messagesInQueue: false,
    });
    expect((await bench.ask('RequestStartTransaction', { evseId: 1, idToken, remoteStartId: 1 })).status).toBe(
      'Rejected',
    );
    expect((await bench.ask('RequestStartTransaction', { evseId: 9, idToken, remoteStartId: 1 })).status).toBe(
      'Rejected',
    );
    expect((await bench.ask('RequestStopTransaction', { transactionId: 'other' })).status).toBe('Rejected');
    expect((await bench.ask('RequestStopTransaction', { transactionId: id })).status).toBe('Accepted');
    expect(bench.of('TransactionEvent').at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'RemoteStop',
      transactionInfo: { stoppedReason: 'Remote' },
    });
    expect((await bench.ask('GetTransactionStatus', { transactionId: id })).ongoingIndicator).toBe(false);
    expect(await bench.ask('GetTransactionStatus', {})).toEqual({ messagesInQueue: false });
    expect(bench.violations).toEqual([]);
  });

  it('reports in parts, after the answer, with the id of the request (B07)', async () => {
    const bench = await idle(version);
    expect(await bench.ask('GetBaseReport', { requestId: 7, reportBase: 'FullInventory' })).toEqual({
      status: 'Accepted',
    });
    const parts = bench.of('NotifyReport');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(({ seqNo }) => seqNo)).toEqual(parts.map((_, at) => at));
    expect(parts.map(({ tbc }) => tbc)).toEqual(parts.map((_, at) => at < parts.length - 1));
    expect(parts.every(({ requestId }) => requestId === 7)).toBe(true);
    const componentVariable = [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }];
    expect(await bench.ask('GetReport', { requestId: 8, componentVariable })).toEqual({ status: 'Accepted' });
    expect(bench.of('NotifyReport').at(-1)).toMatchObject({ requestId: 8, seqNo: 0, tbc: false });
    expect((await bench.ask('GetReport', { requestId: 9, componentCriteria: ['Problem'] })).status).toBe(
      'EmptyResultSet',
    );
    expect(bench.violations).toEqual([]);
  });

  it('answers one result for each variable, in order (B05.FR.01, B06.FR.01)', async () => {
    const bench = await idle(version);
    const data = [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
      { component: { name: 'Nothing' }, variable: { name: 'HeartbeatInterval' } },
    ];
    expect(await bench.ask('GetVariables', { getVariableData: data })).toEqual({
      getVariableResult: [
        { ...data[0], attributeType: 'Actual', attributeStatus: 'Accepted', attributeValue: '300' },
        { ...data[1], attributeType: 'Actual', attributeStatus: 'UnknownComponent' },
      ],
    });
    const setVariableData = data.map((one) => ({ ...one, attributeValue: '60' }));
    expect(await bench.ask('SetVariables', { setVariableData })).toMatchObject({
      setVariableResult: [{ attributeStatus: 'Accepted' }, { attributeStatus: 'UnknownComponent' }],
    });
  });

  it('resets at once: ends the transaction, restarts, and says why it boots (B12.FR.04)', async () => {
    const { bench } = await charging(version);
    expect((await bench.ask('Reset', { type: 'Immediate', evseId: 1 })).status).toBe('Rejected');
    expect(await bench.ask('Reset', { type: 'Immediate' })).toEqual({ status: 'Accepted' });
    expect(bench.of('TransactionEvent').at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'ResetCommand',
      transactionInfo: { stoppedReason: 'ImmediateReset' },
    });
    expect(bench.restarts()).toBe(1);
    bench.disconnect();
    await bench.connect();
    expect(bench.of('BootNotification')[1]).toMatchObject({ reason: 'RemoteReset' });
  });

  it('resets when idle: waits for the transaction to end (B12.FR.01)', async () => {
    const { bench, id } = await charging(version);
    expect(await bench.ask('Reset', { type: 'OnIdle' })).toEqual({ status: 'Scheduled' });
    expect((await bench.ask('RequestStartTransaction', { evseId: 2, idToken, remoteStartId: 1 })).status).toBe(
      'Rejected',
    );
    await bench.pass(60);
    expect(bench.restarts()).toBe(0);
    await bench.ask('RequestStopTransaction', { transactionId: id });
    await bench.pass(1);
    expect(bench.restarts()).toBe(1);
    bench.disconnect();
    await bench.connect();
    expect(bench.of('BootNotification')[1]).toMatchObject({ reason: 'ScheduledReset' });
  });

  it('restarts though the CSMS does not answer, and sends the rest after it (B12.FR.05)', async () => {
    const { bench } = await charging(version);
    bench.script.TransactionEvent = { kind: 'timeout' };
    await bench.ask('Reset', { type: 'Immediate' });
    await bench.pass(10);
    expect(bench.restarts()).toBe(1);
    bench.disconnect();
    bench.script.TransactionEvent = {};
    await bench.connect();
    expect(bench.of('TransactionEvent').at(-1)).toMatchObject({ eventType: 'Ended', offline: true });
  });

  it('limits the power by profiles, reports and clears them (K01, K09, K10)', async () => {
    const { bench, id } = await charging(version);
    const set = (chargingProfile: JsonObject, evseId = 1) =>
      bench.ask('SetChargingProfile', { evseId, chargingProfile });
    const code = async (answer: Promise<object>) =>
      ((await answer) as { statusInfo?: { reasonCode: string } }).statusInfo?.reasonCode;
    expect((await set(profile({}))).status).toBe('Accepted');
    await bench.pass(2);
    expect(power(bench)).toBeLessThanOrEqual(5000);
    expect(await code(set(profile({ id: 2 })))).toBe('DuplicateProfile');
    expect(await code(set(profile({}), 9))).toBe('UnknownEvse');
    expect(await code(set(profile({ chargingProfilePurpose: 'ChargingStationExternalConstraints' })))).toBe(
      'UnsupportedPurpose',
    );
    const tx = { id: 3, chargingProfilePurpose: 'TxProfile', transactionId: id };
    expect(await code(set(profile({ ...tx, transactionId: 'other' })))).toBe('TxNotFound');
    expect((await set(profile(tx, { startPeriod: 0, limit: 1000 }))).status).toBe('Accepted');
    await bench.pass(2);
    const changes = bench.of('TransactionEvent').filter((one) => one.triggerReason === 'ChargingStateChanged');
    expect(changes.at(-1)).toMatchObject({ transactionInfo: { chargingState: 'SuspendedEVSE' } });
    expect((await bench.ask('GetChargingProfiles', { requestId: 5, chargingProfile: {} })).status).toBe('Accepted');
    expect(bench.of('ReportChargingProfiles')).toEqual([
      {
        requestId: 5,
        chargingLimitSource: 'CSO',
        evseId: 1,
        tbc: false,
        chargingProfile: [profile({}), profile(tx, { startPeriod: 0, limit: 1000 })],
      },
    ]);
    const ask = { requestId: 5, chargingProfile: { chargingProfilePurpose: 'ChargingStationMaxProfile' } };
    expect((await bench.ask('GetChargingProfiles', ask)).status).toBe('NoProfiles');
    expect((await bench.ask('ClearChargingProfile', { chargingProfileId: 3 })).status).toBe('Accepted');
    expect((await bench.ask('ClearChargingProfile', { chargingProfileId: 3 })).status).toBe('Unknown');
    expect(bench.violations).toEqual([]);
  });

  it('changes availability now, or after the transaction (G03, G04)', async () => {
    const { bench, id } = await charging(version);
    const change = (operationalStatus: string, evse?: JsonObject) => {
      const request: JsonObject = evse ? { operationalStatus, evse } : { operationalStatus };
      return bench.ask('ChangeAvailability', request);
    };
    expect((await change('Inoperative', { id: 1 })).status).toBe('Scheduled');
    expect((await change('Inoperative', { id: 2, connectorId: 1 })).status).toBe('Accepted');
    expect((await change('Inoperative', { id: 2, connectorId: 2 })).status).toBe('Rejected');
    expect([latest(bench, 1), latest(bench, 2)]).toEqual(['Occupied', 'Unavailable']);
    await bench.ask('RequestStopTransaction', { transactionId: id });
    expect(latest(bench, 1)).toBe('Unavailable');
    // G04.FR.08: what was set for an EVSE itself remains when the station is operative again.
    await change('Inoperative');
    await change('Operative', { id: 1 });
    await change('Operative');
    await bench.pass(5);
    expect([latest(bench, 1), latest(bench, 2)]).toEqual(['Available', 'Unavailable']);
  });

  it('reserves an EVSE, and tells when the reservation ends (H01, H04)', async () => {
    const bench = await idle(version);
    const expiryDateTime = new Date(bench.controller.now() + 60_000).toISOString();
    const reserve = (more: JsonObject) =>
      bench.ask('ReserveNow', { id: 5, evseId: 1, expiryDateTime, idToken, ...more });
    expect((await reserve({})).status).toBe('Accepted');
    expect(latest(bench, 1)).toBe('Reserved');
    expect((await reserve({ id: 6 })).status).toBe('Occupied');
    expect((await bench.ask('ReserveNow', { id: 6, expiryDateTime, idToken })).status).toBe('Rejected');
    const other = { idToken: 'OTHER', type: 'Central' };
    const start = { evseId: 1, remoteStartId: 1 };
    expect((await bench.ask('RequestStartTransaction', { ...start, idToken: other })).status).toBe('Rejected');
    await bench.pass(60);
    expect(bench.of('ReservationStatusUpdate')).toEqual([{ reservationId: 5, reservationUpdateStatus: 'Expired' }]);
    expect(latest(bench, 1)).toBe('Available');
    await reserve({ id: 8, expiryDateTime: new Date(bench.controller.now() + 60_000).toISOString() });
    await bench.ask('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 1 } });
    expect(bench.of('ReservationStatusUpdate').at(-1)).toEqual({
      reservationId: 8,
      reservationUpdateStatus: 'Removed',
    });
    expect((await bench.ask('CancelReservation', { reservationId: 8 })).status).toBe('Rejected');
  });

  it('triggers messages (F06)', async () => {
    const { bench } = await charging(version);
    const trigger = (requestedMessage: string, evse?: JsonObject) => {
      const request: JsonObject = evse ? { requestedMessage, evse } : { requestedMessage };
      return bench.ask('TriggerMessage', request);
    };
    expect((await trigger('StatusNotification')).status).toBe('Rejected');
    expect((await trigger('StatusNotification', { id: 2, connectorId: 1 })).status).toBe('Accepted');
    expect((await trigger('TransactionEvent', { id: 2 })).status).toBe('Rejected');
    expect((await trigger('TransactionEvent')).status).toBe('Accepted');
    expect(bench.of('TransactionEvent').at(-1)).toMatchObject({
      triggerReason: 'Trigger',
      transactionInfo: { chargingState: 'Charging' },
    });
    expect((await trigger('MeterValues')).status).toBe('Accepted');
    expect(bench.of('MeterValues').map(({ evseId }) => evseId)).toEqual([1, 2]);
    await trigger('LogStatusNotification');
    await trigger('FirmwareStatusNotification');
    expect(bench.of('LogStatusNotification')).toEqual([{ status: 'Idle' }]);
    expect(bench.of('FirmwareStatusNotification')).toEqual([{ status: 'Idle' }]);
    expect((await trigger('SignCombinedCertificate')).status).toBe('NotImplemented');
    expect(bench.violations).toEqual([]);
  });

  it('unlocks, but not under an authorised transaction (F05)', async () => {
    const { bench } = await charging(version);
    const unlock = async (evseId: number, connectorId: number) =>
      (await bench.ask('UnlockConnector', { evseId, connectorId })).status;
    expect(await unlock(1, 1)).toBe('OngoingAuthorizedTransaction');
    expect(await unlock(2, 1)).toBe('Unlocked');
    expect(await unlock(2, 2)).toBe('UnknownConnector');
  });

  it('says how transfers of files went, with their request (L01.FR.10, N01.FR.07)', async () => {
    const bench = await idle(version);
    const log = { remoteLocation: 'https://example.com/' };
    expect(await bench.ask('GetLog', { logType: 'DiagnosticsLog', requestId: 3, log })).toMatchObject({
      status: 'Accepted',
    });
    const soon = new Date(bench.controller.now() + 10_000).toISOString();
    const firmware = { location: 'https://example.com/', retrieveDateTime: soon };
    expect(await bench.ask('UpdateFirmware', { requestId: 4, firmware })).toEqual({ status: 'Accepted' });
    await bench.pass(15);
    expect(bench.of('LogStatusNotification')).toEqual([
      { status: 'Uploading', requestId: 3 },
      { status: 'UploadFailure', requestId: 3 },
    ]);
    expect(bench.of('FirmwareStatusNotification')).toEqual([
      { status: 'DownloadScheduled', requestId: 4 },
      { status: 'Downloading', requestId: 4 },
      { status: 'DownloadFailed', requestId: 4 },
    ]);
  });

  it('tells what it knows of a customer (N09, N10)', async () => {
    const { bench, id } = await charging(version);
    const ask = (more: JsonObject) =>
      bench.ask('CustomerInformation', { requestId: 1, report: true, clear: false, ...more });
    expect((await ask({})).status).toBe('Invalid');
    expect((await ask({ idToken, report: false })).status).toBe('Rejected');
    expect((await ask({ idToken })).status).toBe('Accepted');
    expect((await ask({ customerIdentifier: 'nobody' })).status).toBe('Accepted');
    const data = bench.of('NotifyCustomerInformation').map((one) => one.data);
    expect(data).toEqual([`Transaction ${id} is running at EVSE 1.`, 'No data was found.']);
  });

  it('holds root certificates (M03, M04, M05)', async () => {
    const bench = await idle(version);
    const certificateType = 'CSMSRootCertificate';
    expect(await bench.ask('InstallCertificate', { certificateType, certificate: ROOT_PEM })).toEqual({
      status: 'Accepted',
    });
    expect(await bench.ask('GetInstalledCertificateIds', {})).toEqual({
      status: 'Accepted',
      certificateHashDataChain: [{ certificateType, certificateHashData: ROOT_HASH_DATA }],
    });
    expect(await bench.ask('DeleteCertificate', { certificateHashData: ROOT_HASH_DATA })).toEqual({
      status: 'Accepted',
    });
    expect(await bench.ask('GetInstalledCertificateIds', {})).toEqual({ status: 'NotFound' });
  });

  it('says of monitors what is unknown and that the rest is not supported (N04)', async () => {
    const bench = await idle(version);
    const monitor = { value: 1, type: 'Delta', severity: 5 };
    const setMonitoringData = [
      { ...monitor, component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } },
      { ...monitor, component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Nothing' } },
    ];
    expect(await bench.ask('SetVariableMonitoring', { setMonitoringData })).toMatchObject({
      setMonitoringResult: [{ status: 'UnsupportedMonitorType' }, { status: 'UnknownVariable' }],
    });
  });
});

describe('what 2.1 added', () => {
  it('refuses profiles that ask for what the station does not do', async () => {
    const bench = await idle('2.1');
    const code = async (chargingProfile: JsonObject) => {
      const answer = await bench.ask('SetChargingProfile', { evseId: 1, chargingProfile });
      return (answer.statusInfo as { reasonCode: string } | undefined)?.reasonCode;
    };
    const central = { startPeriod: 0, operationMode: 'CentralSetpoint' };
    expect(await code(profile({ stackLevel: 99 }))).toBe('InvalidStackLevel');
    expect(await code(profile({ chargingProfilePurpose: 'ChargingStationExternalConstraints' }))).toBe(
      'UnsupportedPurpose',
    );
    expect(await code(profile({}, { ...central }))).toBe('InvalidSchedule');
    expect(await code(profile({}, { ...central, setpoint: -750, limit: 1000, dischargeLimit: -500 }))).toBe(
      'InvalidSchedule',
    );
    expect(await code(profile({}, { startPeriod: 0, operationMode: 'LocalLoadBalancing' }))).toBe('UnsupportedParam');
    expect(await code(profile({}, { startPeriod: 0, operationMode: 'LocalFrequency' }))).toBe('NoFreqWattCurve');
    expect(await code(profile({}, { startPeriod: 0, limit: 1, setpointReactive: 5 }))).toBe('UnsupportedParam');
    expect(await code(profile({}, { startPeriod: 0, limit: 1, phaseToUse: 2 }))).toBe('UnsupportedParam');
    expect(await code(profile({ dynUpdateInterval: 5 }))).toBe('InvalidProfile');
    expect(await code(profile({ chargingProfileKind: 'Dynamic' }))).toBeUndefined();
  });

  it('does not resume transactions over a reset, and says so', async () => {
    const bench = await idle('2.1');
    expect((await bench.ask('Reset', { type: 'ImmediateAndResume' })).status).toBe('Rejected');
  });

  it('is unknown to 2.0.1', async () => {
    const bench = await idle('2.0.1');
    expect(await bench.ask('GetTariffs', { evseId: 1 })).toEqual({ error: 'NotImplemented' });
    expect(await bench.ask('__proto__', {})).toEqual({ error: 'NotImplemented' });
  });
});
