import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import { type ControllerBench, controllerBench } from './testing/controller-bench.ts';

const V2 = ['2.0.1', '2.1'] as const;

async function charging(version: '1.6' | '2.0.1' | '2.1', options = {}): Promise<ControllerBench> {
  const bench = controllerBench(version, options);
  await bench.connect();
  // Pause 5 s, plugged in for 3 s.
  await bench.pass(10);
  return bench;
}
function path(value: unknown, ...names: (string | number)[]): unknown {
  return names.reduce<unknown>((one, name) => (one as Record<string, unknown> | undefined)?.[name], value);
}
function reading(payload: JsonObject, measurand: string): number {
  const sampled = path(payload, 'meterValue', 0, 'sampledValue') as { measurand: string; value: unknown }[];
  return Number(sampled.find((one) => one.measurand === measurand)?.value);
}

describe('a session in 1.6', () => {
  it('goes through its statuses and transaction, again and again', async () => {
    const bench = await charging('1.6');
    await bench.pass(60);
    const statuses = bench.of('StatusNotification').filter(({ connectorId }) => connectorId === 1);
    expect(statuses.map(({ status }) => status).slice(0, 6)).toEqual([
      'Available',
      'Preparing',
      'Charging',
      'Finishing',
      'Available',
      'Preparing',
    ]);
    const order = bench.sent.map(({ action }) => action).filter((action) => action !== 'StatusNotification');
    expect(order.slice(0, 7)).toEqual([
      'BootNotification',
      'Authorize',
      'StartTransaction',
      'MeterValues',
      'MeterValues',
      'MeterValues',
      'StopTransaction',
    ]);
    const [start] = bench.of('StartTransaction');
    const [stop] = bench.of('StopTransaction');
    expect(start).toMatchObject({ connectorId: 1, idTag: 'VISITOR' });
    expect(stop).toMatchObject({ transactionId: 101, reason: 'Local', idTag: 'VISITOR' });
    expect(Number(stop?.meterStop)).toBeGreaterThan(Number(start?.meterStart));
    expect(
      bench
        .of('MeterValues')
        .slice(0, 3)
        .map(({ transactionId }) => transactionId),
    ).toEqual([101, 101, 101]);
    expect(bench.violations).toEqual([]);
  });

  it('reports energy that only rises, by as much as the power says', async () => {
    const bench = await charging('1.6');
    await bench.pass(30);
    const [first, second, third] = bench.of('MeterValues');
    const energy = [first, second, third].map((one) => reading(one ?? {}, 'Energy.Active.Import.Register'));
    expect(energy[1]).toBeGreaterThan(energy[0] ?? Number.NaN);
    const expected = (reading(second ?? {}, 'Power.Active.Import') * 10) / 3600;
    expect((energy[2] ?? 0) - (energy[1] ?? 0)).toBeCloseTo(expected, 0);
  });

  it('calls a transaction -1 whose start could not be delivered (errata 3.18)', async () => {
    const error = { kind: 'error', errorCode: 'InternalError', errorDescription: '', errorDetails: {} } as const;
    const bench = await charging('1.6', {
      script: {
        StartTransaction() {
          return error;
        },
      },
    });
    await bench.pass(40);
    const attempts = bench.sent.filter(({ action }) => action === 'StartTransaction');
    expect(attempts.slice(0, 3).map(({ at }) => at - (attempts[0]?.at ?? 0))).toEqual([0, 10, 30]);
    expect(attempts.filter(({ payload }) => payload === attempts[0]?.payload)).toHaveLength(3);
    expect(bench.of('StopTransaction')[0]).toMatchObject({ transactionId: -1 });
    expect(bench.violations).toEqual([]);
  });

  it('stops where the Central System does not accept the identifier after all', async () => {
    const bench = await charging('1.6', {
      script: { StartTransaction: { transactionId: 7, idTagInfo: { status: 'Blocked' } } },
    });
    expect(bench.of('StopTransaction')[0]).toMatchObject({ transactionId: 7, reason: 'DeAuthorized' });
  });

  it('adds readings of the transaction to its end where it is told to', async () => {
    const bench = controllerBench('1.6');
    await bench.connect();
    await bench.ask('ChangeConfiguration', { key: 'StopTxnSampledData', value: 'Energy.Active.Import.Register' });
    await bench.pass(45);
    expect(path(bench.of('StopTransaction')[0], 'transactionData')).toMatchObject([
      { sampledValue: [{ context: 'Transaction.Begin' }] },
      { sampledValue: [{ context: 'Transaction.End' }] },
    ]);
    expect(bench.violations).toEqual([]);
  });
});

