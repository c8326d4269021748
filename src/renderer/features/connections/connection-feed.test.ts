import { describe, expect, it } from 'vitest';
import type { Api } from '../../../bridge/contract.ts';
import type { ConnectionsWanted } from '../../../bridge/methods/connections.ts';
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

/** Asks of the engine; a test may keep its answers back. */
function bench(links: number, chosen: number | null = null) {
  const timing = virtualTiming();
  const engine = {
    rows: new Map<number, ConnectionRow>(),
    lists: new Map<string, { wanted: ConnectionsWanted; links: readonly number[] }>(),
    asked: [] as string[],
    fails: false,
    /** Answers to these questions do not arrive before that. */
    late: { questions: '', until: Promise.resolve() },
  };
  for (let link = 1; link <= links; link++) engine.rows.set(link, row(link));
  const linksOf = ({ kind, station }: ConnectionsWanted): readonly number[] =>
    [...engine.rows.values()]
      .filter((one) => (station === null || one.station === station) && (kind !== 'open' || one.state === 'open'))
      .map(({ link }) => link)
      .sort((a, b) => b - a);
  const answered = async <T>(asked: string, answer: T): Promise<T> => {
    engine.asked.push(asked);
    await (asked.startsWith(engine.late.questions) ? engine.late.until : null);
    if (engine.fails) throw new Error('The session cannot be read.');
    return answer;
  };
  const api: Pick<Api, 'connections.list' | 'connections.rows' | 'connections.indexOf'> = {
    async 'connections.list'(wanted) {
      const list = `list ${engine.lists.size}`;
      engine.lists.set(list, { wanted, links: linksOf(wanted) });
      return answered('list', { list, count: linksOf(wanted).length });
    },
    async 'connections.rows'(list, start, most) {
      const kept = engine.lists.get(list);
      if (!kept) return answered(`${start} ${most}`, null);
      const now = linksOf(kept.wanted);
      return answered(`${start} ${most}`, {
        rows: kept.links.slice(start, start + most).flatMap((link) => engine.rows.get(link) ?? []),
        total: now.length,
        fresh: now.filter((link) => link > (kept.links[0] ?? 0)).length,
      });
    },
    async 'connections.indexOf'(list, link) {
      const index = engine.lists.get(list)?.links.indexOf(link) ?? -1;
      return answered(`where is ${link}`, index < 0 ? null : index);
    },
  };
  const choice = {
    link: chosen,
    chosen: () => choice.link,
    /** Whoever chooses, the pane says so. */
    choose(link: number) {
      choice.link = link;
      feed.place(link);
    },
  };
  const feed = createConnectionFeed(() => api, timing, choice);
  const read = feed.state.getState;
  return {
    timing,
    engine,
    feed,
    read,
    choice,
    /** What the list shows, as far as it is read. */
    links: (first = 0, last = read().count - 1) =>
      Array.from({ length: last - first + 1 }, (_, index) => feed.row(first + index)?.link),
    /** Keeps back what the engine answers to questions that begin so, until the result is called. */
    keepBack(questions = ''): () => Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      engine.late = { questions, until: promise };
      return async () => {
        resolve();
        await timing.pass(1);
      };
    },
  };
}

const ALL = { kind: 'all', station: null } as const;

