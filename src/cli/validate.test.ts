import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from './testing/run-here.ts';
import { runPlugscope, spawnPlugscope } from './testing/spawn-plugscope.ts';

const TRACE = fileURLToPath(new URL('../../fixtures/traces/three-versions.ndjson', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function linesOfTrace(): Promise<string[]> {
  return (await readFile(TRACE, 'utf8')).split('\n').slice(0, -1);
}

describe('plugscope validate', () => {
  it('counts frames and those with violations, by version and by action, and ends with 1', async () => {
    const { code, out, err } = await runPlugscope('validate', '--json', TRACE);
    expect(JSON.parse(out)).toEqual({
      frames: 36,
      invalid: 11,
      unchecked: 0,
      byVersion: {
        '1.6': { frames: 14, invalid: 4 },
        '2.0.1': { frames: 11, invalid: 3 },
        '2.1': { frames: 11, invalid: 4 },
      },
      byAction: {
        AFRRSignal: { frames: 2, invalid: 2 },
        BootNotification: { frames: 4, invalid: 0 },
        GetTariffs: { frames: 3, invalid: 0 },
        GetVariables: { frames: 4, invalid: 1 },
        Heartbeat: { frames: 4, invalid: 2 },
        NotifyPeriodicEventStream: { frames: 2, invalid: 1 },
        NotifySettlement: { frames: 2, invalid: 0 },
        SetChargingProfile: { frames: 2, invalid: 0 },
        StartTransaction: { frames: 2, invalid: 2 },
        StatusNotification: { frames: 4, invalid: 1 },
        TransactionEvent: { frames: 5, invalid: 2 },
      },
    });
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  it('says for people what is wrong and where', async () => {
    const { code, out } = await runHere('validate', TRACE);
    expect(out).toContain(`${TRACE}, line 10: CP-16 StartTransaction CALLRESULT: The payload lacks "idTagInfo"`);
    expect(out).toMatch(/StartTransaction +2 +2\n/);
    expect(out).toContain('36 frames, 11 with schema violations, 1 malformed.');
    expect(code).toBe(1);
  });

  it('ends with 0 where all is valid, whether or not it is good manners', async () => {
    const lines = await linesOfTrace();
    // The answer to nothing and the unknown action among them break no schema.
    const path = await fileOf('valid.ndjson', [...lines.slice(0, 6), lines[13], lines[24], ''].join('\n'));
    const { code, out } = await runHere('validate', path);
    expect(out).toContain('8 frames, none breaks its schema.');
    expect(code).toBe(0);
  });

  it('pairs the calls of each station alone, and sums over files', async () => {
    const lines = await linesOfTrace();
    const path = await fileOf('one.ndjson', lines.slice(0, 2).join('\n'));
    const other = await fileOf(
      'other.ndjson',
      [lines[8], lines[0]?.replace('CP-16', 'CP-17'), lines[9], lines[1]?.replace('CP-16', 'CP-17')].join('\n'),
    );
    const { out } = await runHere('validate', '--json', path, other);
    expect(JSON.parse(out)).toMatchObject({
      frames: 6,
      invalid: 2,
      byAction: { BootNotification: { frames: 4, invalid: 0 }, StartTransaction: { frames: 2, invalid: 2 } },
    });
  });

  it('goes on behind lines that cannot be read, and ends with 2 where nothing else is wrong', async () => {
    const [first] = await linesOfTrace();
    const path = await fileOf('cut.ndjson', `nonsense\n${first}\n${first?.slice(0, 50)}`);
    const { code, out, err } = await runHere('validate', '--json', path);
    expect(JSON.parse(out)).toMatchObject({ frames: 1, invalid: 0 });
    expect(err).toBe(`${path}, line 1: The line is no JSON object.\n${path}, line 3: The line is no JSON object.\n`);
    expect(code).toBe(2);
  });

  it('ends with 2 where there is nothing to check, beside files in which all is well too', async () => {
    const empty = await fileOf('empty.ndjson', '');
    expect(await runHere('validate', empty)).toEqual({
      code: 2,
      out: '',
      err: `${empty} has no messages, so there is nothing to validate.\n`,
    });
    const valid = await fileOf('one.ndjson', (await linesOfTrace()).slice(0, 2).join('\n'));
    const { code, out, err } = await runHere('validate', '--json', valid, empty);
    expect([code, JSON.parse(out)]).toMatchObject([2, { frames: 2, invalid: 0 }]);
    expect(err).toContain('empty.ndjson has no messages');
  });

  it('calls no message valid whose version is not known, unless it is told', async () => {
    const bare = await fileOf('bare.txt', '[2,"1","Heartbeat",{"a":1}]\n');
    const { code, out, err } = await runHere('validate', bare);
    expect(out).toContain('1 frame, 0 with schema violations, 1 not checked, as their version is not known.');
    expect(err).toContain('--version says the version');
    expect(code).toBe(2);
    const told = await runHere('validate', '--version', '2.1', '--json', bare);
    expect([told.code, JSON.parse(told.out)]).toMatchObject([1, { frames: 1, invalid: 1, unchecked: 0 }]);
    const both = await runHere('validate', '--json', bare, await fileOf('two.ndjson', (await linesOfTrace())[0] ?? ''));
    expect([both.code, JSON.parse(both.out)]).toMatchObject([2, { frames: 2, invalid: 0, unchecked: 1 }]);
  });

  it('ends with 2 where a file is not there or is of another kind', async () => {
    const missing = await runHere('validate', join(folder, 'missing'));
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('missing cannot be read: no such file or directory.');
    const other = await runHere('validate', fileURLToPath(import.meta.url));
    expect(other.code).toBe(2);
  });

  it('ends with 2 and says how, where it is used wrongly', async () => {
    const { code, err } = await runHere('validate', '--jsn', TRACE);
    expect(code).toBe(2);
    expect(err).toContain("unknown option '--jsn'");
    expect((await runHere()).code).toBe(2);
    expect((await runHere('validate')).code).toBe(2);
  });

  it('has help with examples', async () => {
    const { code, out } = await runHere('validate', '--help');
    expect(code).toBe(0);
    expect(out).toContain('Examples:');
  });

  it('ends quietly when whoever reads its output goes away', async () => {
    const lines = await linesOfTrace();
    const path = await fileOf('long.ndjson', `${lines.join('\n')}\n`.repeat(300));
    const process = spawnPlugscope('validate', path);
    process.child.stdout.destroy();
    expect(await process.ended).toMatchObject({ code: 0, signal: null, err: '' });
  });
});
