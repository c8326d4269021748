import * as fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SEGMENT_MAGIC, segmentPath } from './format.ts';
import { type JournalFiles, JournalWriter } from './journal-writer.ts';
import { temporarySession, unwrap } from './testing/session-fixtures.ts';

const part = (text: string): Uint8Array => Buffer.from(text);
const error = (code: string): Error => Object.assign(new Error(code), { code });
const contents = (session: string, segment: number): string =>
  fs.readFileSync(segmentPath(session, segment), 'utf8').slice(SEGMENT_MAGIC.byteLength);

describe('JournalWriter', () => {
  it('appends batch after batch and starts a segment when one is full', () => {
    const session = temporarySession();
    const writer = new JournalWriter(fs, session, 3, 14);
    expect(unwrap(writer.write([part('abc'), part('def')]))).toEqual({ segment: 3, offset: 14 });
    expect(unwrap(writer.write([part('ghi')]))).toEqual({ segment: 4, offset: 11 });
    writer.close();
    expect([contents(session, 3), contents(session, 4)]).toEqual(['abcdef', 'ghi']);
  });

  it('never writes into a segment that is there', () => {
    const session = temporarySession();
    fs.writeFileSync(segmentPath(session, 1), 'precious');
    const written = new JournalWriter(fs, session, 1).write([part('x')]);
    expect(written).toMatchObject({ ok: false, error: { code: 'journal-failed' } });
    expect(fs.readFileSync(segmentPath(session, 1), 'utf8')).toBe('precious');
  });

  it('goes on where the system takes a part of what it was given', () => {
    const session = temporarySession();
    const files: JournalFiles = {
      ...fs,
      writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number) =>
        fs.writeSync(descriptor, bytes, offset, Math.min(length, 2))) as typeof fs.writeSync,
    };
    const writer = new JournalWriter(files, session, 1);
    expect(writer.write([part('hello'), part('world')]).ok).toBe(true);
    writer.close();
    expect(contents(session, 1)).toBe('helloworld');
  });

  it.each([
    ['ENOSPC', 'disk-full', 'the disk is full'],
    ['EDQUOT', 'disk-full', 'the disk quota is used up'],
    ['EIO', 'journal-failed', 'the disk reports an error'],
  ])('cuts half a batch away after %s, says why, and writes nothing more', (code, expected, words) => {
    const session = temporarySession();
    let room = SEGMENT_MAGIC.byteLength + 8;
    const files: JournalFiles = {
      ...fs,
      writeSync: ((descriptor: number, bytes: Uint8Array, offset: number, length: number) => {
        if (room === 0) throw error(code);
        const count = fs.writeSync(descriptor, bytes, offset, Math.min(length, room));
        room -= count;
        return count;
      }) as typeof fs.writeSync,
    };
    const writer = new JournalWriter(files, session, 1);
    const good = unwrap(writer.write([part('good')]));
    const failed = writer.write([part('toolong')]);
    expect(failed).toMatchObject({ ok: false, error: { code: expected } });
    expect(!failed.ok && failed.error.sentence).toContain(words);
    room = 1000;
    expect(writer.write([part('x')])).toEqual(failed);
    expect(writer.position).toEqual(good);
    writer.close();
    expect(contents(session, 1)).toBe('good');
  });

  it('does not spin where the system takes nothing', () => {
    const files: JournalFiles = { ...fs, writeSync: (() => 0) as typeof fs.writeSync };
    expect(new JournalWriter(files, temporarySession(), 1).write([part('x')]).ok).toBe(false);
  });
});
