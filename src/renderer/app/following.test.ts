import { describe, expect, it } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import type { FollowOutcome } from '../../bridge/methods/follow.ts';
import type { FollowKey } from '../../session/follow/keys.ts';
import { createFollowing } from './following.ts';

const key = (topic: 'transaction' | 'evse', value: number): FollowKey => ({
  station: 'CS-1',
  generation: '2',
  topic,
  family: '',
  value,
});
const [TRANSACTION, EVSE, OTHER_EVSE] = [key('transaction', 7), key('evse', 1), key('evse', 2)];

/** Following over an engine that knows the keys of some entries and answers each search as a test says. */
function following(keys: Readonly<Record<number, readonly FollowKey[]>>) {
  const selected: number[] = [];
  const searches: { readonly from: number; readonly of: FollowKey; answer(outcome: FollowOutcome): void }[] = [];
  const api = {
    'follow.keys': async (entry) => keys[entry] ?? [],
    'follow.next': (from, of) => new Promise<FollowOutcome>((answer) => void searches.push({ from, of, answer })),
    'follow.cancel': async () => null,
  } as Partial<Api> as Api;
  const filters: string[] = [];
  const subject = createFollowing(
    () => api,
    { selectEntry: async (entry) => void selected.push(entry) },
    async (text) => void filters.push(text),
  );
  return { subject, selected, searches, filters, read: () => subject.state.getState() };
}

/** Lets what is under way go on. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('following', () => {
  it('stays with what is followed, else with its kind, else takes the most telling', async () => {
    const { subject, read } = following({ 1: [TRANSACTION, EVSE], 2: [TRANSACTION, OTHER_EVSE], 3: [EVSE], 4: [] });
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
    const { subject, selected, searches, read } = following({ 1: [TRANSACTION], 9: [TRANSACTION] });
    const first = subject.step('forward', 1);
    await settled();
    expect(searches[0]).toMatchObject({ from: 1, of: TRANSACTION });
    expect(read().searching).toBe(true);
    searches[0]?.answer({ kind: 'found', entry: 9 });
    await first;
    expect(selected).toEqual([9]);
    const second = subject.step('backward', 9);
    await settled();
    searches[1]?.answer({ kind: 'none' });
    await second;
    expect(read()).toMatchObject({ searching: false, said: 'No message of Transaction 7 before this one.' });
  });

  it('leaves a search that was given up for another one to that', async () => {
    const { subject, searches, read } = following({ 1: [TRANSACTION] });
    const steps = [subject.step('forward', 1), subject.step('backward', 1)];
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
    const { subject, filters } = following({ 1: [EVSE] });
    await subject.showOnly(1);
    expect(filters).toHaveLength(1);
    expect(filters[0]).toMatch(/^station == "CS-1" and version != "1.6" and \(request.evse.id == 1 or /);
  });

  it('says that a message has nothing in common with others', async () => {
    const { subject, searches, filters, read } = following({});
    await subject.step('forward', 1);
    await subject.showOnly(1);
    expect(read().said).toBe('This message has nothing in common with others.');
    expect([searches, filters]).toEqual([[], []]);
  });

  it('follows from the entry that it is told, whatever else is looked at meanwhile', async () => {
    const { subject, searches, filters } = following({ 1: [EVSE], 2: [OTHER_EVSE] });
    const steps = [subject.step('forward', 1), subject.look(2), subject.step('forward', 2), subject.showOnly(1)];
    await settled();
    expect(searches).toMatchObject([
      { from: 1, of: EVSE },
      { from: 2, of: OTHER_EVSE },
    ]);
    expect(filters[0]).toContain('evse.id == 1');
    for (const { answer } of searches) answer({ kind: 'none' });
    await Promise.all(steps);
  });

  it('forgets what another session had', async () => {
    const { subject, read } = following({ 1: [EVSE] });
    await subject.look(1);
    subject.forget();
    expect(read()).toMatchObject({ entry: null, chosen: null });
  });
});
