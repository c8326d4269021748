import { describe, expect, it } from 'vitest';
import { failure, success } from '../../session/outcome.ts';
import { plainRow, plainRows, scriptedEngine } from '../testing/scripted-engine.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createTimelineFeed } from './timeline-feed.ts';

async function opened(rows: number) {
  const engine = scriptedEngine(plainRows(rows));
  const timing = virtualTiming();
  const feed = createTimelineFeed(() => engine.api, timing);
  await feed.open('');
  const grow = (count: number): void => {
    engine.rows = plainRows(engine.rows.length + count);
    feed.grown(engine.state(1));
  };
  return { engine, timing, feed, grow, shown: () => feed.state.getState() };
}

describe('the feed of the timeline', () => {
  it('shows the newest rows at once', async () => {
    const { feed, shown } = await opened(1000);
    expect(shown()).toMatchObject({ count: 1000, loading: false, filtering: false, following: true });
    expect(feed.row(999)?.entry).toBe(1000);
    expect(feed.row(0)).toBeUndefined();
  });

  it('reads only what is on screen and near it', async () => {
    const { feed, engine, timing } = await opened(100_000);
    engine.asked.length = 0;
    feed.need(5000, 5040);
    await timing.pass(100);
    expect(feed.row(5000)?.entry).toBe(5001);
    expect(engine.asked.length).toBeLessThanOrEqual(2);
    feed.need(5001, 5041);
    await timing.pass(100);
    expect(engine.asked.length).toBeLessThanOrEqual(2);
  });

  it('reads what is on screen of another view too, where the list shows the same stretch of it', async () => {
    const { feed, timing } = await opened(1000);
    feed.follow(false);
    feed.need(0, 20);
    await timing.pass(100);
    await feed.open('entry != 5');
    await timing.pass(100);
    expect(feed.row(4)?.entry).toBe(6);
  });

  it('asks for the latest need when many come while questions are under way', async () => {
    const { feed, engine, timing } = await opened(1_000_000);
    engine.asked.length = 0;
    for (let first = 0; first < 900_000; first += 10_000) feed.need(first, first + 40);
    await timing.pass(100);
    expect(engine.asked.length).toBeLessThan(8);
    expect(feed.row(890_000)?.entry).toBe(890_001);
  });

  it('follows the tail with rows that are there already', async () => {
    const { feed, timing, grow, shown } = await opened(100);
    const counts: number[] = [];
    feed.state.subscribe(({ count }) => {
      counts.push(count);
      expect(count === 0 || feed.row(count - 1)).toBeTruthy();
    });
    for (let turn = 0; turn < 50; turn++) {
      grow(66);
      await timing.pass(33);
    }
    expect(shown().count).toBe(3400);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
  });

  it('shows growth at most once a frame', async () => {
    const { feed, timing, grow } = await opened(100);
    let changes = 0;
    feed.state.subscribe(() => changes++);
    feed.follow(false);
    for (let turn = 0; turn < 1000; turn++) grow(1);
    await timing.pass(16);
    expect(changes).toBeLessThan(5);
  });

  it('counts what is new since following was let go', async () => {
    const { feed, timing, grow, shown } = await opened(100);
    feed.follow(false);
    grow(30);
    await timing.pass(100);
    expect(shown().count - shown().countAtRelease).toBe(30);
    feed.follow(true);
    await timing.pass(100);
    expect(shown()).toMatchObject({ count: 130, countAtRelease: 130 });
  });

  it('keeps the rows of one view until another has some, and closes it then', async () => {
    const { feed, engine, shown, timing } = await opened(1000);
    const changing = feed.open('action == "None"');
    expect(shown()).toMatchObject({ count: 1000, filtering: true, filterTime: null });
    expect(feed.row(999)).toBeDefined();
    await timing.pass(50);
    await changing;
    expect(shown()).toMatchObject({ count: 0, filtering: false, filter: 'action == "None"' });
    expect(shown().filterTime).not.toBeNull();
    expect(engine.asked).toContain('close 1');
  });

  it('shows only the last of several filters, and closes the others', async () => {
    const { feed, engine, shown, timing } = await opened(1000);
    const both = Promise.all([feed.open('action == "None"'), feed.open('action == "Heartbeat"')]);
    await timing.pass(50);
    await both;
    expect(shown()).toMatchObject({ count: 1000, filter: 'action == "Heartbeat"' });
    expect(engine.asked.filter((call) => call.startsWith('close')).sort()).toEqual(['close 1', 'close 2']);
  });

  it('is busy until a filter has looked at all entries, and says how long that took', async () => {
    const { feed, engine, shown, timing } = await opened(1000);
    const [open, rows] = [engine.api['timeline.open'], engine.api['timeline.rows']];
    const api = {
      ...engine.api,
      'timeline.rows': rows,
      'timeline.open': async (filter: string) => {
        const answer = await open(filter);
        return answer.ok ? success({ ...answer.value, scanned: 100 }) : answer;
      },
    };
    Object.assign(engine.api, api);
    const filtering = feed.open('action == "Heartbeat"');
    await timing.pass(1);
    await filtering;
    expect(shown()).toMatchObject({ filtering: true, scanned: 100, entries: 1000, filterTime: null });
    await timing.pass(400);
    feed.grown(engine.state(2));
    await timing.pass(50);
    expect(shown().filtering).toBe(false);
    expect(shown().filterTime).toBeGreaterThan(400);
  });

  it('goes back to the filter before when one is given up that still runs', async () => {
    const { feed, engine, shown, timing } = await opened(1000);
    await feed.open('action == "Heartbeat"');
    const open = engine.api['timeline.open'];
    const running = async (filter: string) => {
      const answer = await open(filter);
      return answer.ok ? success({ ...answer.value, scanned: 100 }) : answer;
    };
    Object.assign(engine.api, { 'timeline.open': running });
    await feed.open('action == "None"');
    await feed.open('action == "Other"');
    expect(shown()).toMatchObject({ filter: 'action == "Other"', filtering: true });
    Object.assign(engine.api, { 'timeline.open': open });
    await feed.cancel();
    await timing.pass(50);
    expect(shown()).toMatchObject({ filter: 'action == "Heartbeat"', filtering: false, count: 1000 });
    await feed.cancel();
    expect(shown().filter).toBe('action == "Heartbeat"');
  });

  it('says why the engine refused a filter, and keeps what is on screen', async () => {
    const { feed, engine, shown } = await opened(1000);
    const refuse = async () => failure('filter-invalid', 'There is no field foo.');
    Object.assign(engine.api, { 'timeline.open': refuse });
    await feed.open('foo');
    expect(shown()).toMatchObject({ count: 1000, filtering: false, failure: { sentence: 'There is no field foo.' } });
    expect(feed.row(999)?.entry).toBe(1000);
  });

  it('never closes in a new engine the view of an old one', async () => {
    const { feed, engine } = await opened(10);
    const other = scriptedEngine(plainRows(20));
    Object.assign(engine.api, other.api);
    feed.forget();
    await feed.open('');
    expect(feed.state.getState().count).toBe(20);
    expect(other.asked.filter((call) => call.startsWith('close'))).toEqual([]);
  });

  it('reads rows on screen again when findings may have come late', async () => {
    const { feed, engine, timing } = await opened(100);
    feed.need(60, 99);
    await timing.pass(50);
    engine.rows[80] = plainRow(81, { findings: 1 });
    feed.refresh();
    expect(feed.row(80)?.findings).toBe(0);
    await timing.pass(50);
    expect(feed.row(80)?.findings).toBe(1);
  });

  it('lives without an engine', async () => {
    const feed = createTimelineFeed(() => null, virtualTiming());
    await feed.open('action == "X"');
    expect(await feed.load(3)).toBeUndefined();
    expect(await feed.indexOf(3)).toBeNull();
    expect(feed.state.getState().filter).toBe('action == "X"');
  });
});
