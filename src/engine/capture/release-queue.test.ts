import { describe, expect, it, vi } from 'vitest';
import { ReleaseQueue } from './release-queue.ts';

describe('ReleaseQueue', () => {
  it('runs what was recorded, in order, and counts nothing as unrecorded', () => {
    const queue = new ReleaseQueue(false);
    const ran: number[] = [];
    for (const number of [1, 2, 3]) queue.add(1, 10, () => ran.push(number));
    queue.release(true);
    expect(ran).toEqual([1, 2, 3]);
    expect(queue.unrecorded).toBe(0);
    queue.release(true);
    expect(ran).toEqual([1, 2, 3]);
  });

  it('takes what a release adds into the next turn', () => {
    const queue = new ReleaseQueue(false);
    const ran: string[] = [];
    queue.add(1, 1, () => {
      ran.push('first');
      queue.add(1, 1, () => ran.push('second'));
    });
    queue.release(true);
    expect(ran).toEqual(['first']);
    queue.release(true);
    expect(ran).toEqual(['first', 'second']);
  });

  it('holds what was not recorded until told to go on, then counts it', () => {
    const queue = new ReleaseQueue(false);
    const release = vi.fn();
    queue.add(1, 1, release);
    queue.add(0, 1, release);
    queue.release(false);
    expect(release).not.toHaveBeenCalled();
    expect(queue.held).toBe(1);
    queue.goOnUnrecorded = true;
    queue.release(false);
    expect(release).toHaveBeenCalledTimes(2);
    expect(queue).toMatchObject({ held: 0, unrecorded: 1 });
  });

  it('holds a bounded amount', () => {
    const queue = new ReleaseQueue(false);
    queue.release(false);
    const release = vi.fn();
    for (let count = 0; count < 10; count++) queue.add(1, 10 * 1024 * 1024, release);
    expect(queue.held).toBe(6);
  });

  it('runs the others where one of them throws, and lets the error surface', () => {
    const surfaced: unknown[] = [];
    const microtasks: (() => void)[] = [];
    vi.stubGlobal('queueMicrotask', (task: () => void) => microtasks.push(task));
    const queue = new ReleaseQueue(false);
    const release = vi.fn();
    queue.add(1, 1, () => {
      throw new Error('one link');
    });
    queue.add(1, 1, release);
    queue.release(true);
    vi.unstubAllGlobals();
    for (const task of microtasks) {
      try {
        task();
      } catch (error) {
        surfaced.push(error);
      }
    }
    expect(release).toHaveBeenCalledOnce();
    expect(surfaced).toEqual([new Error('one link')]);
  });
});
