import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileWorkEnd } from '../../bridge/methods/files.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { Engine } from '../bench/engine.ts';
import type { EngineClient } from '../bench/engine-client.ts';
import { startEngine } from '../bench/start-engine.ts';
import { startRecording } from '../capture/recording.ts';
import { systemClock } from '../clock.ts';
import { PLAIN_OPTIONS } from '../formats/imported.ts';
import { eventually } from '../testing/eventually.ts';
import { findUnclosed } from './unclosed.ts';

const setup = { role: 'csms', port: 0, station: { id: 'CS-0001', version: '2.1' } } as const;

let folder: string;
let engine: Engine;
let client: EngineClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-files-'));
  engine = unwrap(await startEngine({ folder, setup }));
  client = engine.connect();
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

/** Waits for a task, and yields its sentence and what came of it. */
async function ended(task: number): Promise<{ sentence: string; end: FileWorkEnd | null }> {
  const state = await eventually(async () => {
    const found = (await client.handlers['task.list']()).find((other) => other.task === task);
    expect(found?.state).not.toBe('running');
    return found;
  });
  return { sentence: state?.sentence ?? '', end: await client.handlers['files.ended'](task) };
}

const traffic = (): Promise<void> => eventually(() => expect(engine.recording.status().messages).toBeGreaterThan(3));

const LOG = `2026-11-20 10:00:00 CS=x received [2,"1","StartTransaction",{"connectorId":1,"idTag":"AABB"}]
2026-11-20 10:00:01 nonsense [2,"2","DataTransfer",{}]
`;

describe('an import', () => {
  it('becomes a session beside the others, and says what could not be read', async () => {
    const path = join(folder, 'field.log');
    writeFileSync(path, LOG);
    const wish = {
      source: { kind: 'path', path },
      format: null,
      options: { ...PLAIN_OPTIONS, station: 'CS-5' },
    } as const;
    expect(unwrap(await client.handlers['files.preview'](wish)).lines).toMatchObject([
      { taken: { station: 'CS-5', version: '1.6', direction: 'to-csms' } },
      { problem: 'Nothing tells the direction of this frame.' },
    ]);
    const { end } = await ended(unwrap(await client.handlers['files.import'](wish, null)));
    expect(end).toMatchObject({
      path: join(folder, 'field.plugscope'),
      session: true,
      report: { frames: 1, faults: 1 },
    });
    const opened = unwrap(await client.handlers['session.open'](end?.path ?? ''));
    expect(opened).toMatchObject({ mode: 'file', messages: 1 });
    expect((await client.handlers['files.recent']()).files).toMatchObject([{ path: end?.path }]);
    expect(JSON.parse(readFileSync(join(folder, 'workspace.json'), 'utf8')).recentFiles).toHaveLength(1);
  });

  it('that is uploaded has no way to another place', async () => {
    const { ticket, file, arrived } = await engine.transfers.upload('../../../etc/passwd.log');
    writeFileSync(file.path, LOG);
    arrived();
    const wish = { source: { kind: 'upload', ticket }, format: null, options: PLAIN_OPTIONS } as const;
    const { end } = await ended(unwrap(await client.handlers['files.import'](wish, null)));
    expect(end?.path).toBe(join(folder, 'passwd.plugscope'));
    expect(await client.handlers['files.import'](wish, '../out.plugscope')).toMatchObject({
      error: { code: 'outside-folder' },
    });
    expect(
      await client.handlers['files.preview']({ ...wish, source: { kind: 'upload', ticket: 'guess' } }),
    ).toMatchObject({
      error: { code: 'upload-gone' },
    });
  });
});

describe('an export', () => {
  it('of the live session holds what the filter lets pass, and can be fetched once', async () => {
    await traffic();
    const target = { kind: 'download', name: 'boot' } as const;
    const wish = { target, format: 'html', filter: 'action == "BootNotification"', secrets: 'masked' } as const;
    const { end, sentence } = await ended(unwrap(await client.handlers['files.export'](wish)));
    expect(sentence).toBe('Wrote 2 entries of HTML report.');
    const file = engine.transfers.takeDownload(end?.download ?? '');
    expect(file?.name).toBe('boot.html');
    const page = readFileSync(file?.path ?? '', 'utf8');
    expect(page).toContain('action == &quot;BootNotification&quot;');
    expect(page).not.toContain('Heartbeat');
    expect(engine.transfers.takeDownload(end?.download ?? '')).toBeUndefined();
  });

  it('never writes over a file, and says what is wrong with a filter', async () => {
    const path = join(folder, 'there.csv');
    writeFileSync(path, 'kept');
    const wish = { target: { kind: 'path', path }, format: 'csv', filter: '', secrets: 'kept' } as const;
    expect(await client.handlers['files.export'](wish)).toMatchObject({ error: { code: 'target-exists' } });
    expect(readFileSync(path, 'utf8')).toBe('kept');
    const wrong = { ...wish, target: { kind: 'path', path: 'new' }, filter: 'action ==' } as const;
    const { end, sentence } = await ended(unwrap(await client.handlers['files.export'](wrong)));
    expect(end).toBeNull();
    expect(sentence).not.toBe('');
    expect(existsSync(join(folder, 'new.csv'))).toBe(false);
  });
});

describe('a copy', () => {
  it('of the live session holds all that was recorded; copies are merged', async () => {
    await traffic();
    const save = { target: { kind: 'path', path: 'copy' }, from: null, to: null, secrets: 'masked' } as const;
    const copy = (await ended(unwrap(await client.handlers['files.saveAs'](save)))).end;
    expect(copy?.path).toBe(join(folder, 'copy.plugscope'));
    const cut = { ...save, target: { kind: 'path', path: 'cut' }, from: { entry: 2 }, to: { entry: 3 } } as const;
    const part = (await ended(unwrap(await client.handlers['files.saveAs'](cut)))).end;
    const sources = [copy, part].map((end) => ({ kind: 'path', path: end?.path ?? '' }) as const);
    const merge = { sources, target: { kind: 'path', path: 'both' }, secrets: 'kept' } as const;
    const both = (await ended(unwrap(await client.handlers['files.merge'](merge)))).end;
    const entries = async (path: string | undefined): Promise<number> =>
      unwrap(await client.handlers['session.open'](path ?? '')).entries;
    expect(await entries(part?.path)).toBe(2);
    expect(await entries(both?.path)).toBe((await entries(copy?.path)) + 2);
  });
});

describe('a session that was not closed', () => {
  it('is found by its journal, once it is not being recorded any more', async () => {
    const path = join(folder, 'zz.plugscope');
    const other = unwrap(await startRecording({ path, clock: systemClock(), onFull: 'stop' }));
    expect(findUnclosed(folder, engine.recording.path)).toBeNull();
    await other.close();
    expect(findUnclosed(folder, engine.recording.path)).toBeNull();
    writeFileSync(`${path}-journal-000007`, 'PLUGJNL2');
    expect(findUnclosed(folder, engine.recording.path)).toEqual({ path, name: 'zz' });
    expect(findUnclosed(join(folder, 'nowhere'), '')).toBeNull();
  });
});
