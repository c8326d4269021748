import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { READABLE_MAGICS, SEGMENT_MAGIC } from './format.ts';
import { JournalBatch } from './journal-batch.ts';
import { JournalReader } from './journal-reader.ts';
import { HEADER_BYTES, type JournalRecord, RECORD } from './journal-record.ts';

type Written = Omit<JournalRecord, 'data'> & { readonly data: Uint8Array };

const record: fc.Arbitrary<Written> = fc.record({
  type: fc.constantFrom(...Object.values(RECORD)),
  flags: fc.nat(15),
  entry: fc.nat(0xffffffff),
  link: fc.nat(0xffffffff),
  wall: fc.double({ noNaN: true }),
  mono: fc.double({ noNaN: true }),
  data: fc.uint8Array({ maxLength: 60 }),
});

function segment(records: readonly Written[]): Buffer {
  const batch = new JournalBatch();
  for (const { type, flags, entry, link, wall, mono, data } of records) {
    batch.append(type as 1, flags, entry, link, { wall, mono }, data);
  }
  return Buffer.concat([SEGMENT_MAGIC, ...batch.take()]);
}

/** Reads as the follower does: gives what `needed` asks for and what is there. */
function read(bytes: Uint8Array, chunk = bytes.byteLength): { records: Written[]; reader: JournalReader } {
  const reader = new JournalReader();
  const records: Written[] = [];
  for (;;) {
    const next = reader.next();
    if (next) records.push({ ...next, data: Uint8Array.from(next.data) });
    else if (reader.damage !== undefined || bytes.byteLength - reader.offset < reader.needed)
      return { records, reader };
    else reader.give(bytes.subarray(reader.offset, reader.offset + Math.max(chunk, reader.needed)));
  }
}

describe('journal', () => {
  it('yields what was appended, whatever the size of the pieces that are read', () => {
    fc.assert(
      fc.property(fc.array(record), fc.integer({ min: 1, max: 300 }), (records, chunk) => {
        const { records: found, reader } = read(segment(records), chunk);
        expect(found).toEqual(records);
        expect(reader.damage).toBeUndefined();
      }),
    );
  });

  it('loses only the record that was cut, wherever the file ends', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), fc.nat(), (records, at) => {
        const bytes = segment(records);
        const cut = bytes.subarray(0, at % (bytes.byteLength + 1));
        let whole = 0;
        let end: number = SEGMENT_MAGIC.byteLength;
        for (const { data } of records) {
          end += HEADER_BYTES + data.byteLength;
          if (end <= cut.byteLength) whole += 1;
        }
        const { records: found, reader } = read(cut);
        expect(found).toEqual(records.slice(0, whole));
        expect(reader.damage).toBeUndefined();
      }),
    );
  });

  it('never yields a record in which a bit was flipped', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat(7), (records, at, bit) => {
        const bytes = segment(records);
        const index = at % bytes.byteLength;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        // Which version it is of is one digit, and the records of all that are read have the same meaning.
        fc.pre(
          !READABLE_MAGICS.some((magic) => bytes.subarray(0, magic.length).equals(magic)) ||
            index >= SEGMENT_MAGIC.length,
        );
        const { records: found, reader } = read(bytes);
        expect(found.length).toBeLessThan(records.length);
        expect(found).toEqual(records.slice(0, found.length));
        // Either it says so, or a length became longer than the file.
        expect(reader.damage !== undefined || reader.needed > bytes.byteLength - reader.offset).toBe(true);
      }),
    );
  });

  it('stops at what no segment of this format starts with', () => {
    const reader = new JournalReader();
    reader.give(Buffer.from('SQLite format 3'));
    expect(reader.next()).toBeUndefined();
    expect(reader.damage).toBe('magic');
  });

  it('takes large data without copying, between small records', () => {
    const large = Buffer.alloc(300_000, 'x');
    const records = [1, 2, 3].map((entry) => ({
      type: RECORD.frame,
      flags: 0,
      entry,
      link: 1,
      wall: 1,
      mono: 2,
      data: Uint8Array.from(entry === 2 ? large : Buffer.from('[]')),
    }));
    const batch = new JournalBatch();
    for (const { type, flags, entry, link, wall, mono, data } of records) {
      batch.append(type, flags, entry, link, { wall, mono }, data);
    }
    const parts = batch.take();
    expect(parts.map((part) => part.byteLength)).toEqual([HEADER_BYTES + 2 + HEADER_BYTES, 300_000, HEADER_BYTES + 2]);
    expect(read(Buffer.concat([SEGMENT_MAGIC, ...parts])).records).toEqual(records);
    expect(batch.take()).toEqual([]);
  });

  it('goes on in a larger buffer where one turn brings much', () => {
    const records = Array.from({ length: 1000 }, (_, index) => ({
      type: RECORD.frame,
      flags: 0,
      entry: index + 1,
      link: 1,
      wall: index,
      mono: index,
      data: Uint8Array.from(Buffer.alloc(1300, index)),
    }));
    expect(read(segment(records), 4096).records).toEqual(records);
  });
});
