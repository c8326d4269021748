import { tmpdir } from 'node:os';
import { PassThrough, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from './program.ts';
import { createTerminal } from './terminal.ts';
import { runHere } from './testing/run-here.ts';

const TRACE = fileURLToPath(new URL('../../fixtures/traces/three-versions.ndjson', import.meta.url));

/** Runs a command whose output cannot be written, for this reason. */
async function runInto(code: string, ...args: readonly string[]): Promise<{ code: number; err: string }> {
  const fault = Object.assign(new Error(`${code}: of the test, write`), { code });
  const out = new Writable({ write: (_chunk, _encoding, done) => done(fault) });
  const err = new PassThrough();
  const ended = await run(args, createTerminal(out, err));
  return { code: ended, err: String(err.read() ?? '') };
}

describe('the output of a command', () => {
  it.each([
    ['validate', TRACE],
    ['validate', '--json', TRACE],
    ['replay', TRACE, '--as', 'csms', '--listen', '127.0.0.1:0', '--wait', '0.01', '--json'],
    ['station', '--help'],
  ])('may be closed by its reader, as head does: %s %s', async (...args) => {
    const { code, err } = await runInto('EPIPE', ...args);
    expect(code).toBe(0);
    expect(err).not.toContain('EPIPE');
  });

  it('is not said to be written where the disk is full', async () => {
    const { code, err } = await runInto('ENOSPC', 'validate', TRACE);
    expect([code, err]).toEqual([2, 'The output cannot be written: of the test.\n']);
  });
});

describe('wrong use', () => {
  it.each([
    [['bogus'], "unknown command 'bogus'\n(see plugscope --help)"],
    [['authority', 'export', '--frm', 'key'], '(Did you mean --form?)\n(see plugscope authority export --help)'],
    [['csms', '--listen', 'here'], 'the port from 0 (any) to 65535.\n(see plugscope csms --help)'],
    [['merge', tmpdir(), '-o', 'x.plugscope'], 'cannot be read: it is a folder.'],
    [['cut', tmpdir(), '-o', 'x.plugscope'], 'cannot be read: it is a folder.'],
    [['export', TRACE], 'is no Plugscope session; "plugscope import" makes one of it.'],
  ])('is answered with what is wrong, and where help is: %j', async (args, sentence) => {
    const { code, out, err } = await runHere(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
  });
});

describe('a password in a URL that was typed wrong', () => {
  it.each([
    ['station', '--url', 'wss:/CS-1:S3CRET@csms.example:x'],
    ['station', '--url', 'htp://CS-1:S3 CRET@csms.example'],
    ['proxy', '--upstream', 'CS-1:S3CRET@csms.example'],
    ['send', 'Heartbeat', '--as', 'station', '--to', "ws//CS-1:S3CRET'@csms.example"],
    ['station', 'ws://CS-1:S3CRET@csms.example'],
    ['ws://CS-1:S3CRET@csms.example'],
    ['validate', 'ws://CS-1:S3CRET@csms.example'],
    ['station', '--to=ws://CS-1:S3CRET@csms.example'],
  ])('is not repeated: %s %s %s', async (...args) => {
    const { code, out, err } = await runHere(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toBe('');
    expect(err).not.toMatch(/S3 ?CRET/);
  });
});
