import { describe, expect, it } from 'vitest';
import type { RuleEngine } from '../intercept/verdict.ts';
import { until } from '../testing/until.ts';
import { keepingBench, texts } from './testing/keeping-bench.ts';

/* Breakpoints, rules and places to inject outlive a CSMS that goes away, over real sockets. */

describe('a conversation whose CSMS is lost', () => {
  it('keeps breakpoints, and places to inject', async () => {
    const bench = await keepingBench('hold');
    const { interception, proxy } = bench;
    const breakpoint = {
      id: 'b',
      enabled: true,
      filter: 'action == Authorize',
      direction: 'both',
      forEver: false,
    } as const;
    interception.configure({ breakpoints: [breakpoint], senderTimeoutMs: 30_000, marginMs: 3000 });
    const { station } = await bench.pair();
    station.ws.send('[2,"1","Authorize",{"idTag":"A"}]');
    await until(() => interception.state().heldCount === 1);
    await bench.lose();
    expect(interception.state().heldCount).toBe(0);
    expect(bench.fates()).toEqual(['[2,"1","Authorize",{"idTag":"A"}] undelivered: the CSMS is not connected']);
    // Its other end is still there to be spoken to.
    expect(proxy.peers.list().map(({ link }) => link)).toEqual([1]);
    const called = proxy.peers.call(1, { action: 'ClearCache', payload: {}, messageId: 'mine' });
    await until(() => texts(station).length === 1);
    station.ws.send('[3,"mine",{"status":"Accepted"}]');
    expect(await called).toMatchObject({ ok: true, value: { kind: 'result', payload: { status: 'Accepted' } } });

    bench.csms.comeBack();
    const csms = await bench.pass(() => bench.csms.connections[1]);
    await until(() => proxy.peers.list().length === 2);
    station.ws.send('[2,"2","Authorize",{"idTag":"B"}]');
    const held = await until(() => interception.state().held[0]);
    interception.decide(held.id, { kind: 'forward' });
    await until(() => csms.messages.length === 1);
    const link = proxy.peers.list()[1]?.link ?? 0;
    expect(bench.recorder.links[link - 1]?.opening.peer).toBe('csms');
    expect(proxy.peers.raw(link, Buffer.from('hello'), false).ok).toBe(true);
    await until(() => texts(csms).includes('hello'));
    expect(bench.recorder.frames.at(-1)).toMatchObject({ link, origin: 'injected' });
  });

  it('is one conversation for rules, which are told of its end once', async () => {
    const ended: number[] = [];
    const engine: RuleEngine = {
      idle: true,
      judge: () => undefined,
      subprotocols: (offered) => offered,
      ended: (conversation) => void ended.push(conversation),
    };
    const bench = await keepingBench('hold', { rules: engine });
    const { station, csms } = await bench.pair();
    csms.ws.terminate();
    await bench.pass(() => bench.csms.connections[1]);
    await until(() => bench.rules().includes('link.upstream-back'));
    expect(ended).toEqual([]);
    station.ws.close(1000);
    await until(() => bench.proxy.legs().length === 0);
    await bench.close();
    // The end of the last link is in the journal a turn later.
    await until(() => ended.length);
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toEqual([1]);
  });
});
