import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { breakingAt, decideNext, whenHeld } from './testing/hold.ts';
import { type RpcBench, startRpcBench } from './testing/rpc-bench.ts';

/* Two ends that are not ours and are strict about OCPP take part in everything that is done to their messages. */

const NOW = '2026-01-01T00:00:00.000Z';
const LATER = '2027-07-07T00:00:00.000Z';
const TOKEN = { idToken: { idToken: 'ABC', type: 'ISO14443' } };
const ACCEPTED = { idTokenInfo: { status: 'Accepted' } };
/** Takes calls and never answers. */
const silent = () => new Promise<never>(() => {});
const SILENT = { GetLocalListVersion: silent };
const CSMS = { Heartbeat: { currentTime: NOW }, Authorize: ACCEPTED } as const;

const benches: RpcBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});
async function start(...options: Parameters<typeof startRpcBench>): Promise<RpcBench> {
  const bench = await startRpcBench(...options);
  benches.push(bench);
  return bench;
}

/** What is recorded: `link origin: text (fate: by)`, with ids replaced by their places in the order of coming. */
function recorded({ recorder }: RpcBench): string[] {
  const ids: string[] = [];
  return recorder.frames.map(({ link, origin, data, entry, original }) => {
    const text = Buffer.from(data)
      .toString()
      .replace(/^(\[\d,")([^"]*)/, (_all, start: string, id: string) => {
        if (!ids.includes(id)) ids.push(id);
        return `${start}id${ids.indexOf(id)}`;
      });
    const fate = recorder.fates.find((one) => one.entry === entry);
    const of = original === undefined ? '' : ` of ${original}`;
    return `${link} ${origin}${of}: ${text}${fate ? ` (${fate.fate}: ${fate.by})` : ''}`;
  });
}

