import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { clientFrame, handshake, rawPeer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';
import type { TestStation } from './testing/station.ts';

const MEBIBYTE = 1024 * 1024;
const LONG_ID = 'x'.repeat(37);

/** What comes back: message id and error code, or null where the version has no answer. */
type Verdict = readonly [id: string, code: string] | null;

/** `unreadable` of 1.6 is silence, since the id of a CALLERROR is that of the CALL (1.6-J table 6). */
function unreadable(code: string): Readonly<Record<OcppVersion, Verdict>> {
  return { '1.6': null, '2.0.1': ['-1', code], '2.1': ['-1', code] };
}

function everywhere(id: string, code: string, code16 = code): Readonly<Record<OcppVersion, Verdict>> {
  return { '1.6': [id, code16], '2.0.1': [id, code], '2.1': [id, code] };
}

const SILENCE: Readonly<Record<OcppVersion, Verdict>> = { '1.6': null, '2.0.1': null, '2.1': null };

/** The rows; each clause stands at its decision in rpc/faults.ts, and in rpc-peer.hostile.test.ts. */
const rows: readonly { name: string; text: string | Uint8Array; verdict: Readonly<Record<OcppVersion, Verdict>> }[] = [
  { name: 'not JSON', text: 'hello', verdict: unreadable('RpcFrameworkError') },
  { name: 'not an array', text: '{"a":1}', verdict: unreadable('RpcFrameworkError') },
  {
    name: 'wrong length',
    text: '[2,"a","Heartbeat"]',
    verdict: everywhere('a', 'RpcFrameworkError', 'FormationViolation'),
  },
  {
    name: 'unknown type number',
    text: '[17,"a",{}]',
    verdict: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': ['a', 'MessageTypeNotSupported'] },
  },
  {
    name: 'type 5',
    text: '[5,"a","GenericError","",{}]',
    verdict: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': null },
  },
  {
    name: 'type 6',
    text: '[6,"a","NotifyPeriodicEventStream",{}]',
    verdict: { '1.6': null, '2.0.1': ['a', 'MessageTypeNotSupported'], '2.1': null },
  },
  { name: 'message id missing', text: '[2]', verdict: unreadable('RpcFrameworkError') },
  { name: 'message id a number', text: '[2,1,"Heartbeat",{}]', verdict: unreadable('RpcFrameworkError') },
  {
    name: 'message id too long',
    text: `[2,"${LONG_ID}","Heartbeat",{}]`,
    verdict: everywhere(LONG_ID, 'RpcFrameworkError', 'FormationViolation'),
  },
  { name: 'response to nothing', text: '[3,"a",{}]', verdict: SILENCE },
  { name: 'unknown action', text: '[2,"a","MakeCoffee",{}]', verdict: everywhere('a', 'NotImplemented') },
  { name: 'wrong direction', text: '[2,"a","ClearCache",{}]', verdict: everywhere('a', 'NotSupported') },
  { name: 'binary frame', text: Uint8Array.of(1, 2, 3), verdict: unreadable('RpcFrameworkError') },
  { name: 'nested brackets', text: '['.repeat(100_000), verdict: unreadable('RpcFrameworkError') },
  {
    name: 'nested brackets in a payload',
    text: `[2,"a","DataTransfer",{"vendorId":"v","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`,
    // 1.6 takes text only; 2.x takes any JSON there.
    verdict: { '1.6': ['a', 'TypeConstraintViolation'], '2.0.1': null, '2.1': null },
  },
];

describe.each(OCPP_VERSIONS)('a CSMS of OCPP %s', (version) => {
  let running: CsmsUnderTest;
  let station: TestStation;
  beforeAll(async () => {
    running = await startCsms();
    station = await running.station([SUBPROTOCOL_OF[version]]);
  });
  afterAll(() => running.stop());

  /** Sends, and yields what came back before the answer to a heartbeat that was sent after. */
  async function answersTo(...texts: readonly (string | Uint8Array)[]) {
    for (const text of texts) station.ws.send(text);
    station.ws.send('[2,"after","Heartbeat",{}]');
    const answers = [];
    for (;;) {
      const frame = await station.next();
      if (frame[1] === 'after') return answers;
      answers.push(frame);
    }
  }

  it.each(rows)('answers as its specification has it: $name', async ({ name, text, verdict }) => {
    const expected = verdict[version];
    const answers = (await answersTo(text)).filter(([type]) => type !== 3);
    expect(answers.map((answer) => answer.slice(0, 3))).toEqual(expected === null ? [] : [[4, ...expected]]);
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const recorded = running.recorder.frames.find(({ data }) => Buffer.from(data).equals(Buffer.from(bytes)));
    expect(recorded, name).toMatchObject({
      origin: 'received',
      direction: 'to-csms',
      binary: typeof text !== 'string',
    });
  });

  it('takes a response once', async () => {
    const calling = running.csms.call('CS-1', 'ClearCache', {});
    const [, id] = await station.next();
    const response = `[3,"${id}",{"status":"Accepted"}]`;
    expect(await answersTo(response, response)).toEqual([]);
    expect(await calling).toMatchObject({ ok: true, value: { kind: 'result' } });
  });

  it('takes a message id again once it has been answered', async () => {
    const [first, second] = await answersTo('[2,"again","Heartbeat",{}]', '[2,"again","Heartbeat",{}]');
    expect([first?.slice(0, 2), second?.slice(0, 2)]).toEqual([
      [3, 'again'],
      [3, 'again'],
    ]);
  });

  it('answers a payload that breaks its schema', async () => {
    const [answer] = await answersTo('[2,"a","Authorize",{"__proto__":{"x":1}}]');
    expect(answer?.slice(0, 2)).toEqual([4, 'a']);
    expect(answer?.[4]).toHaveProperty('violations');
  });

  it('takes a frame of 16 MB', async () => {
    const [answer] = await answersTo(`[2,"big","DataTransfer",{"vendorId":"v","data":"${'x'.repeat(16 * MEBIBYTE)}"}]`);
    expect(answer).toEqual([3, 'big', { status: 'UnknownVendorId' }]);
  });

  it('ends a link with invalid UTF-8 with 1007, and no other (RFC 6455, 8.1)', async () => {
    const peer = await rawPeer(running.csms.port);
    peer.write(handshake('/CS-9', { 'Sec-WebSocket-Protocol': SUBPROTOCOL_OF[version] }));
    await peer.expect('\r\n\r\n');
    peer.write(clientFrame(1, Uint8Array.of(0x5b, 0xff, 0x5d)));
    const link = await until(() => running.recorder.links.find(({ opening }) => opening.station === 'CS-9'));
    await peer.expect('invalid UTF-8');
    peer.socket.destroy();
    expect(await until(() => link.closing)).toMatchObject({ code: 1007, by: 'plugscope' });
    expect(running.recorder.frames.some(({ data, link: of }) => of === link.id && data[1] === 0xff)).toBe(true);
    expect(await answersTo()).toEqual([]);
  });
});
