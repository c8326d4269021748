import { afterEach, describe, expect, it } from 'vitest';
import { clientFrame, handshake, rawPeer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import type { CsmsOptions } from './csms.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';

const ATTEMPTS = 12;

let running: CsmsUnderTest | undefined;

/** A CSMS that records five refusals of a station one by one. */
async function start(options: Partial<CsmsOptions> = {}): Promise<CsmsUnderTest> {
  running = await startCsms({ limits: { refusalsPerMinute: 5 }, ...options });
  return running;
}

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** What a peer gets for what it writes, from its connection to its end. */
async function answerTo(port: number, bytes: string): Promise<string> {
  const peer = await rawPeer(port);
  peer.write(bytes);
  await until(() => peer.closed);
  return peer.received();
}

describe('a CSMS whose port is flooded', () => {
  it.each([
    ['handshakes that are refused', handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp2.1' }), '401'],
    ['handshakes that are none', handshake('/CS-1', { 'Sec-WebSocket-Key': 'x' }), '400'],
    ['requests that ask for no WebSocket', 'GET /health HTTP/1.1\r\n\r\n', '426'],
  ])('with %s answers each, records some and counts the others', async (_, bytes, status) => {
    const { csms, recorder } = await start({ security: { profile: 1, password: 'secret' } });
    for (let i = 0; i < ATTEMPTS; i += 1) expect(await answerTo(csms.port, bytes)).toContain(`HTTP/1.1 ${status} `);
    expect(recorder.links.filter(({ negotiation }) => negotiation?.repeats)).toEqual([]);
    await csms.close();
    const told = recorder.links.map(({ negotiation }) => negotiation?.repeats?.count ?? 1);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(ATTEMPTS);
    expect(told.length).toBeLessThan(ATTEMPTS);
    expect(recorder.links.at(-1)?.negotiation).toMatchObject({
      status: Number(status),
      repeats: { from: ['127.0.0.1'] },
    });
  });

  it('with versions that it does not speak closes each, and records the frames of whom it records', async () => {
    const { csms, recorder } = await start();
    for (let i = 0; i < ATTEMPTS; i += 1) {
      const peer = await rawPeer(csms.port);
      peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp0.9' }));
      await peer.expect('no OCPP version in common');
      // A message, and the answer to the close.
      peer.write(Buffer.concat([clientFrame(1, 'still here'), clientFrame(8, [3, 234])]));
      await until(() => peer.closed);
    }
    await csms.close();
    const recorded = recorder.links.filter(({ negotiation }) => !negotiation?.repeats);
    expect(recorder.frames.map(({ link }) => link)).toEqual(recorded.map(({ id }) => id));
    expect(recorder.links.at(-1)?.negotiation).toMatchObject({ code: 'no-common-version', repeats: {} });
    expect(recorder.links.length).toBeLessThan(ATTEMPTS);
  });

  it('lets in and records a station that is there meanwhile, and whoever is refused elsewhere', async () => {
    const { csms, recorder, station } = await start();
    for (let i = 0; i < ATTEMPTS; i += 1) await answerTo(csms.port, 'GET /health HTTP/1.1\r\n\r\n');
    const known = recorder.links.length;
    const one = await station(['ocpp2.1']);
    expect(await one.ask('Heartbeat', {})).toMatchObject({ 0: 3 });
    await answerTo(csms.port, handshake('/', {}));
    expect(recorder.links.slice(known)).toMatchObject([
      { opening: { station: 'CS-1' }, negotiation: { status: 101, version: '2.1' } },
      { opening: { url: '/' }, negotiation: { status: 404, code: 'no-identity' } },
    ]);
  });
});
