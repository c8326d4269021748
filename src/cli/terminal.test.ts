import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createTerminal, type Output } from './terminal.ts';

function screen(): Output & { readonly shown: string } {
  const stream = new PassThrough();
  let shown = '';
  stream.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  return Object.defineProperties(stream as unknown as Output & { readonly shown: string }, {
    isTTY: { value: true },
    shown: { get: () => shown },
  });
}

it('takes progress away before it says something else, and shows none where nobody watches', async () => {
  const err = screen();
  const terminal = createTerminal(new PassThrough(), err);
  terminal.progress('1 %');
  terminal.note('done');
  expect(err.shown).toBe('\r\u001b[2K1 %\r\u001b[2Kdone\n');

  const pipe = new PassThrough();
  createTerminal(new PassThrough(), pipe).progress('1 %');
  expect(pipe.read()).toBeNull();
});

it('waits while the output has no room', async () => {
  const written: (() => void)[] = [];
  const slow = new Writable({ highWaterMark: 1, write: (_, __, done) => written.push(done) });
  const terminal = createTerminal(slow, new PassThrough());
  let resumed = false;
  const writing = terminal.write('text').then(() => {
    resumed = true;
  });
  await new Promise(setImmediate);
  expect(resumed).toBe(false);
  written[0]?.();
  await writing;
  expect(resumed).toBe(true);
});

it('says why the output cannot be written', async () => {
  const fault = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const terminal = createTerminal(new Writable({ write: (_, __, done) => done(fault) }), new PassThrough());
  await terminal.write('text');
  expect(await terminal.flushed()).toBe(fault);
  expect(terminal.closed.aborted).toBe(true);
});

it('repeats no password of a URL', () => {
  const err = new PassThrough();
  createTerminal(new PassThrough(), err).note('ws://CS-1:S3CRET@csms cannot be read.');
  expect(String(err.read())).toBe('ws://CS-1:******@csms cannot be read.\n');
});

it('takes a closed output for the end, not for an error', async () => {
  const out = new PassThrough();
  const terminal = createTerminal(out, new PassThrough());
  out.destroy(Object.assign(new Error('broken pipe'), { code: 'EPIPE' }));
  await new Promise(setImmediate);
  expect(terminal.closed.aborted).toBe(true);
  expect(await terminal.flushed()).toBe('closed');
  await terminal.write('nobody reads this');
});
