import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everything, open } from '../capture/testing/session-fixtures.ts';
import { importFile } from './import-file.ts';
import { PLAIN_OPTIONS } from './imported.ts';
import { entryOf, linkOf, temporaryFolder, written } from './testing/exported.ts';

const GOING_ON = { signal: new AbortController().signal, progress: () => {} };

function request(file: string | Uint8Array, name = 'file') {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, file);
  return { folder, path, target: join(folder, 'out.plugscope'), options: PLAIN_OPTIONS };
}

const CALL = '[2,"1","Heartbeat",{}]';
const ANSWER = '[3,"1",{"currentTime":"2026-11-20T10:00:00Z"}]';

describe('an import', () => {
  it('pairs calls and answers by the times in the file, and finds what is wrong', async () => {
    const { file } = await written('trace', [
      entryOf(CALL, { wall: 1000 }),
      entryOf(ANSWER, { wall: 1250, direction: 'to-station' }),
      entryOf('[2,"2","Heartbeat",{"x":1}]', { wall: 2000 }),
      entryOf('[2,"3","Heartbeat",{}]', { wall: 90_000 }),
    ]);
    const wanted = request(file);
    expect(await importFile(wanted, GOING_ON)).toMatchObject({ ok: true, value: { frames: 4, entries: 4, faults: 0 } });
    const reader = await open(wanted.target);
    const rows = (await everything(reader)).map(({ row }) => row);
    expect(rows.map(({ kind, call, latency, version }) => [kind, call, latency, version])).toEqual([
      ['frame', null, null, '2.1'],
      ['frame', 1, 250, '2.1'],
      ['frame', null, null, '2.1'],
      ['frame', null, null, '2.1'],
    ]);
    const rules = (await reader.entry(3))?.findings.map(({ rule }) => rule);
    expect(rules).toEqual(['schema.additionalProperties', 'rpc.no-response']);
  });

  it('has the links that the file knows, with what they did', async () => {
    const event = { type: null, origin: null } as const;
    const entries = [
      { ...entryOf('', { kind: 'opened', wall: 1, ...event }), text: undefined },
      entryOf(CALL, { wall: 2 }),
      { ...entryOf('', { kind: 'closed', wall: 3, ...event }), text: undefined },
    ];
    const closing = { code: 1000, reason: '', by: 'csms' } as const;
    const { file } = await written('ndjson', entries, (id) => ({ ...linkOf(id, entries), closing }));
    const wanted = request(file);
    expect(await importFile(wanted, GOING_ON)).toMatchObject({ ok: true, value: { links: 1 } });
    const reader = await open(wanted.target);
    expect((await everything(reader)).map(({ row }) => row.kind)).toEqual(['opened', 'frame', 'closed']);
    expect(await reader.link(1)).toMatchObject({ station: 'CS-1', url: '/ocpp/CS-1', version: '2.1', closing });
  });

  it('of HAR puts the messages of all connections in the order of time', async () => {
    const { file } = await written('har', [
      entryOf(CALL, { wall: 1000, link: 1 }),
      entryOf(CALL, { wall: 2000, link: 2, station: 'CS-2' }),
      entryOf(ANSWER, { wall: 3000, link: 1, direction: 'to-station' }),
    ]);
    const wanted = request(file);
    expect(await importFile(wanted, GOING_ON)).toMatchObject({ ok: true, value: { frames: 3 } });
    const frames = (await everything(await open(wanted.target))).filter(({ row }) => row.kind === 'frame');
    expect(frames.map(({ row }) => row.wall)).toEqual([1000, 2000, 3000]);
    expect(frames[2]?.row.call).toBe(frames[0]?.row.entry);
  });

  it('says the version only where one fits', async () => {
    const text = '[2,"1","StartTransaction",{}]';
    const told = await importFile(request(`cp=A ${text}\ncp=B ${CALL}`, 'a.log'), GOING_ON);
    expect(told.ok && told.value.assumed.filter((sentence) => /OCPP|version/.test(sentence))).toEqual([
      'A: OCPP 1.6, as no other version has all of these actions.',
      'B: the version cannot be told from the messages, so only their structure is checked; choose one to have them checked.',
    ]);
  });

  it('leaves nothing behind where it is cancelled, or nothing can be read', async () => {
    const wanted = request(`${CALL}\n`.repeat(10));
    const abort = new AbortController();
    abort.abort();
    expect(await importFile(wanted, { ...GOING_ON, signal: abort.signal })).toMatchObject({
      error: { code: 'cancelled' },
    });
    expect(readdirSync(wanted.folder)).toEqual(['file']);
    const empty = request('{"schemaVersion":"1.1"}\n');
    expect(await importFile(empty, GOING_ON)).toMatchObject({ error: { code: 'nothing-read' } });
    expect(readdirSync(empty.folder)).toEqual(['file']);
    const cut = request('{"log":{"entries":[{"_webSocketMessages":[{"type":"send"');
    expect(await importFile(cut, GOING_ON)).toMatchObject({ error: { code: 'nothing-read' } });
    expect(await importFile(request('\0\u0001'), GOING_ON)).toMatchObject({ error: { code: 'unknown-format' } });
  });

  it('writes over no file, and reads no session', async () => {
    const wanted = request(CALL);
    writeFileSync(wanted.target, 'mine');
    expect(await importFile(wanted, GOING_ON)).toMatchObject({ error: { code: 'target-exists' } });
    expect(existsSync(`${wanted.target}.part`)).toBe(false);
    expect(await importFile(request('SQLite format 3\0'), GOING_ON)).toMatchObject({ error: { code: 'is-session' } });
  });
});