describe('the list of connections', () => {
  it('reads what is on screen and near it, at any place', async () => {
    const { timing, engine, feed, links, read } = bench(10_000);
    feed.list(ALL, false);
    await timing.pass(1);
    expect(read()).toMatchObject({ count: 10_000, total: 10_000, known: true });
    expect(links(0, 127)).toEqual(Array.from({ length: 128 }, (_, index) => 10_000 - index));
    engine.asked.length = 0;
    feed.need(0, 20);
    feed.need(10, 30);
    await timing.pass(1);
    expect(engine.asked).toEqual([]);
    for (const first of [500, 2000, 5000]) feed.need(first, first + 20);
    await timing.pass(1);
    expect(links(5000, 5002)).toEqual([5000, 4999, 4998]);
    // Of what was only passed, no more is read than what was asked for already.
    expect(engine.asked).toEqual(['384 128', '4864 128', '4992 128']);
  });

  it('puts new ones on top while nobody reads, at most once a second', async () => {
    const { timing, engine, feed, links, read } = bench(3);
    feed.list(ALL, false);
    await timing.pass(1);
    for (let link = 4; link <= 9; link++) {
      engine.rows.set(link, row(link));
      feed.changed();
      await timing.pass(10);
    }
    expect(links()).toEqual([4, 3, 2, 1]);
    await timing.pass(1000);
    expect(links()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    // The one that was chosen to begin with goes down with its row.
    expect(read().at).toBe(6);
    expect(engine.asked.filter((asked) => asked === 'list')).toHaveLength(3);
  });

  it('moves nothing under a reader: new ones are counted, and those on screen say how they stand', async () => {
    const { timing, engine, feed, links, read } = bench(5);
    feed.list(ALL, false);
    await timing.pass(1);
    feed.need(0, 4);
    feed.hold(true);
    engine.rows.set(6, row(6));
    engine.rows.set(2, row(2, { state: 'ended', sentence: 'Lost.' }));
    feed.changed();
    await timing.pass(1);
    expect(links()).toEqual([5, 4, 3, 2, 1]);
    expect(read()).toMatchObject({ fresh: 1, total: 6, count: 5 });
    expect(feed.row(3)).toMatchObject({ state: 'ended', sentence: 'Lost.' });
    engine.rows.set(7, row(7));
    feed.changed();
    await timing.pass(1001);
    expect(read().fresh).toBe(2);
    feed.hold(false);
    await timing.pass(1);
    expect(links()).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(read().fresh).toBe(0);
  });

  it('lists nothing anew for one who has begun to read before that was there', async () => {
    const { timing, engine, feed, links, read, keepBack } = bench(3);
    feed.list(ALL, false);
    await timing.pass(1);
    engine.rows.set(4, row(4));
    feed.changed();
    await timing.pass(1);
    engine.rows.set(5, row(5));
    feed.hold(true);
    feed.changed();
    await timing.pass(1001);
    const goOn = keepBack();
    feed.hold(false);
    feed.hold(true);
    await goOn();
    expect(links()).toEqual([4, 3, 2, 1]);
    expect(read().fresh).toBe(1);
    // What somebody asks for comes, whoever reads.
    feed.list({ kind: 'all', station: 'CS-2' }, false);
    await timing.pass(1);
    expect(links()).toEqual([5, 2]);
  });

  it('leaves what is no longer of its kind in its place until nobody reads', async () => {
    const { timing, engine, feed, links, read } = bench(5);
    feed.list({ kind: 'open', station: null }, false);
    await timing.pass(1);
    feed.need(0, 4);
    feed.hold(true);
    engine.rows.set(3, row(3, { state: 'ended' }));
    engine.rows.set(1, row(1, { state: 'ended' }));
    engine.rows.set(6, row(6));
    feed.changed();
    await timing.pass(1);
    expect(links()).toEqual([5, 4, 3, 2, 1]);
    expect(read()).toMatchObject({ fresh: 1, total: 4 });
    expect(feed.row(2)?.state).toBe('ended');
    feed.hold(false);
    await timing.pass(1);
    expect(links()).toEqual([6, 5, 4, 2]);
  });

  it('keeps what stands there until others are known, and lets go of late answers to the question before', async () => {
    const { timing, feed, links, read, keepBack } = bench(5);
    feed.list(ALL, false);
    await timing.pass(1);
    feed.list({ kind: 'all', station: 'CS-0' }, false);
    feed.list({ kind: 'all', station: 'CS-1' }, false);
    expect(links()).toEqual([5, 4, 3, 2, 1]);
    expect(read().listed).toEqual(ALL);
    await timing.pass(1);
    expect(links()).toEqual([4, 1]);
    const goOn = keepBack('0 2');
    feed.hold(true);
    feed.changed();
    await timing.pass(1);
    feed.list(ALL, false);
    await timing.pass(1);
    await goOn();
    expect(read()).toMatchObject({ listed: ALL, total: 5 });
    expect(links()).toEqual([5, 4, 3, 2, 1]);
  });

  it('reads again what was being read when it changed', async () => {
    const { timing, engine, feed, keepBack } = bench(300);
    feed.list(ALL, false);
    await timing.pass(1);
    feed.hold(true);
    const goOn = keepBack();
    feed.need(150, 170);
    engine.rows.set(150, row(150, { state: 'ended' }));
    feed.changed();
    await timing.pass(1);
    await goOn();
    expect(feed.row(150)?.state).toBe('ended');
  });

  it('says why it cannot be read, and reads again', async () => {
    const { timing, engine, feed, read } = bench(2);
    engine.fails = true;
    feed.list(ALL, false);
    await timing.pass(1);
    expect(read()).toMatchObject({ known: false, failure: 'The session cannot be read.' });
    engine.fails = false;
    feed.changed();
    await timing.pass(1);
    expect(read()).toMatchObject({ known: true, failure: null, total: 2 });
  });

  it('lists anew what the engine has forgotten, also under a reader, and nothing of a session before', async () => {
    const { timing, engine, feed, links, read, choice } = bench(5);
    feed.list(ALL, false);
    await timing.pass(1);
    feed.hold(true);
    engine.rows.set(6, row(6));
    engine.lists.clear();
    feed.changed();
    await timing.pass(1);
    expect(links()).toEqual([6, 5, 4, 3, 2, 1]);
    engine.rows.delete(6);
    choice.link = null;
    feed.replaced();
    expect([read().count, feed.row(0)]).toEqual([0, undefined]);
    await timing.pass(1);
    expect([links(), choice.link]).toEqual([[5, 4, 3, 2, 1], 5]);
  });
});

describe('what is chosen of the list', () => {
  it('is the newest to begin with, and then what keys lead to, both ends at once', async () => {
    const { timing, feed, read, choice } = bench(10_000);
    feed.list(ALL, false);
    await timing.pass(1);
    expect([choice.link, read().at]).toEqual([10_000, 0]);
    feed.move(1);
    feed.move(1);
    await timing.pass(1);
    expect(choice.link).toBe(9998);
    feed.goTo(Number.POSITIVE_INFINITY);
    await timing.pass(1);
    expect([choice.link, read().reveal]).toEqual([1, { index: 9999, centre: false }]);
    feed.move(5);
    feed.move(-1);
    await timing.pass(1);
    expect(choice.link).toBe(2);
    feed.toNewest();
    await timing.pass(1);
    expect([choice.link, read().at]).toEqual([10_000, 0]);
  });

  it('is waited for where it is not read yet, and never another one', async () => {
    const { timing, feed, read, choice, keepBack } = bench(10_000);
    feed.list(ALL, false);
    await timing.pass(1);
    const goOn = keepBack();
    feed.goTo(9999);
    await timing.pass(1);
    expect(read()).toMatchObject({ at: 9999, waiting: true });
    feed.move(-10);
    feed.move(-1);
    await timing.pass(1);
    expect([choice.link, read().waiting]).toEqual([10_000, true]);
    await goOn();
    expect(choice.link).toBe(12);
    expect(read()).toMatchObject({ at: 9988, waiting: false });
  });

  it('goes on to the newest of all, and down from there, where others have come', async () => {
    const { timing, engine, feed, links, choice, keepBack } = bench(5);
    feed.list(ALL, false);
    await timing.pass(1);
    feed.hold(true);
    for (const link of [6, 7]) engine.rows.set(link, row(link));
    feed.changed();
    await timing.pass(1);
    const goOn = keepBack();
    feed.toNewest();
    feed.move(1);
    await goOn();
    expect([links(0, 2), choice.link]).toEqual([[7, 6, 5], 6]);
  });

  it('is found in another list, or not; what it waited for in the one before as well', async () => {
    const { timing, engine, feed, read, choice, keepBack } = bench(3000);
    feed.list(ALL, false);
    await timing.pass(1);
    const goOn = keepBack('2944');
    feed.goTo(2998);
    await timing.pass(1);
    feed.list({ kind: 'all', station: 'CS-2' }, false);
    await timing.pass(1);
    expect(choice.link).toBe(2);
    expect(read()).toMatchObject({ at: 999, waiting: false, reveal: { index: 999, centre: true } });
    expect(feed.row(999)?.link).toBe(2);
    expect(engine.asked.filter((asked) => asked === 'where is 2')).toHaveLength(1);
    await goOn();
    expect([choice.link, read().at]).toEqual([2, 999]);
    feed.list({ kind: 'all', station: 'CS-1' }, false);
    await timing.pass(1);
    expect([choice.link, read().at, read().reveal]).toEqual([2, null, { index: 0, centre: true }]);
    feed.move(1);
    await timing.pass(1);
    expect(choice.link).toBe(2998);
  });

  it('keeps to its link where keys were pressed while the list was made anew', async () => {
    const { timing, engine, feed, links, read, choice, keepBack } = bench(5);
    feed.list(ALL, false);
    await timing.pass(1);
    engine.rows.set(6, row(6));
    const goOn = keepBack('where is');
    feed.changed();
    await timing.pass(1);
    feed.move(1);
    await timing.pass(1);
    expect([choice.link, read().at]).toEqual([4, 1]);
    await goOn();
    expect([links(), choice.link, read().at]).toEqual([[6, 5, 4, 3, 2, 1], 4, 2]);
  });

  it('is brought into sight where somebody asked for it elsewhere, and keys go on from there', async () => {
    const { timing, feed, read, choice, keepBack } = bench(3000, 40);
    feed.list(ALL, false);
    await timing.pass(1);
    // It was chosen before the list was shown: that begins with the newest.
    expect(read()).toMatchObject({ at: 2960, reveal: null });
    const goOn = keepBack();
    choice.choose(2000);
    expect(read().at).toBeNull();
    feed.move(1);
    await goOn();
    expect([choice.link, read().at, read().reveal]).toEqual([1999, 1001, { index: 1001, centre: false }]);
    const goOnAgain = keepBack('where is 500');
    choice.choose(500);
    choice.choose(1);
    await timing.pass(1);
    await goOnAgain();
    expect(read()).toMatchObject({ at: 2999, reveal: { index: 2999, centre: true } });
  });

  it.each([
    ['before the list was asked for', true],
    ['while it was made', false],
  ])('is in sight from the start where somebody asked for it %s', async (_when, before) => {
    const { timing, feed, read, choice } = bench(3000, 40);
    feed.list(ALL, before);
    if (!before) choice.choose(50);
    await timing.pass(1);
    const index = before ? 2960 : 2950;
    expect(read()).toMatchObject({ at: index, reveal: { index, centre: true } });
    expect(feed.row(index)?.link).toBe(before ? 40 : 50);
  });
});
