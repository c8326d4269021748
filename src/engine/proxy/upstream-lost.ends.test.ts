import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { keepingBench } from './testing/keeping-bench.ts';

/* How a conversation ends, or goes on, whose CSMS went away, over real sockets. */

describe('a station that is kept', () => {
  it('lets a station leave: nobody is called any more', async () => {
    const bench = await keepingBench('hold');
    const { station } = await bench.pair();
    await bench.lose();
    station.ws.close(1000);
    await until(() => bench.proxy.legs().length === 0);
    expect(bench.recorder.links[0]?.closing).toMatchObject({ code: 1000, by: 'peer' });
    await until(() => bench.clock.pending === 0);
    bench.clock.advance(60_000);
    expect(bench.recorder.links).toHaveLength(2);
  });

  it('lets a station leave while the CSMS is being called', async () => {
    const bench = await keepingBench('hold');
    const { station } = await bench.pair();
    await bench.lose();
    bench.csms.fallSilent();
    await bench.pass(() => bench.csms.unanswered.length === 1);
    station.ws.terminate();
    await until(() => bench.proxy.legs().length === 0);
    expect(bench.recorder.links.at(-1)?.negotiation).toMatchObject({ code: 'aborted' });
  });

  it.each([false, true])(
    'ends with the proxy, the station told so, while the CSMS is being called: %s',
    async (calling) => {
      const bench = await keepingBench('hold');
      const { station } = await bench.pair();
      await bench.lose();
      if (calling) {
        bench.csms.fallSilent();
        await bench.pass(() => bench.csms.unanswered.length === 1);
      }
      await bench.proxy.close();
      await until(() => station.closing);
      expect(station.closing?.code).toBe(1001);
      expect(bench.proxy.legs()).toEqual([]);
      expect(bench.clock.pending).toBe(0);
    },
  );

  it('is for what ends by itself: where a leg is disconnected by hand, the other follows as it would', async () => {
    const bench = await keepingBench('hold');
    const { station } = await bench.pair();
    expect(bench.proxy.disconnect(2)).toBe(true);
    await until(() => bench.rules().includes('link.upstream-lost'));
    expect(bench.proxy.disconnect(2)).toBe(false);
    await bench.pass(() => bench.csms.connections[1]);
    await until(() => bench.rules().includes('link.upstream-back'));
    expect(bench.proxy.disconnect(1)).toBe(true);
    await until(() => station.closing && bench.csms.connections[1]?.closing);
    expect(station.closing?.code).toBe(1001);
    expect(bench.csms.connections[1]?.closing?.code).toBe(1001);
  });
});
