import { beforeEach, expect, it } from 'vitest';
import type { Socket } from '../net/socket.ts';
import { Brake, HELD, UNRECORDED } from './brake.ts';

const LIMIT = 100_000;

let now: number;
let waiting: number;
let paused: boolean;
let slow: number[];
let brake: Brake;

beforeEach(() => {
  now = 0;
  waiting = 0;
  paused = false;
  slow = [];
  const writer = {
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
  };
  // The brake does no more with a writer than that.
  brake = new Brake(writer as Socket, { queueBytes: LIMIT, now: () => now, onSlow: () => slow.push(waiting) });
});

const reader = {
  link: 2,
  // The brake looks at nothing else of a reader.
  socket: {
    get bufferedBytes() {
      return waiting;
    },
  } as Socket,
};

function write(bytes: number): void {
  waiting += bytes;
  brake.holdBack(reader);
}

function drain(): void {
  waiting = 0;
  brake.drained();
}

it('stops the writer while more waits than may, and says so once', () => {
  write(LIMIT);
  expect([paused, slow]).toEqual([false, []]);
  write(1);
  write(50_000);
  expect([paused, slow]).toEqual([true, [LIMIT + 1]]);
  drain();
  expect(paused).toBe(false);
});

it('says so again only after the reader has kept up for ten seconds', () => {
  for (let i = 0; i < 30; i += 1) {
    write(LIMIT + 1);
    now += 5000;
    drain();
    now += 4999;
  }
  expect(slow).toHaveLength(1);
  now += 10_000;
  write(LIMIT + 1);
  expect(slow).toHaveLength(2);
});

it('lets the writer go on only when there is no reason left to stop it', () => {
  brake.set(HELD, true);
  brake.set(UNRECORDED, true);
  write(LIMIT + 1);
  brake.set(HELD, false);
  drain();
  expect(paused).toBe(true);
  brake.set(UNRECORDED, false);
  expect(paused).toBe(false);
});

it('lets the writer go on where the reader is gone, and judges another one anew', () => {
  write(LIMIT + 1);
  brake.readerGone();
  expect(paused).toBe(false);
  write(0);
  expect([paused, slow.length]).toEqual([true, 2]);
});

it('takes a drain of a reader that was never slow for nothing', () => {
  brake.set(HELD, true);
  drain();
  expect(paused).toBe(true);
});
