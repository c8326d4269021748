import { describe, expect, it } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import type { FollowOutcome } from '../../bridge/methods/follow.ts';
import type { FollowKey } from '../../session/follow/keys.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import { plainRow, plainRows, scriptedEngine } from '../testing/scripted-engine.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createFollowing } from './following.ts';
import { createSelection } from './selection.ts';
import { createTimelineFeed } from './timeline-feed.ts';

const key = (topic: 'transaction' | 'evse', value: number): FollowKey => ({
  station: 'CS-1',
  generation: '2',
  topic,
  family: '',
  value,
});
const [TRANSACTION, EVSE, OTHER_EVSE] = [key('transaction', 7), key('evse', 1), key('evse', 2)];

/** The row of an entry. */
const row = (entry: number): TimelineRow => plainRow(entry);

/** Following over an engine that knows the keys of some entries and answers each search as a test says; 1 is selected. */
async function following(keys: Readonly<Record<number, readonly FollowKey[]>>) {
  const searches: { readonly from: number; readonly of: FollowKey; answer(outcome: FollowOutcome): void }[] = [];
  const api: Api = {
    ...scriptedEngine(plainRows(30)).api,
    'follow.keys': async (entry) => keys[entry] ?? [],
    'follow.next': (from, of) => new Promise<FollowOutcome>((answer) => void searches.push({ from, of, answer })),
    'follow.cancel': async () => null,
  };
  const filters: string[] = [];
  const feed = createTimelineFeed(() => api, virtualTiming());
  await feed.open('');
  const selection = createSelection(feed, async (entry) => row(entry));
  await selection.selectEntry(1);
  const subject = createFollowing(
    () => api,
    selection,
    async (text) => void filters.push(text),
  );
  /** Answers the latest search once it has begun. */
  const answer = async (outcome: FollowOutcome): Promise<void> => {
    await settled();
    searches.at(-1)?.answer(outcome);
    await settled();
  };
  const selected = (): number | undefined => selection.state.getState().row?.entry;
  return { subject, selection, selected, searches, answer, filters, read: () => subject.state.getState() };
}

/** Lets what is under way go on. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('following', () => {
  it('stays with what is followed, else with its kind, else takes the most telling', async () => {
    const { subject, read } = await following({
      1: [TRANSACTION, EVSE],
      2: [TRANSACTION, OTHER_EVSE],
      3: [EVSE],
      4: [],
    });
    await subject.look(1);
    expect(read().chosen).toEqual(TRANSACTION);
    subject.choose(EVSE);
    await subject.look(2);
    expect(read().chosen).toEqual(OTHER_EVSE);
    await subject.look(3);
    expect(read().chosen).toEqual(EVSE);
    await subject.look(4);
    expect(read()).toMatchObject({ keys: [], chosen: null });
  });

  it('selects what it finds, and says where there is nothing more', async () => {
    const { subject, selected, searches, answer, read } = await following({ 1: [TRANSACTION], 9: [TRANSACTION] });
    const first = subject.step('forward');
    await settled();
    expect(searches[0]).toMatchObject({ from: 1, of: TRANSACTION });
    expect(read().searching).toBe(true);
    await answer({ kind: 'found', entry: 9 });
    await first;
    expect(selected()).toBe(9);
    const second = subject.step('backward');
    await answer({ kind: 'none' });
    await second;
    expect(read()).toMatchObject({ searching: false, said: 'No message of Transaction 7 before this one.' });
  });

  it('takes each step from where the one before it led, and none in vain', async () => {
    const all = Object.fromEntries([1, 5, 9].map((entry) => [entry, [TRANSACTION]]));
    const { subject, selection, selected, searches, answer } = await following(all);
    const steps = [subject.step('forward'), subject.step('forward'), subject.step('forward'), subject.step('forward')];
    const meant = selection.meant();
    steps.push(subject.step('backward'));
    await answer({ kind: 'found', entry: 5 });
    expect(selected()).toBe(5);
    await answer({ kind: 'found', entry: 9 });
    expect(selected()).toBe(9);
    // There is nothing after 9: the fourth step is not looked for again, and the fifth goes back from there.
    await answer({ kind: 'none' });
    expect(searches.map(({ from }) => from)).toEqual([1, 5, 9, 9]);
    await answer({ kind: 'found', entry: 5 });
    await Promise.all(steps);
    expect([(await meant)?.entry, selected(), searches.length]).toEqual([9, 5, 4]);
    // What is asked for now may have come by now.
    void subject.step('forward');
    await answer({ kind: 'found', entry: 9 });
    void subject.step('forward');
    await settled();
    expect(searches.map(({ from }) => from).slice(4)).toEqual([5, 9]);
  });

  it('gives up the steps that wait once they are cancelled, or something else is gone to', async () => {
    const { subject, selection, selected, searches, answer, read } = await following({ 1: [EVSE], 20: [EVSE] });
    const cancelled = [subject.step('forward'), subject.step('forward')];
    await settled();
    subject.cancel();
    await answer({ kind: 'cancelled' });
    await Promise.all(cancelled);
    expect([searches.length, selected(), (await selection.meant())?.entry]).toEqual([1, 1, 1]);

    const left = [subject.step('forward'), subject.step('forward')];
    await settled();
    selection.move(3);
    await subject.look(4);
    await answer({ kind: 'none' });
    await Promise.all(left);
    expect([searches.length, selected(), (await selection.meant())?.entry, read().said]).toEqual([2, 4, 4, null]);
  });

  it('leaves a search that was given up for another one to that', async () => {
    const { subject, searches, read } = await following({ 1: [TRANSACTION] });
    const steps = [subject.step('forward', row(1))];
    await settled();
    steps.push(subject.step('backward', row(1)));
    await settled();
    expect(searches).toHaveLength(2);
    searches[0]?.answer({ kind: 'cancelled' });
    await settled();
    expect(read().searching).toBe(true);
    searches[1]?.answer({ kind: 'none' });
    await Promise.all(steps);
    expect(read().searching).toBe(false);
  });

  it('shows only what is followed', async () => {
    const { subject, filters } = await following({ 1: [EVSE] });
    await subject.showOnly(1);
    expect(filters).toHaveLength(1);
    expect(filters[0]).toMatch(/^station == "CS-1" and version != "1.6" and \(request.evse.id == 1 or /);
  });

  it('says that a message has nothing in common with others', async () => {
    const { subject, searches, filters, read } = await following({});
    await subject.step('forward');
    await subject.showOnly(1);
    expect(read().said).toBe('This message has nothing in common with others.');
    expect([searches, filters]).toEqual([[], []]);
  });

  it('follows from the entry that it is told, whatever else is looked at meanwhile', async () => {
    const { subject, searches, answer, filters } = await following({ 1: [EVSE], 2: [OTHER_EVSE] });
    const steps = [subject.step('forward', row(1)), subject.look(2)];
    await answer({ kind: 'none' });
    steps.push(subject.look(1), subject.step('forward', row(2)), subject.showOnly(1));
    await answer({ kind: 'none' });
    await Promise.all(steps);
    expect(searches).toMatchObject([
      { from: 1, of: EVSE },
      { from: 2, of: OTHER_EVSE },
    ]);
    expect(filters[0]).toContain('evse.id == 1');
  });

  it('forgets what another session had', async () => {
    const { subject, read } = await following({ 1: [EVSE] });
    await subject.look(1);
    subject.forget();
    expect(read()).toMatchObject({ entry: null, chosen: null });
  });
});
