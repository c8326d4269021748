import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import { FORMAT_NAMES, type FormatName, type ReadLine, readFrames, writeEntries } from './formats.ts';
import type { ExportedEntry } from './line-format.ts';

const ROW: TimelineRow = {
  entry: 7,
  kind: 'frame',
  wall: Date.UTC(2026, 10, 20, 10, 5, 1, 203),
  link: 2,
  station: 'CS-1',
  version: '2.1',
  direction: 'to-csms',
  type: 'CALL',
  action: 'Heartbeat',
  messageId: 'a',
  summary: 'Heartbeat',
  call: null,
  answer: null,
  latency: 1.23456,
  severity: null,
  findings: 0,
  size: 0,
  origin: 'received',
  original: null,
  fate: null,
};

function entryOf(text: string, row: Partial<TimelineRow> = {}): ExportedEntry {
  return { row: { ...ROW, ...row }, data: Buffer.from(text), text, findings: [] };
}

async function* each<T>(...items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function write(format: FormatName, ...entries: readonly ExportedEntry[]): Promise<[string[], ExportedEntry[]]> {
  const lines: string[] = [];
  const leftOut: ExportedEntry[] = [];
  for await (const line of writeEntries(format, each(...entries), (entry) => leftOut.push(entry))) lines.push(line);
  return [lines, leftOut];
}

async function read(text: string): Promise<ReadLine[]> {
  const lines: ReadLine[] = [];
  for await (const line of readFrames(each(Buffer.from(text)))) lines.push(line);
  return lines;
}

async function fault(line: unknown): Promise<string> {
  const [read1] = await read(JSON.stringify(line));
  return read1?.frame.ok === false ? read1.frame.error.sentence : '';
}

describe('Open OCPP Trace', () => {
  const line = {
    schemaVersion: '1.1',
    timestamp: '2026-11-20T10:05:01.203Z',
    transport: 'json',
    chargePointId: 'CS-1',
    ocppVersion: '2.1',
    direction: 'cp-to-csms',
    raw: '[2,"a","Heartbeat",{}]',
  };

  it('is written with exactly its fields', async () => {
    const [lines] = await write('trace', entryOf(line.raw));
    expect(lines).toEqual([`${JSON.stringify(line)}\n`]);
  });

  it('has no place for a frame that is not text, an unknown version, and an event of a link', async () => {
    const binary = { ...entryOf('x'), text: undefined };
    const event = { ...entryOf('', { kind: 'closed', type: null }), text: undefined };
    const unknown = entryOf('[]', { version: null });
    const [lines, leftOut] = await write('trace', binary, event, unknown);
    expect(lines).toEqual([]);
    expect(leftOut).toEqual([binary, event, unknown]);
  });

  it('is read, with fields of later versions beside its own', async () => {
    expect(await read(JSON.stringify({ ...line, schemaVersion: '1.7', direction: 'csms-to-cp', more: 1 }))).toEqual([
      {
        line: 1,
        frame: {
          ok: true,
          value: {
            wall: ROW.wall,
            station: 'CS-1',
            version: '2.1',
            direction: 'to-station',
            content: { kind: 'text', text: line.raw },
            size: 22,
          },
        },
      },
    ]);
  });

  it.each([
    [{ schemaVersion: '2.0' }, '"schemaVersion" must be a version 1.x; it is the string "2.0".'],
    [{ timestamp: 'noon' }, '"timestamp" must be a time of ISO 8601; it is the string "noon".'],
    [{ transport: 'soap' }, '"transport" must be "json"; it is the string "soap".'],
    [{ chargePointId: 5 }, '"chargePointId" must be a string; it is the number 5.'],
    [{ ocppVersion: '1.5' }, '"ocppVersion" must be a version known here; it is the string "1.5".'],
    [{ direction: 'up' }, '"direction" must be cp-to-csms or csms-to-cp; it is the string "up".'],
    [{ raw: [2] }, '"raw" must be the text of a frame; it is an array of 1.'],
  ])('with %o is not read', async (change, sentence) => {
    expect(await fault({ ...line, ...change })).toBe(sentence);
  });
});

describe('Plugscope NDJSON', () => {
  it('is written with exactly its fields', async () => {
    const [lines] = await write('ndjson', entryOf('[2,"a","Heartbeat",{}]'));
    expect(lines).toEqual([
      `${JSON.stringify({
        entry: 7,
        time: '2026-11-20T10:05:01.203Z',
        link: 2,
        station: 'CS-1',
        version: '2.1',
        direction: 'to-csms',
        kind: 'frame',
        type: 'CALL',
        action: 'Heartbeat',
        messageId: 'a',
        latencyMs: 1.235,
        summary: 'Heartbeat',
        findings: [],
        raw: '[2,"a","Heartbeat",{}]',
      })}\n`,
    ]);
  });

  it('holds what is not text as base64, and events of links without a frame', async () => {
    const binary = { ...entryOf('x', { type: 'malformed' }), data: Uint8Array.of(255, 0), text: undefined };
    const event = { ...entryOf('', { kind: 'opened', type: null }), text: undefined };
    const [lines] = await write('ndjson', binary, event);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ base64: '/wA=' });
    expect(JSON.parse(lines[1] ?? '')).not.toHaveProperty('raw');
    expect(await read(lines.join(''))).toMatchObject([
      { line: 1, frame: { ok: true, value: { content: { kind: 'binary' }, size: 2 } } },
    ]);
  });

  it.each([
    [{ time: 1 }, '"time" must be a time of ISO 8601; it is the number 1.'],
    [{ station: null }, '"station" must be a string; it is null.'],
    [{ version: '3' }, '"version" must be null or a version known here; it is the string "3".'],
    [{ direction: 'cp-to-csms' }, '"direction" must be to-csms or to-station; it is the string "cp-to-csms".'],
    [{ raw: undefined }, '"raw" must be the text of a frame; it is missing.'],
  ])('with %o is not read', async (change, sentence) => {
    const [lines] = await write('ndjson', entryOf('[]'));
    expect(await fault({ ...JSON.parse(lines[0] ?? ''), ...change })).toBe(sentence);
  });
});

