import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { systemClock } from '../clock.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { handshake, rawPeer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { createCsms } from './csms.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';

let running: CsmsUnderTest | undefined;

async function start(options?: Parameters<typeof startCsms>[0]): Promise<CsmsUnderTest> {
  running = await startCsms(options);
  return running;
}

/** The answer to an opening handshake, as text. */
async function answerTo(port: number, target: string, headers: Record<string, string>): Promise<string> {
  const peer = await rawPeer(port);
  peer.write(handshake(target, headers));
  const text = await peer.expect('\r\n\r\n');
  peer.socket.destroy();
  return text;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

describe('the opening handshake', () => {
  it.each([
    { offered: 'ocpp1.6, ocpp2.0.1, ocpp2.1', chosen: 'ocpp2.1', version: '2.1' },
    { offered: 'ocpp1.6,ocpp2.0.1', chosen: 'ocpp2.0.1', version: '2.0.1' },
    { offered: 'ocpp0.1, ocpp1.6', chosen: 'ocpp1.6', version: '1.6' },
  ])('chooses $chosen of $offered', async ({ offered, chosen, version }) => {
    const { csms, recorder } = await start();
    const answer = await answerTo(csms.port, '/ocpp/CS-1', { 'Sec-WebSocket-Protocol': offered });
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    expect(answer).toContain(`Sec-WebSocket-Protocol: ${chosen}\r\n`);
    expect(recorder.links[0]).toMatchObject({
      opening: { peer: 'station', opener: 'peer', station: 'CS-1', url: '/ocpp/CS-1', offered: offered.split(/, ?/) },
      negotiation: { status: 101, chosen, version },
    });
  });

  it.each([{ offered: 'ocpp0.1' }, { offered: '' }])(
    'ends at once with nothing in common, having offered "$offered" (part 4, 3.3)',
    async ({ offered }) => {
      const { csms, recorder } = await start();
      const peer = await rawPeer(csms.port);
      peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': offered }));
      const answer = await peer.expect('no OCPP version in common');
      expect(answer).toMatch(/^HTTP\/1\.1 101 /);
      expect(answer).not.toContain('Sec-WebSocket-Protocol');
      peer.socket.destroy();
      const closing = await until(() => recorder.links[0]?.closing);
      expect(closing).toMatchObject({ code: 1002, by: 'plugscope' });
      expect(recorder.links[0]?.negotiation).toEqual({
        status: 101,
        chosen: '',
        code: 'no-common-version',
        failure: expect.stringContaining('this CSMS accepts ocpp1.6, ocpp2.0.1 and ocpp2.1'),
      });
      expect(csms.legs()).toEqual([]);
    },
  );

  it('is refused with 404 where the path names no station', async () => {
    const { csms, recorder } = await start();
    const answer = await answerTo(csms.port, '/ocpp/', { 'Sec-WebSocket-Protocol': 'ocpp1.6' });
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(recorder.links[0]?.negotiation).toMatchObject({ status: 404, failure: expect.any(String) });
  });

  it('is refused with 400 where it is none', async () => {
    const { csms, recorder } = await start();
    const answer = await answerTo(csms.port, '/CS-1', { 'Sec-WebSocket-Key': 'short' });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(recorder.links[0]?.negotiation).toMatchObject({ status: 400, failure: expect.any(String) });
  });
});

describe('a station', () => {
  it('that connects again takes the place of its old connection, and keeps what is known of it', async () => {
    const { csms, recorder, station } = await start();
    const old = await station(['ocpp1.6']);
    await old.ask('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    await old.ask('StartTransaction', { connectorId: 1, idTag: 'T', meterStart: 0, timestamp: '2026-01-01T00:00:00Z' });
    const calling = csms.call('CS-1', 'ClearCache', {});
    await old.next();

    const young = await station(['ocpp1.6']);
    await until(() => old.closed);
    expect(old.closed?.code).toBe(1008);
    expect(await calling).toEqual({ ok: true, value: { kind: 'closed' } });
    await until(() => csms.legs().length === 1);
    expect(csms.legs()).toEqual([
      { link: 2, conversation: 2, peer: 'station', station: 'CS-1', version: '1.6', secure: false, state: 'open' },
    ]);
    expect(csms.stations()).toMatchObject([{ link: 2, boot: { vendor: 'V' }, transactions: [{ id: '1' }] }]);
    expect(recorder.links[0]?.closing).toMatchObject({ code: 1008, by: 'plugscope' });
    expect((await young.ask('Heartbeat', {}))[0]).toBe(3);
  });

  it('is remembered after it has gone, but not in another version', async () => {
    const { csms, station } = await start();
    const first = await station(['ocpp1.6']);
    await first.ask('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    first.ws.terminate();
    await until(() => csms.stations().length === 0);
    const second = await station(['ocpp1.6']);
    await until(() => csms.stations().length === 1);
    expect(csms.stations()[0]?.boot).toMatchObject({ vendor: 'V', model: 'M' });
    second.ws.close();
    await until(() => csms.stations().length === 0);
    await station(['ocpp2.0.1']);
    await until(() => csms.stations().length === 1);
    expect(csms.stations()[0]).toMatchObject({ version: '2.0.1', boot: undefined });
  });

  it('that vanishes without a close ends its link and its calls, and no other', async () => {
    const { csms, recorder, station } = await start();
    const lost = await station(['ocpp2.0.1'], 'CS-1');
    const other = await station(['ocpp2.1'], 'CS-2');
    const calling = csms.call('CS-1', 'ClearCache', {});
    await lost.next();
    lost.ws.terminate();
    expect(await calling).toEqual({ ok: true, value: { kind: 'closed' } });
    expect(recorder.links[0]?.closing).toMatchObject({ code: 1006, by: 'lost' });
    expect((await other.ask('Heartbeat', {}))[0]).toBe(3);
    expect(await csms.call('CS-1', 'ClearCache', {})).toMatchObject({ ok: false, error: { code: 'not-connected' } });
  });

  it('gets a pong with the data of its ping, both recorded', async () => {
    const { recorder, station } = await start();
    const { ws, pongs } = await station(['ocpp1.6']);
    ws.ping('are you there');
    await until(() => pongs.includes('are you there'));
    expect(recorder.controls.map(({ type, direction }) => [type, direction])).toEqual([
      ['ping', 'to-csms'],
      ['pong', 'to-station'],
    ]);
  });

  it('that does not answer leaves the call to its time-out, and the next one goes out', async () => {
    const { csms, station } = await start({ callTimeoutMs: 20 });
    const { next } = await station(['ocpp1.6']);
    const silent = csms.call('CS-1', 'ClearCache', {});
    void csms.call('CS-1', 'GetLocalListVersion', {});
    expect((await next())[2]).toBe('ClearCache');
    expect(await silent).toEqual({ ok: true, value: { kind: 'timeout' } });
    expect((await next())[2]).toBe('GetLocalListVersion');
  });
});

describe('the CSMS', () => {
  it.each<{ version: OcppVersion; boot: JsonObject; action: string }>([
    { version: '1.6', boot: { chargePointVendor: 'V', chargePointModel: 'M' }, action: 'GetConfiguration' },
    {
      version: '2.0.1',
      boot: { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
      action: 'GetBaseReport',
    },
    {
      version: '2.1',
      boot: { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
      action: 'GetBaseReport',
    },
  ])(
    'asks a station of $version for its configuration after the boot, where it greets',
    async ({ version, boot, action }) => {
      const { station } = await start({ greets: true });
      const { ask, next } = await station([SUBPROTOCOL_OF[version]]);
      expect((await ask('BootNotification', boot))[0]).toBe(3);
      const greeting = await next();
      expect(greeting.slice(0, 1)).toEqual([2]);
      expect(greeting[2]).toBe(action);
      expect(createValidator().validate(version, action, 'request', greeting[3] as JsonObject)).toEqual([]);
    },
  );

  it('tells when its legs change', async () => {
    const { csms, station } = await start();
    let changes = 0;
    csms.onChange(() => {
      changes += 1;
    });
    const { ws } = await station(['ocpp1.6']);
    await until(() => changes === 1);
    ws.close();
    await until(() => changes === 2);
    expect(csms.legs()).toEqual([]);
  });

  it('counts frames both ways', async () => {
    const { csms, station } = await start();
    const { ask } = await station(['ocpp1.6']);
    await ask('Heartbeat', {});
    expect(csms.messages).toBe(2);
  });

  it('ends every link with 1001', async () => {
    const { csms, station, recorder } = await start();
    const stations = [await station(['ocpp1.6'], 'CS-1'), await station(['ocpp2.1'], 'CS-2')];
    await until(() => csms.legs().length === 2);
    await csms.close();
    await until(() => stations.every(({ closed }) => closed?.code === 1001));
    await until(() => recorder.links.every(({ closing }) => closing?.code === 1001));
    expect(csms.stations()).toEqual([]);
  });

  it('says so where the port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const address = blocker.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const started = await createCsms({
      network: webSocketNetwork(),
      recorder: fakeRecorder(),
      clock: systemClock(),
      host: '127.0.0.1',
      port,
      exact: true,
    });
    blocker.close();
    expect(started).toMatchObject({ ok: false, error: { code: 'EADDRINUSE' } });
  });
});
