import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadOptions } from '../../../session/files.ts';
import { fileHead } from '../file-source.ts';
import type { ImportedItem } from '../imported.ts';
import { detectFormat } from '../readers.ts';
import { items } from '../testing/exported.ts';
import { LOG_READER } from './log-reader.ts';
import { findTimeStamp } from './time-stamp.ts';

const BOOT = '[2,"1","BootNotification",{"reason":"PowerUp"}]';
const BOOTED = '[3,"1",{"status":"Accepted"}]';
const RESET = '[2,"r","Reset",{"type":"Soft"}]';
const DATA = '[2,"d","DataTransfer",{"vendorId":"a"}]';

const read = (text: string, options: Partial<ReadOptions> = {}): Promise<ImportedItem[]> =>
  items(LOG_READER, text, options);

async function directions(text: string, options: Partial<ReadOptions> = {}): Promise<unknown[]> {
  return (await read(text, options)).flatMap((item) => {
    if (item.kind === 'frame') return [item.frame.direction];
    return item.kind === 'fault' ? [item.error.code] : [];
  });
}

describe('time stamps', () => {
  const day = Date.UTC(2026, 10, 21, 23);
  it.each([
    ['2026-11-20T10:05:01.203Z x', Date.UTC(2026, 10, 20, 10, 5, 1, 203)],
    ['[2026-11-20 10:05:01,203]', Date.UTC(2026, 10, 20, 10, 5, 1, 203)],
    ['2026/11/20 10:05:01.5 +01:00', Date.UTC(2026, 10, 20, 9, 5, 1, 500)],
    ['20/Nov/2026:10:05:01 +0100', Date.UTC(2026, 10, 20, 9, 5, 1)],
    ['20.11.2026 10:05:01', Date.UTC(2026, 10, 20, 10, 5, 1)],
    ['Nov 20 10:05:01 host', Date.UTC(2026, 10, 20, 10, 5, 1)],
    ['ts=1795169101203', 1_795_169_101_203],
    ['1795169101.203 x', 1_795_169_101_203],
    ['10:05:01.203 x', Date.UTC(2026, 10, 21, 10, 5, 1, 203)],
  ])('%s', (text, wall) => {
    expect(findTimeStamp(text, { zone: 'utc', day })?.wall).toBe(wall);
  });

  it('without a zone are local where that is said', () => {
    const local = findTimeStamp('2026-11-20 10:05:01', { zone: 'local', day })?.wall;
    expect(local).toBe(new Date(2026, 10, 20, 10, 5, 1).getTime());
  });

  it('are not seen where there is none', () => {
    for (const text of ['', '2026-13-40T99:00:00', 'a 12345 b', '1:2:3']) {
      expect(findTimeStamp(text, { zone: 'utc', day })).toBeUndefined();
    }
  });
});

describe('a log', () => {
  it('gives the frame of each line, with time and station; other lines are no faults', async () => {
    const all = await read(`start\n2026-11-20 10:00:00.1 INFO chargePointId=CS-7 received ${BOOT} in 3 ms\n\nend`);
    expect(all.filter(({ kind }) => kind !== 'assumed')).toEqual([
      {
        kind: 'frame',
        place: 'line 2',
        frame: {
          wall: Date.UTC(2026, 10, 20, 10, 0, 0, 100),
          station: 'CS-7',
          version: null,
          direction: 'to-csms',
          data: Buffer.from(BOOT),
          binary: false,
          link: null,
        },
      },
    ]);
  });

  it('is read from the side that wrote it, which its requests tell', async () => {
    const csms = `received ${BOOT}\nsent ${BOOTED}\nsent ${RESET}\nreceived ${DATA}`;
    expect(await directions(csms)).toEqual(['to-csms', 'to-station', 'to-station', 'to-csms']);
    const station = `sent ${BOOT}\nreceived ${BOOTED}\nreceived ${RESET}\nsent ${DATA}`;
    expect(await directions(station)).toEqual(['to-csms', 'to-station', 'to-station', 'to-csms']);
  });

  it('is read by the frames alone where its words contradict them', async () => {
    const text = `received ${BOOT}\nsent ${BOOT}\nsent ${BOOTED}\nreceived ${DATA}`;
    expect(await directions(text)).toEqual(['to-csms', 'to-csms', 'to-station', 'direction-unknown']);
  });

  it('says what nothing tells, unless the user names the words', async () => {
    expect(await directions(`>> ${DATA}`)).toEqual(['direction-unknown']);
    expect(await directions(`>> ${DATA}`, { toStation: ['>>'] })).toEqual(['to-station']);
    expect(await directions(`from station ${DATA}\nto the charger ${DATA}`)).toEqual(['to-csms', 'to-station']);
  });

  it('may have frames within strings of JSON', async () => {
    const line = JSON.stringify({ msg: `sent: ${BOOT} ok`, level: 'info' });
    const [frame] = (await read(line)).filter(({ kind }) => kind === 'frame');
    expect(frame).toMatchObject({ frame: { data: Buffer.from(BOOT) } });
  });

  it('says what it assumed, once', async () => {
    const assumed = (await read(`${BOOT}\n${BOOTED}\n${BOOT}`)).filter(({ kind }) => kind === 'assumed');
    expect(assumed.map((item) => (item.kind === 'assumed' ? item.sentence : ''))).toEqual([
      'Lines without a time stamp have the time of the file.',
      'Lines that name no station are of the station "unknown".',
      'Where no word tells, the direction is that of the action.',
      'Lines without a time stamp have that of the line before.',
    ]);
  });

  it('is told from other files', () => {
    const detect = (text: string): unknown => detectFormat(fileHead(Buffer.from(text)));
    expect(detect(`x ${BOOT}\ny`)).toBe('log');
    expect(detect(`${BOOT}\n${BOOTED}\n`)).toBe('frames');
    expect(detect(`{"chargePointId":"a","msg":"sent ${JSON.stringify(BOOT).slice(1, -1)}"}\n`)).toBe('log');
    expect(detect('nothing here')).toBeUndefined();
    expect(detect('')).toBeUndefined();
  });

  it('is read to its end whatever stands in it', async () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('[2,"', '[', '\\"', '2026-', 'received', BOOT, '\n', '"'));
    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => {
        await read(parts.join(''));
      }),
      { numRuns: 60 },
    );
    await read(`${'[2,"'.repeat(50_000)}\n${'[2,\\"'.repeat(50_000)}\n${'1:'.repeat(50_000)}${BOOT}`);
  });
});
