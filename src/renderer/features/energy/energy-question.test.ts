import { describe, expect, it } from 'vitest';
import type { Api } from '../../../bridge/contract.ts';
import type { EnergyOverview } from '../../../session/energy/overview.ts';
import { virtualTiming } from '../../testing/virtual-timing.ts';
import { createEnergyQuestion, type EnergyMethod } from './energy-question.ts';

/** A question to an engine that answers when the test says so. The arguments are only handed on. */
function question() {
  const timing = virtualTiming();
  const calls: { readonly args: readonly unknown[]; answer(revision: number): void; fail(why: string): void }[] = [];
  const api = {
    'energy.overview': (...args: unknown[]) =>
      new Promise<EnergyOverview>((resolve, reject) => {
        calls.push({
          args,
          answer: (revision) => resolve({ revision, scanned: 0, entries: 0, stations: [] }),
          fail: (why) => reject(new Error(why)),
        });
      }),
  } as Partial<Api> as Api;
  const subject = createEnergyQuestion(() => api, 'energy.overview' satisfies EnergyMethod, timing);
  const ask = (...args: readonly unknown[]): void => subject.ask(args as never);
  return { subject, ask, calls, timing, read: () => subject.state.getState() };
}

describe('a question', () => {
  it('is asked one after the other, the latest next, and shows what comes on the way', async () => {
    const { ask, calls, timing, read } = question();
    ask('a');
    calls[0]?.answer(1);
    await timing.pass(10);
    expect(read()).toMatchObject({ answer: { revision: 1 }, current: true });
    ask('b');
    ask('c');
    ask('d');
    expect(read()).toMatchObject({ answer: { revision: 1 }, current: false });
    expect(calls.map(({ args }) => args[0])).toEqual(['a', 'b']);
    calls[1]?.answer(2);
    await timing.pass(10);
    expect(read()).toMatchObject({ answer: { revision: 2 }, current: false });
    expect(calls.map(({ args }) => args[0])).toEqual(['a', 'b', 'd']);
    calls[2]?.answer(3);
    await timing.pass(1000);
    expect(read()).toMatchObject({ answer: { revision: 3 }, current: true });
    expect(calls).toHaveLength(3);
  });

  it('says nothing of the failure of what is no longer asked, and asks the latest', async () => {
    const { ask, calls, timing, read } = question();
    ask('a');
    ask('b');
    calls[0]?.fail('There is no a.');
    await timing.pass(10);
    expect(read().failure).toBeNull();
    calls[1]?.answer(2);
    await timing.pass(10);
    expect(read()).toMatchObject({ answer: { revision: 2 }, current: true });
  });

  it('takes no answer of what was given up', async () => {
    const { subject, ask, calls, timing, read } = question();
    ask('a');
    subject.ask(null);
    ask('b');
    calls[0]?.answer(1);
    await timing.pass(10);
    expect(read().answer).toBeNull();
    calls[1]?.answer(2);
    await timing.pass(10);
    expect(read().answer?.revision).toBe(2);
  });

  it('is asked again at most every 500 ms where nothing but the data changed', async () => {
    const { ask, calls, timing } = question();
    ask('a');
    calls[0]?.answer(1);
    for (let index = 0; index < 5; index++) {
      await timing.pass(50);
      ask('a');
    }
    expect(calls).toHaveLength(1);
    await timing.pass(300);
    expect(calls).toHaveLength(2);
  });

  it('is not asked again while the engine still thinks', async () => {
    const { ask, calls, timing } = question();
    ask('a');
    ask('a');
    await timing.pass(3000);
    expect(calls).toHaveLength(1);
    calls[0]?.answer(1);
    await timing.pass(600);
    expect(calls).toHaveLength(2);
  });

  it('says that it takes time only where it does', async () => {
    const { ask, calls, timing, read } = question();
    ask('a');
    await timing.pass(150);
    expect(read().asking).toBe(false);
    await timing.pass(100);
    expect(read().asking).toBe(true);
    calls[0]?.answer(1);
    await timing.pass(10);
    expect(read().asking).toBe(false);
  });

  it('says why there is no answer, and forgets that with the next one', async () => {
    const { ask, calls, timing, read } = question();
    ask('a');
    calls[0]?.fail('The engine has stopped.');
    await timing.pass(10);
    expect(read()).toMatchObject({ failure: 'The engine has stopped.', asking: false });
    ask('b');
    calls[1]?.answer(2);
    await timing.pass(10);
    expect(read()).toMatchObject({ failure: null, answer: { revision: 2 } });
  });

  it('forgets its answer where there is nothing to ask, and asks anew after it was stopped', async () => {
    const { subject, ask, calls, timing, read } = question();
    ask('a');
    calls[0]?.answer(1);
    await timing.pass(10);
    subject.ask(null);
    expect(read().answer).toBeNull();
    ask('a');
    subject.stop();
    ask('a');
    expect(calls).toHaveLength(3);
  });
});