describe('every format', () => {
  it('gives back each frame that it was given', async () => {
    const frames = fc.array(
      fc.record({
        text: fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
        station: fc.string(),
        version: fc.constantFrom(...OCPP_VERSIONS),
        direction: fc.constantFrom('to-csms' as const, 'to-station' as const),
        wall: fc.integer({ min: 0, max: 4e12 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...FORMAT_NAMES), frames, async (format, given) => {
        const [lines] = await write(format, ...given.map(({ text, ...row }) => entryOf(text, row)));
        const back = (await read(lines.join(''))).map(({ frame }) => (frame.ok ? frame.value : frame.error));
        expect(back).toEqual(
          given.map(({ text, ...frame }) => ({
            ...frame,
            content: { kind: 'text', text },
            size: Buffer.byteLength(text),
          })),
        );
      }),
    );
  });

  it('takes garbage as failures with their lines, and goes on', async () => {
    const [good] = await write('trace', entryOf('[]'));
    const lines = await read(`nonsense\n[1]\n{"a":1}\n\n${good}{"entry":1,"kind":"closed"}\n{"cut`);
    expect(lines.map(({ line, frame }) => [line, frame.ok || frame.error.code])).toEqual([
      [1, 'not-json'],
      [2, 'not-json'],
      [3, 'unknown-format'],
      [5, true],
      [7, 'not-json'],
    ]);
  });

  it('is read without a throw whatever a line holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.object(), async (value, object) => {
        await read(
          `${JSON.stringify(value)}\n${JSON.stringify({ entry: 1, kind: 'frame', chargePointId: 1, ...object })}`,
        );
      }),
    );
  });
});
