import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from './testing/run-here.ts';
import { linesOf } from './testing/spawn-plugscope.ts';

const TRACE = fileURLToPath(new URL('../../fixtures/traces/three-versions.ndjson', import.meta.url));
const PCAP = fileURLToPath(new URL('../../fixtures/captures/proxy.pcap', import.meta.url));

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-test-'));
  await writeFile(
    at('a.log'),
    '10:00:01 <- [2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"S3CRET99"}]\nno frame\n10:00:02 ?? [2,"2","DataTransfer",{}]\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('plugscope import', () => {
  it('makes a session, and says what it assumed and could not read', async () => {
    const { code, err } = await runHere('import', at('a.log'), '-o', at('a.plugscope'), '--station', 'CS-3');
    expect(err).toContain('read 1 frame as a log with frames in it.');
    expect(err).toContain('"<-"');
    expect(err).toContain('line 3: Nothing tells the direction of this frame.');
    expect(code).toBe(0);
    const { out } = await runHere('export', at('a.plugscope'), '--keep-secrets');
    expect(linesOf(out)).toMatchObject([
      { station: 'CS-3', version: '1.6', direction: 'to-station', raw: expect.stringContaining('S3CRET99') },
    ]);
  });

  it('puts several files into one, in the order of time', async () => {
    expect((await runHere('import', TRACE, PCAP, '-o', at('both.plugscope'))).code).toBe(0);
    const times = linesOf((await runHere('export', at('both.plugscope'))).out).map(({ time }) => String(time));
    expect(times.length).toBeGreaterThan(76);
    expect(times.toSorted()).toEqual(times);
  });

  it('never writes over a file, and says what it does not know', async () => {
    const again = await runHere('import', TRACE, '-o', at('a.plugscope'));
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
    const unknown = await runHere(
      'import',
      fileURLToPath(import.meta.url),
      '-o',
      at('x.plugscope'),
      '--format',
      'pcap',
    );
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('No frame could be read');
    for (const files of [[TRACE], [TRACE, PCAP]]) {
      const nowhere = await runHere('import', ...files, '-o', at('missing/x.plugscope'));
      expect(nowhere).toMatchObject({
        code: 2,
        err: expect.stringContaining(`${at('missing/x.plugscope')}: The session`),
      });
    }
  });
});

describe('secrets', () => {
  it('are masked in exports, in the frame and in what is said of it, unless they are kept', async () => {
    const { out, err } = await runHere('export', at('a.plugscope'));
    expect(out).not.toContain('S3CRET99');
    expect(linesOf(out)).toMatchObject([{ masked: true, raw: expect.stringContaining('"value":"******"') }]);
    expect(err).toContain('Secrets were masked in 1 frame');
  });

  it('are masked in sessions that are cut and merged', async () => {
    expect((await runHere('cut', at('a.plugscope'), '--to', '1', '-o', at('cut.plugscope'))).code).toBe(0);
    expect((await runHere('merge', at('cut.plugscope'), at('both.plugscope'), '-o', at('all.plugscope'))).code).toBe(0);
    const { out } = await runHere('export', at('all.plugscope'), '--keep-secrets');
    expect(out).not.toContain('S3CRET99');
    expect(out).toContain('******');
    expect((await runHere('cut', at('a.plugscope'), '--from', 'noon', '-o', at('y.plugscope'))).code).toBe(2);
  });
});
