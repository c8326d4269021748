import * as fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { until } from '../testing/until.ts';
import type { JournalFiles } from './journal-writer.ts';
import {
  heartbeat,
  open,
  openedLink,
  record,
  recordText,
  temporarySession,
  texts,
} from './testing/session-fixtures.ts';

/** A disk for the journal with room for so many bytes, some of them in the last write that fails. */
function smallDisk(room: number): JournalFiles & { room: number } {
  const disk = {
    ...fs,
    room,
    writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number) => {
      if (disk.room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      const count = fs.writeSync(descriptor, bytes, offset, Math.min(length, disk.room));
      disk.room -= count;
      return count;
    }) as typeof fs.writeSync,
  };
  return disk;
}

async function fill(onFull: 'stop' | 'continue') {
  const path = temporarySession();
  const disk = smallDisk(2000);
  const recording = await record(path, { files: disk, onFull });
  const link = openedLink(recording);
  const released: number[] = [];
  for (let number = 0; number < 100; number++) {
    const data = Buffer.from(heartbeat(number));
    recording.frame(link, 'to-csms', 'received', data, false, () => released.push(number));
    await new Promise(setImmediate);
  }
  return { path, disk, recording, link, released };
}

const ascending = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe('a full disk', () => {
  it('holds traffic back where the user did not choose otherwise, and says why', async () => {
    const { path, recording, released } = await fill('stop');
    const recorded = released.length;
    expect(recorded).toBeGreaterThan(10);
    expect(recorded).toBeLessThan(100);
    expect(released).toEqual(ascending(recorded));
    expect(recording.status()).toMatchObject({
      state: 'stopped',
      failure: { code: 'disk-full', sentence: 'The journal could not be written: the disk is full.' },
      unrecorded: 0,
      held: 100 - recorded,
      entries: recorded + 1,
    });
    await recording.close();
    expect(released).toHaveLength(recorded);
    expect(await texts(await open(path))).toEqual(ascending(recorded).map(heartbeat));
  });

  it('lets what was held pass in order when the user goes on unrecorded, and counts it', async () => {
    const { recording, link, released } = await fill('stop');
    const recorded = released.length;
    recording.goOnUnrecorded(true);
    await recordText(recording, link, heartbeat(100));
    expect(released).toEqual(ascending(100));
    expect(recording.status()).toMatchObject({ state: 'stopped', held: 0, unrecorded: 101 - recorded });
    recording.goOnUnrecorded(false);
    const release = vi.fn();
    recording.frame(link, 'to-csms', 'received', Buffer.from('[]'), false, release);
    await new Promise(setImmediate);
    expect(release).not.toHaveBeenCalled();
    expect(recording.status().held).toBe(1);
  });

  it('forwards on where the user chose so, and the session says what it lacks once there is room', async () => {
    const { path, disk, recording, link, released } = await fill('continue');
    expect(released).toEqual(ascending(100));
    const { unrecorded, entries } = recording.status();
    expect(unrecorded).toBe(100 - (entries - 1));
    recording.closeLink(link, { code: 1000, reason: '', by: 'peer' });
    disk.room = 1_000_000;
    await recording.close();
    const reader = await open(path);
    expect(await texts(reader)).toEqual(ascending(entries - 1).map(heartbeat));
    expect(await reader.counts()).toMatchObject({
      unrecorded,
      stopped: 'The journal could not be written: the disk is full.',
    });
  });

  it('still closes where there is no room for a last word', async () => {
    const { recording } = await fill('continue');
    await recording.close();
    expect(recording.status().state).toBe('closed');
  });

  it('tells its listeners', async () => {
    const path = temporarySession();
    const recording = await record(path, { files: smallDisk(100), onFull: 'stop' });
    const listener = vi.fn();
    recording.onStatus(listener);
    openedLink(recording);
    await until(() => listener.mock.lastCall?.[0].state === 'stopped');
  });
});
