import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRecording } from '../engine/capture/recording.ts';
import { systemClock } from '../engine/clock.ts';
import { runHere } from './testing/run-here.ts';
import { linesOf, runPlugscope } from './testing/spawn-plugscope.ts';

let folder: string;
let session: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-test-'));
  session = join(folder, 'a.plugscope');
  await recordSession(session);
});
afterAll(() => rm(folder, { recursive: true }));

/** A session with a broken call, its answer and a binary frame. */
async function recordSession(path: string): Promise<void> {
  const recording = await startRecording({ path, clock: systemClock(), onFull: 'stop' });
  if (!recording.ok) throw new Error(recording.error.sentence);
  const recorder = recording.value;
  const link = recorder.openLink({
    peer: 'station',
    opener: 'peer',
    station: 'CS-1',
    url: '/CS-1',
    requestHeaders: [],
    offered: ['ocpp1.6'],
  });
  recorder.negotiated(link, { status: 101, chosen: 'ocpp1.6', version: '1.6' });
  const release = (): void => {};
  const text = '[2,"a","Heartbeat",{"x":1}]';
  recorder.frame(link, 'to-csms', 'received', Buffer.from(text), false, release);
  recorder.frame(
    link,
    'to-station',
    'sent',
    Buffer.from('[3,"a",{"currentTime":"2026-01-01T00:00:00Z"}]'),
    false,
    release,
  );
  recorder.frame(link, 'to-csms', 'received', Uint8Array.of(255, 0), true, release);
  recorder.closeLink(link, { code: 1000, reason: '', by: 'peer' });
  await recorder.close();
}

describe('plugscope export', () => {
  it('writes everything as NDJSON, with findings and events', async () => {
    const { code, out, err } = await runPlugscope('export', session);
    const lines = linesOf(out);
    expect(lines.map(({ kind, type }) => type ?? kind)).toEqual([
      'opened',
      'CALL',
      'CALLRESULT',
      'malformed',
      'closed',
    ]);
    expect(lines[1]).toMatchObject({
      raw: '[2,"a","Heartbeat",{"x":1}]',
      findings: [{ rule: 'schema.additionalProperties', severity: 'error' }],
    });
    expect(lines[3]).toMatchObject({ base64: '/wA=', findings: [{ rule: 'frame.binary' }] });
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('writes a trace, and says what has no place in it', async () => {
    const { code, out, err } = await runHere('export', session, '--format', 'trace');
    expect(linesOf(out)).toMatchObject([
      { schemaVersion: '1.1', chargePointId: 'CS-1', ocppVersion: '1.6', direction: 'cp-to-csms' },
      { direction: 'csms-to-cp', raw: '[3,"a",{"currentTime":"2026-01-01T00:00:00Z"}]' },
    ]);
    expect(err).toBe('1 frame has no place in Open OCPP Trace 1.1: not text, or of no known version.\n');
    expect(code).toBe(0);
    const path = join(folder, 'counted.jsonl');
    expect((await runHere('export', session, '--format', 'trace', '-o', path)).err).toContain(
      `Wrote 2 entries to ${path} as Open OCPP Trace 1.1.`,
    );
  });

  it('says why nothing can be written at a place', async () => {
    const { code, err } = await runHere('export', session, '-o', folder);
    expect({ code, err }).toEqual({ code: 2, err: `${folder} could not be written: it is a folder.\n` });
  });

  it('writes only what passes a filter', async () => {
    const { code, out, err } = await runHere('export', session, '--filter', 'payload.x == 1 or kind == closed');
    expect(linesOf(out).map(({ kind, type }) => type ?? kind)).toEqual(['CALL', 'closed']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('says where a filter is wrong, and writes nothing', async () => {
    const output = join(folder, 'nothing.ndjson');
    const { code, out, err } = await runHere('export', session, '--output', output, '--filter', '"😀" and actoin == x');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.split('\n')).toEqual([
      'There is no field actoin; did you mean action?',
      '  "😀" and actoin == x',
      '          ^^^^^^',
      '',
    ]);
    await expect(readFile(output)).rejects.toThrow();
  });

  it('writes into a file, which validates as the session does', async () => {
    const output = join(folder, 'out.ndjson');
    const exported = await runHere('export', session, '--output', output);
    expect(exported).toMatchObject({ code: 0, out: '' });
    expect((await readFile(output, 'utf8')).split('\n').length).toBe(6);
    const [ofFile, ofSession] = await Promise.all([
      runHere('validate', '--json', output),
      runHere('validate', '--json', session),
    ]);
    expect(JSON.parse(ofSession.out)).toMatchObject({ frames: 3, invalid: 1 });
    expect(ofFile.out).toBe(ofSession.out);
    expect([ofFile.code, ofSession.code]).toEqual([1, 1]);
  });

  it('does not write over the session, nor into a folder that is not there', async () => {
    const over = await runHere('export', session, '--output', session);
    expect(over.code).toBe(2);
    expect(over.err).toContain('is the session itself');
    const nowhere = await runHere('export', session, '--output', join(folder, 'no', 'where'));
    expect(nowhere.code).toBe(2);
    expect(nowhere.err).toContain('no such file or directory');
  });

  it('reads sessions alone, and knows its formats', async () => {
    const other = await runHere('export', fileURLToPath(import.meta.url));
    expect(other).toMatchObject({ code: 2, out: '' });
    expect(other.err).toContain('is no Plugscope session; "plugscope import" makes one');
    expect((await runHere('export', session, '--format', 'xls')).err).toContain(
      'Allowed choices are ndjson, trace, csv, har',
    );
  });
});
