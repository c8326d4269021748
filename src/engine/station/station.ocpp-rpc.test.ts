import { afterEach, describe, expect, it } from 'vitest';
import { actionsOf, maySend } from '../../ocpp/actions.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { schemaOf } from '../../ocpp/official-schemas.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { template } from '../../ocpp/template.ts';
import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { createStation, type Station, type StationOptions } from './station.ts';
import { hurriedClock } from './testing/hurried-clock.ts';
import { type Answers, acceptingAnswers, type RpcCsms, rpcCsms } from './testing/rpc-csms.ts';

// A session of half a minute passes in three seconds; the clock that messages show is hurried as well.
const clock = hurriedClock(10);
const validator = createValidator();
const running: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.close();
});

async function connected(
  version: OcppVersion,
  answers: Answers,
  more: Partial<StationOptions> = {},
): Promise<{ csms: RpcCsms; station: Station }> {
  const csms = await rpcCsms(SUBPROTOCOL_OF[version], answers);
  running.push(csms);
  const station = createStation({
    network: webSocketNetwork(),
    recorder: fakeRecorder(),
    clock,
    random: Math.random,
    url: csms.url,
    id: 'CS/1',
    version: OCPP_VERSIONS.toReversed(),
    pace: { pause: 1, authorise: 1, charge: 12, leave: 1 },
    sampleInterval: 3,
    ...more,
  });
  running.push({ close: () => station.stop() });
  station.start();
  await until(() => station.state().phase === 'in-service');
  return { csms, station };
}

/** What the station sent that breaks its schema, by our own validator: `ocpp-rpc` is not strict about 2.1. */
function violations(version: OcppVersion, { received, badMessages }: RpcCsms): string[] {
  const found = received.flatMap(({ method, params }) =>
    validator.validate(version, method, 'request', params).map(({ sentence }) => `${method}: ${sentence}`),
  );
  return [...badMessages, ...found];
}

describe.each(OCPP_VERSIONS)('the station with a CSMS of ocpp-rpc in %s', (version) => {
  it('boots, heartbeats and runs a session, all of it valid', async () => {
    const { csms } = await connected(version, acceptingAnswers(version, 5));
    const ends = version === '1.6' ? 'StopTransaction' : 'TransactionEvent';
    await until(() =>
      csms.received.some(
        ({ method, params }) => method === ends && (version === '1.6' || params.eventType === 'Ended'),
      ),
    );
    await until(() => csms.received.filter(({ method }) => method === 'Heartbeat').length >= 2);
    expect(csms.clients[0]).toMatchObject({ identity: 'CS/1', protocol: SUBPROTOCOL_OF[version] });
    const methods = csms.received.map(({ method }) => method);
    expect(methods[0]).toBe('BootNotification');
    expect(methods).toContain('StatusNotification');
    expect(methods).toContain('Authorize');
    expect(violations(version, csms)).toEqual([]);
  });

  it.each(['required', 'everything'] as const)('answers every action, with %s properties filled in', async (fill) => {
    const { csms } = await connected(version, acceptingAnswers(version, 300), { session: 'none' });
    const now = new Date(Date.now() + 60_000).toISOString();
    const values = { evseId: 1, connectorId: 1, type: 'Central', location: 'https://example.com/' };
    // A reset ends the connection, so it is the last one.
    const actions = [...actionsOf(version).values()]
      .filter((action) => maySend(action, 'to-station') && action.messageType === 'CALL')
      .sort((one, other) => Number(one.name === 'Reset') - Number(other.name === 'Reset'));
    expect(actions.length).toBeGreaterThanOrEqual(version === '1.6' ? 25 : 37);
    for (const { name } of actions) {
      const schema = schemaOf(version, name, 'request');
      const payload = schema ? template(schema, { fill, now, values }) : {};
      const answer = await csms.clients[0]?.call(name, payload);
      const broken = validator.validate(version, name, 'response', (answer ?? {}) as never);
      expect(broken.map(({ sentence }) => `${name}: ${sentence}`)).toEqual([]);
    }
    expect(violations(version, csms)).toEqual([]);
  });

  it('really restarts after a reset', async () => {
    const { csms } = await connected(version, acceptingAnswers(version, 300), { session: 'none' });
    const type = version === '1.6' ? 'Soft' : 'Immediate';
    expect(await csms.clients[0]?.call('Reset', { type })).toEqual({ status: 'Accepted' });
    await until(() => csms.received.filter(({ method }) => method === 'BootNotification').length === 2);
    expect(csms.clients).toHaveLength(2);
  });

  it('reconnects when the CSMS hangs up, without booting again', async () => {
    const { csms, station } = await connected(version, acceptingAnswers(version, 300), { session: 'none' });
    await csms.clients[0]?.close({ code: 1001, reason: 'maintenance' });
    await until(() => station.state().phase === 'waiting');
    expect(station.state().problem?.sentence).toContain('1001');
    await until(() => station.state().phase === 'in-service');
    expect(csms.received.filter(({ method }) => method === 'BootNotification')).toHaveLength(1);
    expect(violations(version, csms)).toEqual([]);
  });
});

it('tells a CSMS of ocpp-rpc in 2.1 of controls, costs, limits and certificates, all of it valid', async () => {
  const { csms } = await connected('2.1', { ...acceptingAnswers('2.1', 300), SignCertificate: { status: 'Accepted' } });
  const ask = (method: string, params: object) => csms.clients[0]?.call(method, params);
  const got = (method: string, fits: (params: JsonObject) => boolean = () => true) =>
    until(() => csms.received.some((one) => one.method === method && fits(one.params)));
  const prices = [{ priceKwh: 0.3 }];
  const tariff = { tariffId: 'A', currency: 'EUR', energy: { prices } };
  expect(await ask('SetDefaultTariff', { evseId: 0, tariff })).toEqual({ status: 'Accepted' });
  const droop = { priority: 0, overFreq: 50.2, underFreq: 49.8, overDroop: 0.05, underDroop: 0.05, responseTime: 1 };
  // Long begun and not over for long, so that no clock has to be right to the second.
  const times = { startTime: new Date(Date.now() - 60_000).toISOString(), duration: 86_400 };
  const control = { isDefault: false, controlId: 'droop', controlType: 'FreqDroop', freqDroop: { ...droop, ...times } };
  expect(await ask('SetDERControl', control)).toEqual({ status: 'Accepted' });
  await got('NotifyDERStartStop', ({ controlId, started }) => controlId === 'droop' && started === true);
  expect(await ask('GetDERControl', { requestId: 7 })).toEqual({ status: 'Accepted' });
  await got('ReportDERControl', ({ requestId }) => requestId === 7);
  const trigger = (requestedMessage: string, customTrigger?: string) =>
    ask('TriggerMessage', { requestedMessage, ...(customTrigger === undefined ? {} : { customTrigger }) });
  expect(await trigger('CustomTrigger', 'ExternalLimits')).toEqual({ status: 'Accepted' });
  await got('NotifyChargingLimit');
  expect(await trigger('CustomTrigger', 'ClearedChargingLimit')).toEqual({ status: 'Accepted' });
  await got('ClearedChargingLimit');
  expect(await trigger('SignV2G20Certificate')).toEqual({ status: 'Accepted' });
  await got('SignCertificate', ({ certificateType }) => certificateType === 'V2G20Certificate');
  await got('TransactionEvent', ({ eventType, costDetails }) => eventType === 'Ended' && costDetails !== undefined);
  expect(violations('2.1', csms)).toEqual([]);
});
