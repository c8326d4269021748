import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import type { CallOutcome } from '../rpc/effects.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { type QueuedMessage, TransactionQueue } from './transaction-queue.ts';

const RESULT: CallOutcome = { kind: 'result', payload: {}, violations: [] };
const ERROR: CallOutcome = { kind: 'error', errorCode: 'InternalError', errorDescription: '', errorDetails: {} };

function bench() {
  const clock = fakeClock();
  const queue = new TransactionQueue(clock, () => ({ attempts: 3, interval: 60 }));
  const sent: JsonObject[] = [];
  const open: ((outcome: CallOutcome) => void)[] = [];
  const call = (_action: string, payload: JsonObject) => {
    sent.push(payload);
    return new Promise<CallOutcome>((resolve) => open.push(resolve));
  };
  async function answer(outcome: CallOutcome): Promise<void> {
    open.shift()?.(outcome);
    await Promise.resolve();
    await Promise.resolve();
  }
  return { clock, queue, sent, call, answer };
}
function message(n: number, more: Partial<QueuedMessage> = {}): QueuedMessage {
  return { action: 'A', transaction: 'T', intermediate: false, build: (offline) => ({ n, offline }), ...more };
}

describe('the transaction queue', () => {
  it('delivers one at a time, in order', async () => {
    const { queue, sent, call, answer } = bench();
    queue.resume(call);
    queue.add(message(1));
    queue.add(message(2));
    expect(sent).toEqual([{ n: 1, offline: false }]);
    await answer(RESULT);
    expect(sent).toEqual([
      { n: 1, offline: false },
      { n: 2, offline: false },
    ]);
  });

  it('keeps what occurs offline and what was not answered, and marks both (E12.FR.02, E11.FR.07)', async () => {
    const { queue, sent, call, answer } = bench();
    queue.resume(call);
    queue.add(message(1));
    queue.suspend();
    await answer({ kind: 'closed' });
    queue.add(message(2));
    queue.resume(call);
    await answer(RESULT);
    queue.add(message(3));
    await answer(RESULT);
    expect(sent).toEqual([
      { n: 1, offline: false },
      { n: 1, offline: true },
      { n: 2, offline: true },
      { n: 3, offline: false },
    ]);
  });

  it('repeats a failed message with growing waits, then gives it up (E13.FR.03, FR.04)', async () => {
    const { clock, queue, sent, call, answer } = bench();
    let givenUp = 0;
    queue.resume(call);
    queue.add(message(1, { givenUp: () => givenUp++ }));
    queue.add(message(2));
    await answer(ERROR);
    clock.advance(59_999);
    expect(sent).toHaveLength(1);
    clock.advance(1);
    expect(sent).toHaveLength(2);
    await answer({ kind: 'timeout' });
    clock.advance(119_999);
    expect(sent).toHaveLength(2);
    clock.advance(1);
    await answer(ERROR);
    expect(givenUp).toBe(1);
    expect(sent.map(({ n }) => n)).toEqual([1, 1, 1, 2]);
  });

  it('thins out intermediate messages where too many wait, keeping the others and the order', async () => {
    const { queue, sent, call, answer } = bench();
    queue.add(message(0));
    for (let n = 1; n <= 2000; n++) queue.add(message(n, { intermediate: true }));
    queue.add(message(2001));
    queue.resume(call);
    while (queue.waiting()) await answer(RESULT);
    const delivered = sent.map(({ n }) => Number(n));
    // Every other one of those in between (E12.FR.05).
    expect(delivered.slice(0, 4)).toEqual([0, 2, 4, 6]);
    expect(delivered.slice(-2)).toEqual([2000, 2001]);
    expect(delivered).toHaveLength(1002);
  });

  it('tells when nothing waits any more, or nothing can be delivered', async () => {
    const { queue, call, answer } = bench();
    const told: string[] = [];
    queue.resume(call);
    queue.whenIdle(() => told.push('empty'));
    queue.add(message(1));
    queue.whenIdle(() => told.push('delivered'));
    expect(told).toEqual(['empty']);
    await answer(RESULT);
    expect(told).toEqual(['empty', 'delivered']);
    queue.add(message(2));
    queue.whenIdle(() => told.push('offline'));
    queue.suspend();
    expect(told).toEqual(['empty', 'delivered', 'offline']);
    expect(queue.waiting('T')).toBe(true);
    expect(queue.waiting('U')).toBe(false);
  });
});
