import { describe, expect, it } from 'vitest';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import { CSMS_AHEAD, controllerBench, type Script } from './testing/controller-bench.ts';

const PENDING: Script = {
  BootNotification: { status: 'Pending', interval: 40, currentTime: '2026-01-01T00:00:00Z' },
};
const REJECTED: Script = {
  BootNotification: { status: 'Rejected', interval: 40, currentTime: '2026-01-01T00:00:00Z' },
};

describe.each(OCPP_VERSIONS)('registration in %s', (version) => {
  it('boots first, then reports every connector and takes the clock of the CSMS over', async () => {
    const { connect, sent, clock, violations } = controllerBench(version, { session: 'none' });
    await connect();
    expect(sent[0]?.action).toBe('BootNotification');
    const reported = sent.slice(1);
    expect(reported.map(({ action }) => action)).toEqual(
      Array.from({ length: version === '1.6' ? 3 : 2 }, () => 'StatusNotification'),
    );
    const { timestamp } = reported[0]?.payload ?? {};
    expect(Date.parse(String(timestamp))).toBe(clock.now().wall + CSMS_AHEAD);
    expect(violations).toEqual([]);
  });

  it('sends heartbeats at the interval given (B01.FR.04, 1.6 4.2)', async () => {
    const bench = controllerBench(version, { session: 'none' });
    await bench.connect();
    await bench.pass(299);
    expect(bench.of('Heartbeat')).toHaveLength(0);
    await bench.pass(601);
    expect(bench.of('Heartbeat')).toHaveLength(3);
  });

  it('keeps its own interval where the CSMS gives 0', async () => {
    const bench = controllerBench(version, {
      session: 'none',
      script: { BootNotification: { status: 'Accepted', interval: 0, currentTime: '2026-01-01T00:00:00Z' } },
    });
    await bench.connect();
    await bench.pass(300);
    expect(bench.of('Heartbeat')).toHaveLength(1);
  });

  it.each([
    ['Pending', PENDING],
    ['Rejected', REJECTED],
  ])('while %s sends nothing but the next BootNotification after the interval', async (_status, script) => {
    const bench = controllerBench(version, { script });
    await bench.connect();
    await bench.pass(39);
    expect(bench.sent).toHaveLength(1);
    await bench.pass(1);
    expect(bench.sent.map(({ action }) => action)).toEqual(['BootNotification', 'BootNotification']);
  });

  it('chooses an interval of its own where none is given, or no answer comes (B02.FR.07)', async () => {
    let answers = 0;
    const bench = controllerBench(version, {
      script: {
        BootNotification() {
          const pending = { status: 'Pending', interval: 0, currentTime: '2026-01-01T00:00:00Z' };
          return answers++ === 0 ? { kind: 'timeout' } : pending;
        },
      },
    });
    await bench.connect();
    await bench.pass(29);
    expect(bench.sent).toHaveLength(1);
    await bench.pass(31);
    expect(bench.sent).toHaveLength(3);
  });

  it('while pending sends what it is asked to and refuses to start transactions', async () => {
    const bench = controllerBench(version, { script: PENDING });
    await bench.connect();
    const start =
      version === '1.6'
        ? await bench.ask('RemoteStartTransaction', { idTag: 'A', connectorId: 1 })
        : await bench.ask('RequestStartTransaction', {
            idToken: { idToken: 'A', type: 'Central' },
            remoteStartId: 1,
            evseId: 1,
          });
    expect(start.status).toBe('Rejected');
    expect((await bench.ask('TriggerMessage', { requestedMessage: 'Heartbeat' })).status).toBe('Accepted');
    expect((await bench.ask('TriggerMessage', { requestedMessage: 'BootNotification' })).status).toBe('Accepted');
    expect(bench.sent.map(({ action }) => action)).toEqual(['BootNotification', 'Heartbeat', 'BootNotification']);
    if (version !== '1.6') expect(bench.of('BootNotification')[1]).toMatchObject({ reason: 'Triggered' });
  });

  it('once accepted does not boot on a trigger (F06.FR.17, 1.6 errata 3.35)', async () => {
    const bench = controllerBench(version);
    await bench.connect();
    expect((await bench.ask('TriggerMessage', { requestedMessage: 'BootNotification' })).status).toBe('Rejected');
  });

  it('does not boot again when it reconnects (1.6-J 5.4; part 4, 5.4), but does when it was not accepted', async () => {
    const accepted = controllerBench(version, { session: 'none' });
    await accepted.connect();
    accepted.disconnect();
    await accepted.connect();
    expect(accepted.of('BootNotification')).toHaveLength(1);
    await accepted.pass(300);
    expect(accepted.of('Heartbeat')).toHaveLength(1);

    const pending = controllerBench(version, { script: PENDING });
    await pending.connect();
    pending.disconnect();
    await pending.connect();
    expect(pending.of('BootNotification')).toHaveLength(2);
    await pending.pass(39);
    expect(pending.of('BootNotification')).toHaveLength(2);
  });
});

describe('registration', () => {
  it.each(['2.0.1', '2.1'] as const)(
    'answers %s requests with SecurityError while rejected (B03.FR.08)',
    async (version) => {
      const bench = controllerBench(version, { script: REJECTED });
      await bench.connect();
      expect(await bench.ask('ClearCache', {})).toEqual({ error: 'SecurityError' });
    },
  );

  it('does not answer in 1.6 while rejected (4.2)', async () => {
    const bench = controllerBench('1.6', { script: REJECTED });
    await bench.connect();
    const call = { type: 'CALL', messageId: '1', action: 'ClearCache', payload: {} } as const;
    const silence = Symbol('silence');
    const answer = bench.controller.onRequest(call);
    expect(await Promise.race([answer, Promise.resolve(silence)])).toBe(silence);
  });

  it('takes a new heartbeat interval over at once', async () => {
    const bench = controllerBench('2.0.1', { session: 'none' });
    await bench.connect();
    const setVariableData = [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' }, attributeValue: '20' },
    ];
    await bench.ask('SetVariables', { setVariableData });
    await bench.pass(20);
    expect(bench.of('Heartbeat')).toHaveLength(1);

    const older = controllerBench('1.6', { session: 'none' });
    await older.connect();
    await older.ask('ChangeConfiguration', { key: 'heartbeatinterval', value: '20' });
    await older.pass(20);
    expect(older.of('Heartbeat')).toHaveLength(1);
  });
});
