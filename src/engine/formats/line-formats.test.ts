import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImportedItem } from './imported.ts';
import { NDJSON_READER, TRACE_READER } from './line-reader.ts';
import { entryOf, items, linkOf, ROW, written } from './testing/exported.ts';

const read = (text: string): Promise<ImportedItem[]> => items(NDJSON_READER, text);

async function fault(line: unknown): Promise<string> {
  const [item] = await read(JSON.stringify(line));
  return item?.kind === 'fault' ? item.error.sentence : '';
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
    const { file } = await written('trace', [entryOf(line.raw)]);
    expect(file.toString()).toBe(`${JSON.stringify(line)}\n`);
  });

  it('has no place for a frame that is not text, an unknown version, and an event of a link', async () => {
    const binary = { ...entryOf('x'), text: undefined };
    const event = { ...entryOf('', { kind: 'closed', type: null }), text: undefined };
    const unknown = entryOf('[]', { version: null });
    const { file, leftOut } = await written('trace', [binary, event, unknown]);
    expect(file.toString()).toBe('');
    expect(leftOut).toEqual([binary, event, unknown]);
  });

  it('is read, with fields of later versions beside its own', async () => {
    const text = JSON.stringify({ ...line, schemaVersion: '1.7', direction: 'csms-to-cp', more: 1 });
    expect(await items(TRACE_READER, text)).toEqual([
      {
        kind: 'frame',
        place: 'line 1',
        frame: {
          wall: ROW.wall,
          station: 'CS-1',
          version: '2.1',
          direction: 'to-station',
          data: Buffer.from(line.raw),
          binary: false,
          link: null,
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
    const { file } = await written('ndjson', [entryOf('[2,"a","Heartbeat",{}]')]);
    expect(JSON.parse(file.toString())).toEqual({
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
      origin: 'received',
      raw: '[2,"a","Heartbeat",{}]',
    });
  });

  it('holds what is not text as base64, and says what was masked', async () => {
    const binary = { ...entryOf('x'), data: Uint8Array.of(255, 0), text: undefined, binary: true };
    const invalid = { ...binary, binary: false };
    const { file } = await written('ndjson', [binary, invalid, { ...entryOf('[]'), masked: true }]);
    const lines = file.toString().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { base64: '/wA=', binary: true },
      { base64: '/wA=', binary: false },
      { raw: '[]', masked: true },
    ]);
    expect(await read(file.toString())).toMatchObject([
      { frame: { binary: true, data: Buffer.of(255, 0) } },
      { frame: { binary: false, data: Buffer.of(255, 0) } },
      { frame: { data: Buffer.from('[]') } },
    ]);
  });

  it('holds what links did, with their facts', async () => {
    const event = { type: null, origin: null } as const;
    const entries = [entryOf('', { kind: 'opened', ...event }), entryOf('', { kind: 'closed', ...event })];
    const closing = { code: 1001, reason: 'gone', by: 'peer' } as const;
    const { file } = await written('ndjson', entries, (id) => ({ ...linkOf(id, entries), closing }));
    expect(await read(file.toString())).toMatchObject([
      {
        kind: 'opened',
        link: '2',
        opening: { station: 'CS-1', url: '/ocpp/CS-1', offered: ['ocpp2.1'] },
        negotiation: { status: 101, version: '2.1' },
      },
      { kind: 'closed', link: '2', closing },
    ]);
  });

  it('holds why a link was refused, how TLS was spoken on it, and what was remarked of it', async () => {
    const event = { type: null, origin: null } as const;
    const remark = {
      severity: 'warning',
      rule: 'link.slow-reader',
      requirements: [],
      sentence: 'It is slow.',
    } as const;
    const entries = [
      entryOf('', { kind: 'refused', ...event }),
      { ...entryOf('', { kind: 'remark', ...event }), findings: [remark] },
    ];
    const check = { check: 'validity', outcome: 'failed', sentence: 'Too old.', requirements: [], place: 0 } as const;
    const tls = { protocol: 'TLSv1.3', cipher: 'x', offered: { protocols: ['TLSv1.3'], ciphers: [] }, checks: [check] };
    const facts = {
      attempt: 'tls',
      policy: { profile: 3, versions: ['2.1'] },
      extensions: 'permessage-deflate',
      code: 'client-certificate-refused',
      tls,
    } as const;
    const { file } = await written('ndjson', entries, (id) => ({ ...linkOf(id, entries), ...facts }));
    const { attempt, policy, ...negotiation } = facts;
    expect(await read(file.toString())).toMatchObject([
      { kind: 'opened', opening: { attempt, policy }, negotiation },
      { kind: 'remark', link: '2', remark },
    ]);
  });

  it.each([
    [{ time: 1 }, '"time" must be a time of ISO 8601; it is the number 1.'],
    [{ station: null }, '"station" must be a string; it is null.'],
    [{ version: '3' }, '"version" must be null or a version known here; it is the string "3".'],
    [{ direction: 'cp-to-csms' }, '"direction" must be to-csms or to-station; it is the string "cp-to-csms".'],
    [{ raw: undefined }, '"raw" must be the text of a frame; it is missing.'],
  ])('with %o is not read', async (change, sentence) => {
    const { file } = await written('ndjson', [entryOf('[]')]);
    expect(await fault({ ...JSON.parse(file.toString()), ...change })).toBe(sentence);
  });
});

describe('lines of either', () => {
  it('that are garbage are faults with their places, and those behind them are read', async () => {
    const { file } = await written('trace', [entryOf('[]')]);
    const all = await read(`nonsense\n[1]\n{"a":1}\n\n${file}{"entry":1,"kind":"closed"}\n{"cut`);
    expect(all.map((item) => [item.place, item.kind === 'fault' ? item.error.code : item.kind])).toEqual([
      ['line 1', 'not-json'],
      ['line 2', 'not-json'],
      ['line 3', 'unknown-format'],
      ['line 5', 'frame'],
      ['line 7', 'not-json'],
    ]);
  });

  it('are read without a throw whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.object(), async (value, object) => {
        const text = JSON.stringify({ entry: 1, kind: 'frame', chargePointId: 1, ...object });
        await read(`${JSON.stringify(value)}\n${text}`);
      }),
    );
  });
});
