import { PassThrough } from 'node:stream';
import type { ExitCode } from '../exit-code.ts';
import { run } from '../program.ts';
import { createTerminal } from '../terminal.ts';

/** What a command ended with. */
export interface EndedHere {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process, which is quicker than in one of its own. */
export function runHere(...args: readonly string[]): Promise<EndedHere> {
  return startHere(...args).ended;
}

/** Starts one, to do something with it while it runs. */
export function startHere(...args: readonly string[]): {
  readonly ended: Promise<EndedHere>;
  /** Resolves with the first match in the error output. */
  told(pattern: RegExp): Promise<RegExpExecArray>;
} {
  const out = collected();
  const err = collected();
  const ended = run(args, createTerminal(out.stream, err.stream)).then((code) => {
    return { code, out: out.text(), err: err.text() };
  });
  const told = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(err.text());
        if (found) resolve(found);
      };
      err.stream.on('data', look);
      look();
      void ended.then(() => reject(new Error(`The command ended before that.\n${err.text()}`)));
    });
  return { ended, told };
}

function collected() {
  const stream = new PassThrough();
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    stream,
    text: () => text + (stream.read() ?? ''),
  };
}