describe('a held CALL', () => {
  it('is forwarded', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('action == "Heartbeat"'));
    const call = bench.stationEnd.call('Heartbeat', {});
    const message = await decideNext(bench.interception, { kind: 'forward' });
    expect(message).toMatchObject({
      entry: 1,
      link: 1,
      station: 'CS-1',
      version: '2.0.1',
      direction: 'to-csms',
      type: 'CALL',
      action: 'Heartbeat',
      breakpoint: 'b',
      decided: false,
    });
    expect(message.senderGivesUp).toBe(message.heldSince + 30_000);
    expect(message.goesOn).toBe(message.heldSince + 27_000);
    // The answer belongs to the same action and is held as well.
    expect(await decideNext(bench.interception, { kind: 'forward' })).toMatchObject({
      type: 'CALLRESULT',
      action: 'Heartbeat',
      direction: 'to-station',
      link: 2,
      goesOn: message.goesOn,
    });
    expect(await call).toEqual({ currentTime: NOW });
    expect(bench.interception.state()).toMatchObject({ heldCount: 0, hits: { b: 2 } });
    expect(recorded(bench)).toEqual([
      '1 received: [2,"id0","Heartbeat",{}] (delayed: by hand)',
      `2 received: [3,"id0",{"currentTime":"${NOW}"}] (delayed: by hand)`,
    ]);
  });

  it('is edited, on the station’s side recorded as it came and on the CSMS’s as it went', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('payload.idToken.idToken == "ABC"', { direction: 'to-csms' }));
    const call = bench.stationEnd.call('Authorize', TOKEN);
    const [held] = await whenHeld(bench.interception);
    await decideNext(bench.interception, { kind: 'edit', text: (held?.text ?? '').replace('ABC', 'XYZ') });
    expect(await call).toEqual(ACCEPTED);
    expect(bench.csmsEnd.asked[0]?.params).toEqual({ idToken: { idToken: 'XYZ', type: 'ISO14443' } });
    expect(recorded(bench)).toEqual([
      '1 received: [2,"id0","Authorize",{"idToken":{"idToken":"ABC","type":"ISO14443"}}] (edited: by hand)',
      '2 edited of 1: [2,"id0","Authorize",{"idToken":{"idToken":"XYZ","type":"ISO14443"}}]',
      `2 received: [3,"id0",${JSON.stringify(ACCEPTED)}]`,
    ]);
  });

  it('is edited in its message id, and the answer finds back', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    await decideNext(bench.interception, { kind: 'edit', text: '[2,"mine","Heartbeat",{}]' });
    expect(await call).toEqual({ currentTime: NOW });
    expect(bench.csmsEnd.asked[0]?.messageId).toBe('mine');
    expect(recorded(bench)).toEqual([
      '1 received: [2,"id0","Heartbeat",{}] (edited: by hand)',
      '2 edited of 1: [2,"id1","Heartbeat",{}]',
      `2 received: [3,"id1",{"currentTime":"${NOW}"}] (edited: message id restored)`,
      `1 edited of 3: [3,"id0",{"currentTime":"${NOW}"}]`,
    ]);
  });

  it('is edited to what its receiver has to refuse', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    call.catch(() => {});
    const [held] = await whenHeld(bench.interception);
    await decideNext(bench.interception, { kind: 'edit', text: (held?.text ?? '').replace('{}', '{"x":1}') });
    await expect(call).rejects.toThrow();
  });

  it('is dropped, and its sender waits in vain', async () => {
    const bench = await start({ csms: CSMS }, { callTimeoutMs: 100 });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    call.catch(() => {});
    await decideNext(bench.interception, { kind: 'drop' });
    await expect(call).rejects.toThrow(/timed out|timeout/i);
    expect(bench.csmsEnd.asked).toEqual([]);
    expect(recorded(bench)).toEqual(['1 received: [2,"id0","Heartbeat",{}] (dropped: by hand)']);
  });

  it('is duplicated under a new id: two are asked, one answer comes back', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    await decideNext(bench.interception, { kind: 'duplicate', newMessageId: true });
    expect(await call).toEqual({ currentTime: NOW });
    await until(() => bench.recorder.frames.length === 4);
    expect(bench.csmsEnd.asked.map(({ method }) => method)).toEqual(['Heartbeat', 'Heartbeat']);
    expect(bench.csmsEnd.asked[1]?.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(recorded(bench)).toEqual([
      '1 received: [2,"id0","Heartbeat",{}] (delayed: by hand)',
      '2 injected of 1: [2,"id1","Heartbeat",{}]',
      `2 received: [3,"id0",{"currentTime":"${NOW}"}]`,
      `2 received: [3,"id1",{"currentTime":"${NOW}"}] (consumed: the answer to a CALL of Plugscope)`,
    ]);
  });

  it('is duplicated under its id', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    await decideNext(bench.interception, { kind: 'duplicate', newMessageId: false });
    expect(await call).toEqual({ currentTime: NOW });
    await until(() => bench.recorder.frames.length === 4);
    expect(recorded(bench).slice(0, 2)).toEqual([
      '1 received: [2,"id0","Heartbeat",{}] (delayed: by hand)',
      '2 injected of 1: [2,"id0","Heartbeat",{}]',
    ]);
    expect(bench.recorder.fates.some(({ fate }) => fate === 'consumed')).toBe(false);
  });

  it('is answered in the CSMS’s place', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    await decideNext(bench.interception, { kind: 'result', payload: { currentTime: LATER } });
    expect(await call).toEqual({ currentTime: LATER });
    expect(bench.csmsEnd.asked).toEqual([]);
    expect(recorded(bench)).toEqual([
      '1 received: [2,"id0","Heartbeat",{}] (answered: by hand)',
      `1 injected of 1: [3,"id0",{"currentTime":"${LATER}"}]`,
    ]);
  });

  it('is answered with an error of the chosen code', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    call.catch(() => {});
    const details = { why: 'a test' };
    await decideNext(bench.interception, { kind: 'error', code: 'SecurityError', description: 'not now', details });
    await expect(call).rejects.toMatchObject({ rpcErrorCode: 'SecurityError', message: 'not now', details });
  });

  it('goes on by itself in time', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == call'));
    const call = bench.stationEnd.call('Heartbeat', {});
    await whenHeld(bench.interception);
    bench.clock.advance(26_999);
    expect(bench.interception.state().heldCount).toBe(1);
    bench.clock.advance(1);
    expect(await call).toEqual({ currentTime: NOW });
    expect(bench.recorder.fates).toEqual([{ entry: 1, fate: 'delayed', by: 'the time-out of its sender was near' }]);
  });
});

describe('a held answer', () => {
  it('is edited', async () => {
    const bench = await start({ csms: CSMS });
    bench.interception.configure(breakingAt('type == result and request.idToken.idToken == "ABC"'));
    const call = bench.stationEnd.call('Authorize', TOKEN);
    const [held] = await whenHeld(bench.interception);
    await decideNext(bench.interception, { kind: 'edit', text: (held?.text ?? '').replace('Accepted', 'Blocked') });
    expect(await call).toEqual({ idTokenInfo: { status: 'Blocked' } });
  });

  it('does not keep the other direction waiting', async () => {
    const bench = await start({ csms: CSMS, station: { GetLocalListVersion: { versionNumber: 3 } } });
    bench.interception.configure(breakingAt('action == "Heartbeat" and type == result'));
    const call = bench.stationEnd.call('Heartbeat', {});
    await whenHeld(bench.interception);
    // A CALL to the station waits behind the answer; once that is gone, its own answer passes.
    const asked = bench.csmsEnd.call('GetLocalListVersion', {});
    expect((await whenHeld(bench.interception, 2))[1]).toMatchObject({
      action: 'GetLocalListVersion',
      breakpoint: null,
    });
    expect(bench.interception.releaseAll()).toBe(2);
    expect(await call).toEqual({ currentTime: NOW });
    expect(await asked).toEqual({ versionNumber: 3 });
  });
});