describe.each(V2)('a session in %s', (version) => {
  it('is one transaction with its events in sequence', async () => {
    const bench = await charging(version);
    await bench.pass(45);
    const events = bench.of('TransactionEvent');
    const id = path(events[0], 'transactionInfo', 'transactionId');
    const first = events.filter((one) => path(one, 'transactionInfo', 'transactionId') === id);
    expect(first.map(({ eventType, triggerReason }) => `${eventType} ${triggerReason}`)).toEqual([
      'Started Authorized',
      'Updated ChargingStateChanged',
      'Updated MeterValuePeriodic',
      'Updated MeterValuePeriodic',
      'Updated MeterValuePeriodic',
      'Ended StopAuthorized',
    ]);
    expect(first.map(({ seqNo }) => seqNo)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(first[0]).toMatchObject({ evse: { id: 1, connectorId: 1 }, idToken: { idToken: 'VISITOR' } });
    expect(first[1]).toMatchObject({ transactionInfo: { chargingState: 'Charging' }, numberOfPhasesUsed: 3 });
    expect(first[5]).toMatchObject({ transactionInfo: { stoppedReason: 'Local', timeSpentCharging: 35 } });
    expect(path(first[5], 'meterValue', 0, 'sampledValue', 0, 'context')).toBe('Transaction.End');
    expect(bench.violations).toEqual([]);
  });

  it('queues what occurs offline and delivers it in order, marked (E12.FR.01, FR.02)', async () => {
    const bench = await charging(version);
    bench.disconnect();
    const before = bench.of('TransactionEvent').length;
    await bench.pass(40);
    expect(bench.of('TransactionEvent')).toHaveLength(before);
    await bench.connect();
    const late = bench.of('TransactionEvent').slice(before);
    expect(late.map(({ offline }) => offline)).toEqual(late.map(() => true));
    expect(late.map(({ seqNo }) => seqNo)).toEqual([2, 3, 4, 5]);
    expect(late.at(-1)).toMatchObject({ eventType: 'Ended' });
    expect(bench.violations).toEqual([]);
  });

  it('reports after being offline what has changed, and everything after a long time (B04)', async () => {
    const bench = controllerBench(version, { session: 'none' });
    await bench.connect();
    bench.disconnect();
    await bench.pass(59);
    await bench.connect();
    expect(bench.of('StatusNotification')).toHaveLength(2);
    bench.disconnect();
    await bench.pass(61);
    await bench.connect();
    expect(bench.of('StatusNotification')).toHaveLength(4);
  });

  it('stops where the CSMS does not accept the identifier after all (E05)', async () => {
    const bench = await charging(version, {
      script: { TransactionEvent: { idTokenInfo: { status: 'Blocked' } } },
    });
    expect(bench.of('TransactionEvent').at(-1)).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'Deauthorized',
      transactionInfo: { stoppedReason: 'DeAuthorized' },
    });
  });

  it('does not start where the driver is not authorised', async () => {
    const bench = await charging(version, { script: { Authorize: { idTokenInfo: { status: 'Invalid' } } } });
    await bench.pass(10);
    expect(bench.of('TransactionEvent')).toEqual([]);
    expect(bench.of('StatusNotification').map(({ connectorStatus }) => connectorStatus)).toContain('Occupied');
  });
});

describe('offline', () => {
  it('charges drivers of the local list alone', async () => {
    const bench = controllerBench('2.0.1');
    await bench.connect();
    bench.disconnect();
    await bench.pass(60);
    await bench.connect();
    expect(bench.of('TransactionEvent').filter(({ offline }) => offline)).toEqual([]);
    const localAuthorizationList = [
      { idToken: { idToken: 'visitor', type: 'ISO14443' }, idTokenInfo: { status: 'Accepted' } },
    ];
    const list = { versionNumber: 1, updateType: 'Full', localAuthorizationList };
    expect(await bench.ask('SendLocalList', list)).toEqual({ status: 'Accepted' });
    bench.disconnect();
    await bench.pass(60);
    await bench.connect();
    expect(bench.of('TransactionEvent').filter(({ offline }) => offline)[0]).toMatchObject({ eventType: 'Started' });
  });
});
