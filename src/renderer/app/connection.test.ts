import { describe, expect, it } from 'vitest';
import type { Api, Events } from '../../bridge/contract.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { keepConnected } from './connection.ts';

function connected(outcomes: ('answers' | 'fails')[]) {
  const timing = virtualTiming();
  const closers: (() => void)[] = [];
  let opened = 0;
  let attempts = 0;
  const connection = keepConnected(
    async () => {
      attempts++;
      if (outcomes.shift() === 'fails') throw new Error('refused');
      return { api: {} as Api, onClose: (listener) => void closers.push(listener) };
    },
    {} as Events,
    timing,
    () => opened++,
  );
  return { connection, timing, state: connection.state, closers, opened: () => opened, attempts: () => attempts };
}

describe('the connection with the engine', () => {
  it('opens', async () => {
    const { state, timing, opened } = connected([]);
    expect(state.getState().phase).toBe('connecting');
    await timing.pass(1);
    expect(state.getState().phase).toBe('open');
    expect(opened()).toBe(1);
  });

  it('comes back by itself when it is lost', async () => {
    const { state, timing, closers, opened } = connected([]);
    await timing.pass(1);
    closers[0]?.();
    expect(state.getState()).toMatchObject({ phase: 'lost', retryInSeconds: 1 });
    await timing.pass(1000);
    expect(state.getState().phase).toBe('open');
    expect(opened()).toBe(2);
  });

  it('waits longer each time, counts down, and never gives up', async () => {
    const { state, timing, attempts } = connected(['fails', 'fails', 'fails', 'fails', 'fails', 'fails', 'fails']);
    await timing.pass(1);
    expect(state.getState()).toMatchObject({ retryInSeconds: 1, attempt: 1 });
    await timing.pass(1000);
    expect(state.getState()).toMatchObject({ retryInSeconds: 2, attempt: 2 });
    await timing.pass(1000);
    expect(state.getState()).toMatchObject({ retryInSeconds: 1, attempt: 2 });
    await timing.pass(1000 + 5000 + 10_000 + 15_000 + 15_000);
    expect(attempts()).toBe(7);
    await timing.pass(15_000);
    expect(state.getState().phase).toBe('open');
  });

  it('tries at once when told to, and only once', async () => {
    const { connection, state, timing, attempts } = connected(['fails', 'fails', 'fails']);
    await timing.pass(3000);
    const before = attempts();
    connection.retry();
    await timing.pass(1);
    expect(attempts()).toBe(before + 1);
    await timing.pass(60_000);
    expect(state.getState().phase).toBe('open');
    expect(attempts()).toBe(4);
    connection.retry();
    await timing.pass(1);
    expect(attempts()).toBe(4);
  });
});
