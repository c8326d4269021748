import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { maskUrl } from '../session/secrets/headers.ts';

/** A style of `util.styleText`. */
export type Style = Parameters<typeof styleText>[0];

/** Where a command's output goes. */
export interface Terminal {
  /** Whether a person reads the output, so that it is to be readable; else programs read it. */
  readonly interactive: boolean;
  /** Aborted when the output takes no more: its reader has closed it, or it cannot be written. */
  readonly closed: AbortSignal;
  /** Writes to the output; resolves when there is room for more. */
  write(text: string | Uint8Array): Promise<void>;
  /**
   * Resolves when all that was written is out; with why it could not be written, or with `closed` where its reader has
   * closed it, as `head` does when it has enough.
   */
  flushed(): Promise<Error | 'closed' | undefined>;
  /** Tells the user something beside the output: one line of the error output, without passwords in URLs. */
  note(line: string): void;
  /** Shows a line that the next one replaces, where a person watches. */
  progress(line: string): void;
  /** Text in a style, where the output has colours. */
  paint(style: Style, text: string): string;
}

/** A stream of the process that may be a terminal. */
export type Output = Writable & { readonly isTTY?: boolean };

/** Codes of errors that say that nobody reads a pipe any more; `EOF` is what Windows says. */
const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);
const codeOf = (error: NodeJS.ErrnoException): string | undefined => error.code;

const ERASE_LINE = '\r\u001b[2K';

/** The terminal of two streams. A reader that closes the output is no error, and ends what is written. */
export function createTerminal(out: Output, err: Output): Terminal {
  const closing = new AbortController();
  let progressShown = false;
  out.on('error', (error: NodeJS.ErrnoException) => closing.abort(error));
  // With nobody to read notes there is nothing left to say.
  err.on('error', () => {});

  const clear = (): void => {
    if (progressShown) err.write(ERASE_LINE);
    progressShown = false;
  };
  return {
    interactive: out.isTTY === true,
    closed: closing.signal,
    async write(text) {
      if (closing.signal.aborted) return;
      if (out.isTTY) clear();
      if (out.write(text) || closing.signal.aborted) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          out.off('drain', done);
          closing.signal.removeEventListener('abort', done);
          resolve();
        };
        out.on('drain', done);
        closing.signal.addEventListener('abort', done);
      });
    },
    async flushed() {
      await new Promise<void>((resolve) => void out.write('', () => resolve()));
      if (!closing.signal.aborted) return undefined;
      const { reason } = closing.signal;
      return reason instanceof Error && !GONE.has(codeOf(reason)) ? reason : 'closed';
    },
    note(line) {
      clear();
      err.write(`${maskUrl(line)}\n`);
    },
    progress(line) {
      if (!err.isTTY) return;
      err.write(`${ERASE_LINE}${line}`);
      progressShown = true;
    },
    paint: (style, text) => (out.isTTY ? styleText(style, text, { stream: out }) : text),
  };
}
