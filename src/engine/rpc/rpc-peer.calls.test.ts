import { describe, expect, it } from 'vitest';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import { peerOf, received, sentFrames, TIMEOUT } from './testing/peer.ts';

const CLEAR_CACHE_RESULT = '{"status":"Accepted"}';

describe.each(OCPP_VERSIONS)('calls of a CSMS of OCPP %s', (version) => {
  it('go out one at a time, in their order (part 4, 4.1.1)', () => {
    const peer = peerOf(version, 'csms');
    expect(sentFrames(peer.call('ClearCache', {}, 0).effects)).toEqual([[2, 'm1', 'ClearCache', {}]]);
    expect(peer.call('GetLocalListVersion', {}, 1).effects).toEqual([]);
    expect(peer.call('ClearCache', {}, 2).effects).toEqual([]);

    const first = received(peer, `[3,"m1",${CLEAR_CACHE_RESULT}]`, 5);
    expect(first).toMatchObject([
      { kind: 'settled', messageId: 'm1', action: 'ClearCache', outcome: { kind: 'result', violations: [] } },
      { kind: 'send' },
    ]);
    expect(sentFrames(first)).toEqual([[2, 'm2', 'GetLocalListVersion', {}]]);

    const second = received(peer, '[4,"m2","NotSupported","no",{"why":1}]', 6);
    expect(second[0]).toEqual({
      kind: 'settled',
      messageId: 'm2',
      action: 'GetLocalListVersion',
      outcome: { kind: 'error', errorCode: 'NotSupported', errorDescription: 'no', errorDetails: { why: 1 } },
    });
    expect(sentFrames(second)).toEqual([[2, 'm3', 'ClearCache', {}]]);
  });

  it('have their time counted from when they were sent', () => {
    const peer = peerOf(version, 'csms');
    expect(peer.nextDeadline()).toBeUndefined();
    peer.call('ClearCache', {}, 0);
    peer.call('ClearCache', {}, 10);
    expect(peer.nextDeadline()).toBe(TIMEOUT);
    expect(peer.expire(TIMEOUT - 1)).toEqual([]);
    expect(peer.expire(TIMEOUT + 5)).toMatchObject([
      { kind: 'settled', messageId: 'm1', outcome: { kind: 'timeout' } },
      { kind: 'send' },
    ]);
    expect(peer.nextDeadline()).toBe(TIMEOUT + 5 + TIMEOUT);
    // The late answer finds nobody.
    expect(received(peer, `[3,"m1",${CLEAR_CACHE_RESULT}]`)).toMatchObject([{ kind: 'ignored' }]);
  });

  it('take their answer once', () => {
    const peer = peerOf(version, 'csms');
    peer.call('ClearCache', {}, 0);
    received(peer, `[3,"m1",${CLEAR_CACHE_RESULT}]`);
    expect(received(peer, `[3,"m1",${CLEAR_CACHE_RESULT}]`)).toMatchObject([{ kind: 'ignored' }]);
  });

  it('take no answer while they wait to be sent', () => {
    const peer = peerOf(version, 'csms');
    peer.call('ClearCache', {}, 0);
    peer.call('ClearCache', {}, 0);
    expect(received(peer, `[3,"m2",${CLEAR_CACHE_RESULT}]`)).toMatchObject([{ kind: 'ignored' }]);
  });

  it('settle as closed with the connection, sent or not', () => {
    const peer = peerOf(version, 'csms');
    peer.call('ClearCache', {}, 0);
    peer.call('ClearCache', {}, 0);
    expect(peer.close()).toMatchObject([
      { kind: 'settled', messageId: 'm1', outcome: { kind: 'closed' } },
      { kind: 'settled', messageId: 'm2', outcome: { kind: 'closed' } },
    ]);
    expect(peer.close()).toEqual([]);
    expect(peer.call('ClearCache', {}, 0).effects).toMatchObject([{ kind: 'settled', outcome: { kind: 'closed' } }]);
    expect(received(peer, '[2,"a","Heartbeat",{}]')).toEqual([]);
  });

  it('tell what is wrong with an answer, and only 2.1 tells the peer too (2.1 FR.06)', () => {
    const peer = peerOf(version, 'csms');
    peer.call('ClearCache', {}, 0);
    const effects = received(peer, '[3,"m1",{"status":"Perhaps"}]');
    expect(effects.at(-1)).toMatchObject({
      kind: 'settled',
      outcome: { kind: 'result', payload: { status: 'Perhaps' }, violations: [{ pointer: '/status', rule: 'enum' }] },
    });
    expect(sentFrames(effects).map((frame) => frame.slice(0, 2))).toEqual(resultErrors(version));
  });

  it('end with an answer that cannot be read', () => {
    const peer = peerOf(version, 'csms');
    peer.call('ClearCache', {}, 0);
    const effects = received(peer, '[3,"m1"]');
    expect(effects.at(-1)).toMatchObject({ kind: 'settled', messageId: 'm1', outcome: { kind: 'error' } });
    expect(sentFrames(effects).map((frame) => frame.slice(0, 2))).toEqual(resultErrors(version));
    peer.call('ClearCache', {}, 0);
    const error = received(peer, '[4,"m2","NotSupported",""]');
    expect(error.at(-1)).toMatchObject({ kind: 'settled', messageId: 'm2', outcome: { kind: 'error' } });
    expect(sentFrames(error)).toEqual([]);
  });

  it('may be of an action that nobody knows', () => {
    const peer = peerOf(version, 'csms');
    peer.call('MakeCoffee', {}, 0);
    expect(received(peer, '[3,"m1",{"any":1}]')).toMatchObject([{ kind: 'settled', outcome: { violations: [] } }]);
  });
});

/** The CALLRESULTERROR that the answer m1 gets in a version. */
function resultErrors(version: OcppVersion) {
  return version === '2.1' ? [[5, 'm1']] : [];
}

describe('unconfirmed messages', () => {
  const stream = { id: 1, pending: 0, basetime: '2026-01-01T00:00:00Z', data: [{ t: 0, v: '1' }] };

  it('go out at once in 2.1, also while a call is outstanding', () => {
    const peer = peerOf('2.1', 'station');
    peer.call('Heartbeat', {}, 0);
    expect(sentFrames(peer.send('NotifyPeriodicEventStream', stream))).toEqual([
      [6, 'm2', 'NotifyPeriodicEventStream', stream],
    ]);
  });

  it.each(['1.6', '2.0.1'] as const)('do not go out in %s', (version) => {
    expect(peerOf(version, 'station').send('NotifyPeriodicEventStream', stream)).toMatchObject([{ kind: 'ignored' }]);
  });

  it('reach the endpoint and get no answer', () => {
    const text = JSON.stringify([6, 'a', 'NotifyPeriodicEventStream', stream]);
    const effects = received(peerOf('2.1', 'csms'), text);
    expect(effects).toMatchObject([{ kind: 'notification', send: { payload: stream } }]);
  });
});
