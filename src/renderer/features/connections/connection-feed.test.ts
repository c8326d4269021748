import { describe, expect, it } from 'vitest';
import type { Api } from '../../../bridge/contract.ts';
import type { ConnectionRow } from '../../../session/life/life.ts';
import { virtualTiming } from '../../testing/virtual-timing.ts';
import { createConnectionFeed } from './connection-feed.ts';

function row(link: number, own: Partial<ConnectionRow> = {}): ConnectionRow {
  return {
    link,
    conversation: link,
    peer: 'station',
    opener: 'peer',
    attempt: null,
    station: `CS-${link % 3}`,
    remoteAddress: '',
    url: '',
    openedAt: link,
    closedAt: null,
    state: 'open',
    trouble: false,
    version: '2.1',
    secure: false,
    profile: 0,
    code: null,
    sentence: 'Open.',
    ...own,
  };
}

function bench(links: number) {
  const timing = virtualTiming();
  const engine = { rows: new Map<number, ConnectionRow>(), asked: [] as string[], fails: false };
  for (let link = 1; link <= links; link++) engine.rows.set(link, row(link));
  const api: Pick<Api, 'connections.list'> = {
    async 'connections.list'({ kind, station, before, most }) {
      if (engine.fails) throw new Error('The session cannot be read.');
      engine.asked.push(`${kind} ${before} ${most}`);
      const wanted = [...engine.rows.values()]
        .filter((one) => (station === null || one.station === station) && (kind !== 'open' || one.state === 'open'))
        .sort((a, b) => b.link - a.link);
      const rows = wanted.filter(({ link }) => before === null || link < before).slice(0, most);
      return { rows, total: wanted.length };
    },
  };
  const feed = createConnectionFeed(() => api, timing);
  const links_ = (): readonly number[] => feed.state.getState().rows.map(({ link }) => link);
  return { timing, engine, feed, links: links_, read: feed.state.getState };
}

const ALL = { kind: 'all', station: null } as const;

describe('the list of connections', () => {
  it('reads older ones only as far as somebody looks, without gaps', async () => {
    const { timing, engine, feed, links, read } = bench(1000);
    feed.list(ALL);
    await timing.pass(1);
    expect(links()).toEqual(Array.from({ length: 100 }, (_, index) => 1000 - index));
    expect(read()).toMatchObject({ total: 1000, more: true });
    feed.need(0, 20);
    await timing.pass(1);
    expect(engine.asked).toHaveLength(1);
    feed.need(70, 90);
    feed.need(71, 91);
    await timing.pass(1);
    expect(engine.asked).toEqual(['all null 100', 'all 901 500']);
    feed.need(570, 590);
    await timing.pass(1);
    expect(links()).toEqual(Array.from({ length: 1000 }, (_, index) => 1000 - index));
    expect(read().more).toBe(false);
  });

  it('puts new ones on top while nobody reads, at most once a second', async () => {
    const { timing, engine, feed, links } = bench(3);
    feed.list(ALL);
    await timing.pass(1);
    for (let link = 4; link <= 9; link++) {
      engine.rows.set(link, row(link));
      feed.changed();
      await timing.pass(10);
    }
    expect(links()).toEqual([4, 3, 2, 1]);
    await timing.pass(1000);
    expect(links()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(engine.asked).toHaveLength(3);
  });

  it('moves nothing under a reader: new ones are counted, and those on screen say how they stand', async () => {
    const { timing, engine, feed, links, read } = bench(5);
    feed.list(ALL);
    await timing.pass(1);
    feed.need(0, 4);
    feed.hold(true);
    engine.rows.set(6, row(6));
    engine.rows.set(2, row(2, { state: 'ended', sentence: 'Lost.' }));
    feed.changed();
    await timing.pass(1);
    expect(links()).toEqual([5, 4, 3, 2, 1]);
    expect(read()).toMatchObject({ fresh: 1, total: 6 });
    expect(read().rows[3]).toMatchObject({ state: 'ended', sentence: 'Lost.' });
    engine.rows.set(7, row(7));
    feed.changed();
    await timing.pass(1001);
    expect(read().fresh).toBe(2);
    feed.hold(false);
    await timing.pass(1);
    expect(links()).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(read().fresh).toBe(0);
  });

  it('leaves what is no longer of its kind in its place until nobody reads', async () => {
    const { timing, engine, feed, links, read } = bench(5);
    feed.list({ kind: 'open', station: null });
    await timing.pass(1);
    feed.need(0, 4);
    feed.hold(true);
    engine.rows.set(3, row(3, { state: 'ended' }));
    engine.rows.set(1, row(1, { state: 'ended' }));
    engine.rows.set(6, row(6));
    feed.changed();
    await timing.pass(1);
    expect(links()).toEqual([5, 4, 3, 2, 1]);
    expect(read()).toMatchObject({ fresh: 1, left: new Set([3, 1]) });
    feed.hold(false);
    await timing.pass(1);
    expect(links()).toEqual([6, 5, 4, 2]);
    expect(read().left.size).toBe(0);
  });

  it('keeps what stands there until others are known, and lets go of late answers to the question before', async () => {
    const { timing, feed, links } = bench(5);
    feed.list(ALL);
    await timing.pass(1);
    feed.list({ kind: 'all', station: 'CS-0' });
    feed.list({ kind: 'all', station: 'CS-1' });
    expect(links()).toEqual([5, 4, 3, 2, 1]);
    await timing.pass(1);
    expect(links()).toEqual([4, 1]);
  });

  it('says why it cannot be read, and reads again', async () => {
    const { timing, engine, feed, read } = bench(2);
    engine.fails = true;
    feed.list(ALL);
    await timing.pass(1);
    expect(read()).toMatchObject({ known: false, failure: 'The session cannot be read.' });
    engine.fails = false;
    feed.changed();
    await timing.pass(1);
    expect(read()).toMatchObject({ known: true, failure: null, total: 2 });
  });
});