describe('an injected CALL', () => {
  const STATION = { GetLocalListVersion: { versionNumber: 3 } };

  it('is answered to us alone, either way', async () => {
    const bench = await start({ csms: CSMS, station: STATION });
    const { peers } = bench.proxy;
    expect(peers.list()).toEqual([
      { link: 1, peer: 'station', station: 'CS-1', version: '2.0.1', by: 'proxy' },
      { link: 2, peer: 'csms', station: 'CS-1', version: '2.0.1', by: 'proxy' },
    ]);
    expect(await peers.call(1, { action: 'GetLocalListVersion', payload: {} })).toEqual({
      ok: true,
      value: { kind: 'result', entry: 1, answer: 2, payload: { versionNumber: 3 } },
    });
    expect(await peers.call(2, { action: 'Heartbeat', payload: {}, messageId: 'mine' })).toEqual({
      ok: true,
      value: { kind: 'result', entry: 3, answer: 4, payload: { currentTime: NOW } },
    });
    expect(await peers.call(2, { action: 'Reset', payload: {} })).toMatchObject({
      ok: true,
      value: { kind: 'error', entry: 5, answer: 6 },
    });
    expect(bench.stationEnd.asked[0]?.messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(bench.csmsEnd.asked[0]?.messageId).toBe('mine');
    expect(recorded(bench).slice(0, 3)).toEqual([
      '1 injected: [2,"id0","GetLocalListVersion",{}]',
      '1 received: [3,"id0",{"versionNumber":3}] (consumed: the answer to a CALL of Plugscope)',
      '2 injected: [2,"id1","Heartbeat",{}]',
    ]);
    // The ends go on as if nothing had been.
    expect(await bench.stationEnd.call('Heartbeat', {})).toEqual({ currentTime: NOW });
    expect(await bench.csmsEnd.call('GetLocalListVersion', {})).toEqual({ versionNumber: 3 });
  });

  it('waits for the CSMS’s own CALL, which then waits for it', async () => {
    const gates: (() => void)[] = [];
    const slow = () => new Promise<{ versionNumber: number }>((done) => gates.push(() => done({ versionNumber: 1 })));
    const bench = await start({ station: { GetLocalListVersion: slow } });
    const first = bench.csmsEnd.call('GetLocalListVersion', {});
    await until(() => gates.length === 1);
    const injected = bench.proxy.peers.call(1, { action: 'GetLocalListVersion', payload: {} });
    gates[0]?.();
    await first;
    await until(() => gates.length === 2);
    const second = bench.csmsEnd.call('GetLocalListVersion', {});
    await until(() => bench.recorder.frames.length === 4);
    expect(gates).toHaveLength(2);
    gates[1]?.();
    expect(await injected).toMatchObject({ ok: true, value: { kind: 'result' } });
    await until(() => gates.length === 3);
    gates[2]?.();
    await second;
    const asked = bench.stationEnd.asked.map(({ messageId }) => messageId);
    const frames = recorded(bench).filter((line) => line.includes('[2,'));
    expect(asked).toHaveLength(3);
    expect(frames.map((line) => line.split(' ')[1]?.replace(':', ''))).toEqual(['received', 'injected', 'received']);
  });

  it('runs out of time', async () => {
    const bench = await start({ station: SILENT });
    const call = bench.proxy.peers.call(1, { action: 'GetLocalListVersion', payload: {} });
    await until(() => bench.stationEnd.asked.length === 1);
    bench.clock.advance(30_000);
    expect(await call).toEqual({ ok: true, value: { kind: 'timeout', entry: 1 } });
  });

  it('is cancelled, before or after it was sent', async () => {
    const bench = await start({ station: SILENT });
    const cancels = [new AbortController(), new AbortController(), new AbortController()];
    const calls = cancels.map(({ signal }) =>
      bench.proxy.peers.call(1, { action: 'GetLocalListVersion', payload: {} }, signal),
    );
    await until(() => bench.stationEnd.asked.length === 1);
    for (const cancel of cancels) cancel.abort();
    const codes = (await Promise.all(calls)).map((outcome) => (outcome.ok ? '' : outcome.error.code));
    expect(codes).toEqual(['not-awaited', 'taken-back', 'taken-back']);
    expect(bench.recorder.frames).toHaveLength(1);
  });

  it('ends with the connection, and then there is nobody to send to', async () => {
    const bench = await start({ station: SILENT });
    const call = bench.proxy.peers.call(1, { action: 'GetLocalListVersion', payload: {} });
    await until(() => bench.stationEnd.asked.length === 1);
    const waiting = bench.proxy.peers.call(1, { action: 'GetLocalListVersion', payload: {} });
    await bench.close();
    benches.length = 0;
    expect(await call).toEqual({ ok: true, value: { kind: 'closed', entry: 1 } });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'link-gone' } });
    expect(bench.proxy.peers.list()).toEqual([]);
    expect(await bench.proxy.peers.call(1, { action: 'Reset', payload: {} })).toMatchObject({ ok: false });
    expect(bench.proxy.peers.raw(1, Buffer.from('x'), false)).toMatchObject({ ok: false });
  });
});
