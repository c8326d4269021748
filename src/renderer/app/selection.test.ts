import { describe, expect, it } from 'vitest';
import { plainRow, plainRows, scriptedEngine } from '../testing/scripted-engine.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createSelection } from './selection.ts';
import { createTimelineFeed } from './timeline-feed.ts';

async function opened() {
  const rows = plainRows(1000);
  rows[9] = plainRow(10, { findings: 2, severity: 'error' });
  rows[499] = plainRow(500, { findings: 1, severity: 'warning', action: 'Authorize' });
  const engine = scriptedEngine(rows);
  const feed = createTimelineFeed(() => engine.api, virtualTiming());
  await feed.open('');
  const selection = createSelection(feed, async (entry) => engine.rows[entry - 1] ?? null);
  return { engine, feed, selection, at: () => selection.state.getState() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the selection', () => {
  it('lets go of the tail, so that what is read stays', async () => {
    const { feed, selection, at } = await opened();
    await selection.select(500);
    expect(feed.state.getState().following).toBe(false);
    expect(at()).toMatchObject({ index: 500, row: { entry: 501 }, detailOpen: false });
  });

  it('moves within the rows, the first step from nothing going to the last', async () => {
    const { selection, at } = await opened();
    selection.move(-1);
    expect(at().index).toBe(999);
    selection.move(20);
    expect(at().index).toBe(999);
    selection.toStart();
    selection.move(-5);
    expect(at().index).toBe(0);
    selection.move(3);
    expect(at().index).toBe(3);
  });

  it('follows again from the end', async () => {
    const { feed, selection, at } = await opened();
    selection.toStart();
    selection.toEnd();
    expect(at().index).toBe(999);
    expect(feed.state.getState().following).toBe(true);
  });

  it('goes from finding to finding and stays where there is no other', async () => {
    const { selection, at } = await opened();
    expect(await selection.nextFinding('forward')).toBe(true);
    expect(at().row?.entry).toBe(10);
    expect(await selection.nextFinding('forward')).toBe(true);
    expect(at().row?.entry).toBe(500);
    expect(await selection.nextFinding('forward')).toBe(false);
    expect(at().row?.entry).toBe(500);
    await selection.nextFinding('backward');
    expect(at().row?.entry).toBe(10);
  });

  it('keeps the message when a filter hides it, and finds its place again', async () => {
    const { feed, selection, at } = await opened();
    await selection.selectEntry(700);
    await feed.open('action == "Authorize"');
    await selection.relocate();
    expect(at()).toMatchObject({ index: null, row: { entry: 700 } });
    await feed.open('');
    await selection.relocate();
    expect(at()).toMatchObject({ index: 699, reveal: { index: 699 } });
  });

  it('shows an entry that the filter hides without a place', async () => {
    const { feed, selection, at } = await opened();
    await feed.open('action == "Authorize"');
    await selection.selectEntry(3);
    expect(at()).toMatchObject({ index: null, row: { entry: 3 } });
    await selection.selectEntry(500);
    expect(at()).toMatchObject({ index: 0, row: { entry: 500 } });
  });

  it('means the row that was gone to while that is loaded, and stays with it when it is left', async () => {
    const { selection, at } = await opened();
    await selection.select(0);
    expect(selection.meantNow()).toMatchObject({ entry: 1 });
    selection.move(400);
    expect(at()).toMatchObject({ index: 400, row: { entry: 1 } });
    expect(selection.meantNow()).toBeUndefined();
    const meant = selection.meant();
    selection.move(100);
    expect(await meant).toMatchObject({ entry: 401 });
    expect(await selection.meant()).toMatchObject({ entry: 501 });
    void selection.selectEntry(700);
    const entry = selection.meant();
    selection.move(-1);
    expect(await entry).toMatchObject({ entry: 700 });
    expect(await selection.meant()).toMatchObject({ entry: 500 });
  });

  it('goes to the finding after the one that is being gone to, and means it', async () => {
    const { selection, at } = await opened();
    const first = selection.nextFinding('forward');
    const meant = selection.meant();
    const second = selection.nextFinding('forward');
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(await meant).toMatchObject({ entry: 10 });
    expect(at().row?.entry).toBe(500);
  });

  it('finds its place in a new view before a long search ends, which then goes on in that', async () => {
    const { feed, selection, at } = await opened();
    await selection.selectEntry(500);
    const found = Promise.withResolvers<number | null>();
    const going = selection.goOn(() => found.promise);
    await feed.open('action == "Authorize"');
    await selection.relocate();
    expect(at()).toMatchObject({ index: 0, row: { entry: 500 } });
    expect(selection.meantNow()).toBeUndefined();
    await feed.open('');
    found.resolve(700);
    await going;
    expect(at()).toMatchObject({ index: 699, row: { entry: 700 } });
    expect((await selection.meant())?.entry).toBe(700);
  });

  it('means no row where the one that was gone to cannot be read', async () => {
    const { engine, selection, at } = await opened();
    await selection.select(999);
    const lost = () => Promise.reject(new Error('the engine is lost'));
    Object.assign(engine.api, { 'timeline.rows': lost });
    await selection.select(3);
    expect(at()).toMatchObject({ index: 3, row: { entry: 1000 } });
    expect([await selection.meant(), selection.meantNow()]).toEqual([null, null]);
    await selection.select(999);
    expect(await selection.meant()).toMatchObject({ entry: 1000 });
  });

  it('takes no row of another view for the one that was gone to', async () => {
    const { engine, feed, selection } = await opened();
    await selection.select(999);
    const rows = engine.api['timeline.rows'];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    Object.assign(engine.api, {
      'timeline.rows': async (...[view, ...range]: Parameters<typeof rows>) => {
        if (view === 1) await held;
        return rows(view, ...range);
      },
    });
    selection.move(-999);
    const meant = selection.meant();
    await feed.open('action == "Authorize"');
    letGo();
    expect(await meant).toBeNull();
    await selection.relocate();
    expect(await selection.meant()).toMatchObject({ entry: 1000 });
  });

  it('shows the row anew once its answer has come', async () => {
    const { engine, feed, selection, at } = await opened();
    await selection.select(999);
    engine.rows[999] = plainRow(1000, { answer: 1001 });
    feed.need(990, 999);
    feed.refresh();
    await settled();
    expect(at().row?.answer).toBe(1001);
    expect((await selection.meant())?.answer).toBe(1001);
  });

  it('ends at the last of many steps, whatever the order of the answers', async () => {
    const { selection, at } = await opened();
    for (let index = 0; index < 300; index += 3) void selection.select(index);
    await settled();
    await settled();
    expect(at()).toMatchObject({ index: 297, row: { entry: 298 } });
  });
});
