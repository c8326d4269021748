import { afterEach, describe, expect, it } from 'vitest';
import type { ListenerSecurity } from '../../bridge/security.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { fakeCredentials } from '../testing/fake-credentials.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import { handshake, rawPeer, rawServer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { csmsPeer, stationPeer } from '../testing/web-socket-peers.ts';
import { createProxy, type ProxyOptions } from './proxy.ts';
import { type Bench, startBench } from './testing/bench.ts';

/* Passwords on either leg; certificates are in the matrix of profiles. */

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function bench(proxy: Partial<ProxyOptions>, upstream?: string): Promise<Bench> {
  const started = await startBench({ proxy, upstream });
  closers.push(() => started.close());
  return started;
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** Asks for a WebSocket; yields the answer's status, headers and body. */
async function ask({ proxy }: Bench, path: string, authorization = '') {
  const peer = await rawPeer(proxy.port);
  closers.push(() => peer.socket.destroy());
  peer.write(handshake(path, { Authorization: authorization, 'Sec-WebSocket-Protocol': 'ocpp1.6' }));
  const text = await peer.expect('\r\n\r\n');
  return { status: Number(text.slice(9, 12)), text: () => peer.received(), closed: () => peer.closed };
}

/** A CSMS that agrees on permessage-deflate. */
async function compressingCsms() {
  const csms = await csmsPeer();
  csms.server.options.perMessageDeflate = { threshold: 0 };
  return csms;
}

const PROFILE_1: ListenerSecurity = { profile: 1, password: 'right password', stations: ['CS-1'] };

describe('a station', () => {
  it.each([
    ['without a password', '/CS-1', '', 401, 'no-credentials'],
    ['with a wrong one', '/CS-1', basic('CS-1', 'wrong'), 401, 'wrong-password'],
    ['under another user name', '/CS-1', basic('CS-2', 'right password'), 401, 'user-name-differs'],
    ['that nobody knows', '/CS-9', basic('CS-9', 'right password'), 404, 'unknown-station'],
    ['without an identity', '/', basic('', 'right password'), 404, 'no-identity'],
  ])('%s is refused before the CSMS is called (A00.FR.207)', async (_name, path, authorization, status, code) => {
    const running = await bench({ security: PROFILE_1 });
    const answer = await ask(running, path, authorization);
    expect(answer.status).toBe(status);
    await until(answer.closed);
    if (status === 401) expect(answer.text()).toMatch(/^WWW-Authenticate: Basic realm=/im);
    expect(running.csms.connections).toHaveLength(0);
    expect(running.recorder.links).toHaveLength(1);
    expect(running.recorder.links[0]).toMatchObject({
      opening: { policy: { profile: 1 } },
      negotiation: { status, code, failure: expect.any(String) },
    });
    expect(running.proxy.legs()).toEqual([]);
    const recorded = JSON.stringify(running.recorder.links);
    for (const secret of ['right password', authorization.slice(6)]) {
      if (secret !== '') expect(recorded).not.toContain(secret);
    }
  });

  it('with the right password comes through with it, and the password stays out of the session', async () => {
    const running = await bench({ security: PROFILE_1 });
    const authorization = basic('CS-1', 'right password');
    await stationPeer(`${running.url}/CS-1`, ['ocpp1.6'], { headers: { Authorization: authorization } });
    expect(running.csms.connections[0]?.request?.headers.authorization).toBe(authorization);
    expect(running.recorder.links.map(({ opening }) => opening.policy?.profile)).toEqual([1, 0]);
    expect(JSON.stringify(running.recorder.links)).not.toContain(authorization.slice(6));
  });

  it('that sends its key as text, though it speaks 1.6, is let in, and it is remarked', async () => {
    const key = '00112233445566778899aabbccddeeff00112233';
    const running = await bench({ security: { profile: 1, password: key } });
    await stationPeer(`${running.url}/CS-1`, ['ocpp1.6'], { headers: { Authorization: basic('CS-1', key) } });
    await until(() => running.recorder.links[0]?.remarks.length);
    expect(running.recorder.links[0]?.remarks[0]?.rule).toBe('link.authorization-key');
  });
});

describe('what the CSMS is told', () => {
  const OWN = basic('CS-1', 'of the station');

  it.each(['1.6', '2.0.1'] as const)('a key in hexadecimal goes out to %s as that asks for', async (version) => {
    const key = '00112233445566778899aabbccddeeff';
    const running = await bench({ upstreamSecurity: { profile: 1, password: key } });
    await stationPeer(`${running.url}/CS-1`, [`ocpp${version}`]);
    const { request } = await until(() => running.csms.connections[0]);
    const sent = Buffer.from(request?.headers.authorization?.slice(6) ?? '', 'base64').subarray('CS-1:'.length);
    expect(sent).toEqual(version === '1.6' ? Buffer.from(key, 'hex') : Buffer.from(key));
  });

  it('and refuses is not the fault of the station: it gets a 502 that says so', async () => {
    const refusing = await rawServer((_request, socket) => {
      socket.end('HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n');
    });
    closers.push(() => refusing.close());
    const upstream = `ws://127.0.0.1:${refusing.port}`;
    const ours = await bench({ upstreamSecurity: { profile: 1, password: 'ours' } }, upstream);
    const answer = await ask(ours, '/CS-1', OWN);
    expect(answer.status).toBe(502);
    await until(answer.closed);
    expect(answer.text()).toContain('HTTP status 401 to the password that Plugscope sent in place of the station');
    expect(answer.text()).not.toContain('WWW-Authenticate');
    expect(ours.recorder.links.map(({ negotiation }) => negotiation?.status)).toEqual([502, 401]);

    const theirs = await bench({ upstreamSecurity: { profile: 1 } }, upstream);
    expect((await ask(theirs, '/CS-1', OWN)).status).toBe(401);
  });
});

it('a CSMS that is lost is called again with the same credentials', async () => {
  const running = await bench({ upstreamSecurity: { profile: 1, password: 'ours' }, upstreamLost: 'hold' });
  await stationPeer(`${running.url}/CS-1`, ['ocpp1.6'], { headers: { 'X-Vendor': 'V' } });
  running.csms.connections[0]?.ws.terminate();
  const again = await until(() => {
    running.clock.advance(100);
    return running.csms.connections[1];
  });
  expect(again.request?.headers).toMatchObject({ authorization: basic('CS-1', 'ours'), 'x-vendor': 'V' });
});

describe('a password that the CSMS sets', () => {
  const SET =
    '[2,"1","SetVariables",{"setVariableData":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeValue":"the new password"}]}]';
  const result = (status: string) =>
    `[3,"1",{"setVariableResult":[{"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},"attributeStatus":"${status}"}]}]`;

  it.each([
    ['Accepted', 'right password', 101, 401],
    ['Rejected', 'right password', 401, 101],
    ['Accepted', null, 101, 401],
    ['Rejected', null, 101, 101],
  ])('and the station has %s, after %j, counts on both legs (A01.FR.03, A01.FR.04)', async (...row) => {
    const [status, password, after, before] = row;
    const running = await bench({
      security: { ...PROFILE_1, password },
      upstreamSecurity: { profile: 1, password: 'ours' },
    });
    const old = basic('CS-1', 'right password');
    const station = await stationPeer(`${running.url}/CS-1`, ['ocpp2.1'], { headers: { Authorization: old } });
    const csms = await until(() => running.csms.connections[0]);
    csms.ws.send(SET);
    await until(() => station.messages.length === 1);
    station.ws.send(result(status));
    await until(() => csms.messages.length === 1);
    expect((await ask(running, '/CS-1', basic('CS-1', 'the new password'))).status).toBe(after);
    expect((await ask(running, '/CS-1', old)).status).toBe(before);
    const latest = await until(() => running.csms.connections[1]);
    const expected = status === 'Accepted' ? 'the new password' : 'ours';
    expect(latest.request?.headers.authorization).toBe(basic('CS-1', expected));
  });

  it('is none where it was not the CSMS that set it: the CSMS still expects the one before', async () => {
    const running = await bench({ security: PROFILE_1, upstreamSecurity: { profile: 1, password: 'ours' } });
    const old = basic('CS-1', 'right password');
    const station = await stationPeer(`${running.url}/CS-1`, ['ocpp2.1'], { headers: { Authorization: old } });
    const link = await until(() => running.proxy.peers.list().find(({ peer }) => peer === 'station')?.link);
    const [, , action, payload] = JSON.parse(SET) as [2, string, string, JsonObject];
    const set = running.proxy.peers.call(link, { action, payload, messageId: '1' });
    await until(() => station.messages.length === 1);
    station.ws.send(result('Accepted'));
    expect(await set).toMatchObject({ ok: true, value: { kind: 'result' } });
    expect((await ask(running, '/CS-1', old)).status).toBe(401);
    expect((await ask(running, '/CS-1', basic('CS-1', 'the new password'))).status).toBe(101);
    const latest = await until(() => running.csms.connections[1]);
    expect(latest.request?.headers.authorization).toBe(basic('CS-1', 'ours'));
  });

  it('is said to the CSMS that comes back, by a station that was kept meanwhile', async () => {
    const running = await bench({ upstreamSecurity: { profile: 1, password: 'ours' }, upstreamLost: 'hold' });
    const station = await stationPeer(`${running.url}/CS-1`, ['ocpp2.1']);
    const csms = await until(() => running.csms.connections[0]);
    csms.ws.send(SET);
    await until(() => station.messages.length === 1);
    station.ws.send(result('Accepted'));
    await until(() => csms.messages.length === 1);
    csms.ws.terminate();
    const again = await until(() => {
      running.clock.advance(100);
      return running.csms.connections[1];
    });
    expect(again.request?.headers.authorization).toBe(basic('CS-1', 'the new password'));
  });
});

it('what is compressed on either leg passes as it is', async () => {
  const csms = await compressingCsms();
  closers.push(() => csms.close());
  const running = await startBench({ csms });
  closers.push(() => running.close());
  const station = await stationPeer(`${running.url}/CS-1`, ['ocpp1.6'], { perMessageDeflate: { threshold: 0 } });
  const other = await until(() => csms.connections[0]);
  const agreed = running.recorder.links.map(({ negotiation }) => negotiation?.extensions?.split(';')[0]);
  expect(agreed).toEqual(['permessage-deflate', 'permessage-deflate']);
  const text = JSON.stringify([2, '1', 'DataTransfer', { vendorId: 'ä'.repeat(5000) }]);
  station.ws.send(text);
  await until(() => other.messages.length === 1);
  other.ws.send(text);
  await until(() => station.messages.length === 1);
  for (const { messages } of [station, other]) expect(messages[0]?.data.toString()).toBe(text);
});

it('what comes to the port and asks for no WebSocket is recorded, its password left out where one is asked for', async () => {
  const running = await bench({ security: PROFILE_1 });
  const peer = await rawPeer(running.proxy.port);
  closers.push(() => peer.socket.destroy());
  peer.write('GET /health HTTP/1.1\r\nHost: x\r\nAuthorization: Basic Q1M6cHc=\r\n\r\n');
  await until(() => running.recorder.links[0]?.negotiation);
  expect(running.recorder.links[0]).toMatchObject({
    opening: { attempt: 'http', url: '/health', station: '', policy: { profile: 1 } },
    negotiation: { code: 'http-request' },
  });
  expect(running.recorder.links[0]?.opening.requestHeaders).toEqual([
    ['Host', 'x'],
    ['Authorization', 'Basic ******'],
  ]);
  expect(running.proxy.legs()).toEqual([]);
});

describe('a proxy that cannot be', () => {
  const start = (options: Partial<ProxyOptions>) => {
    const network = webSocketNetwork();
    return createProxy({ network, recorder: fakeRecorder(), upstream: 'ws://127.0.0.1:1', port: 0, ...options });
  };
  it.each([
    ['profile-needs-tls', { upstreamSecurity: { profile: 2 } }],
    ['profile-without-tls', { upstream: 'wss://127.0.0.1:1', upstreamSecurity: { profile: 1 } }],
    ['no-credentials-here', { security: { profile: 2, password: null } }],
    ['bad-url', { standIn: { url: 'http://127.0.0.1:1' } }],
  ] as const)('is not started, and says why: %s', async (code, options) => {
    expect(await start(options)).toMatchObject({ ok: false, error: { code, sentence: expect.any(String) } });
  });

  it('for want of a certificate tells the station', async () => {
    const sentence = 'The key ring is locked.';
    const credentials = fakeCredentials({
      ofStation: async () => ({ ok: false, error: { code: 'locked', sentence } }),
    });
    const proxy = { credentials, upstreamSecurity: { profile: 3 } } as const;
    const running = await bench(proxy, 'wss://127.0.0.1:1');
    const answer = await ask(running, '/CS-1');
    expect(answer.status).toBe(502);
    await until(answer.closed);
    expect(answer.text()).toContain(sentence);
    expect(running.recorder.links.map(({ negotiation }) => negotiation?.failure)).toEqual([sentence, sentence]);
  });
});
