import { type Command, InvalidArgumentError } from 'commander';
import type { EntryRange } from '../../engine/capture/import/copy-plan.ts';
import type { ExitCode } from '../exit-code.ts';
import { addSecretsOptions, maskOf, type SecretsOptions } from '../secrets-options.ts';
import type { Terminal } from '../terminal.ts';
import { copyInto } from './merge.ts';

interface CutOptions extends SecretsOptions {
  readonly output: string;
  readonly from?: Bound;
  readonly to?: Bound;
}

/** An end of a range: an entry's number, or a time. */
type Bound = { readonly entry: number } | { readonly wall: number };

/** Adds `cut FILE --from … --to … -o OUT`. */
export function addCut(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('cut')
    .summary('make a session of a range of another')
    .description(
      'Puts a range of entries of a session into a new one. Each end is the number of an entry or a time, and is included.\n' +
        'Passwords and keys are masked unless --keep-secrets is given.',
    )
    .argument('<file>', 'session file')
    .option('--from <entry|time>', 'first entry, such as 1200 or 2026-11-20T10:05:00Z; the first where left out', bound)
    .option('--to <entry|time>', 'last entry; the last where left out', bound)
    .requiredOption('-o, --output <file>', 'session file to make; one that is there is not written over');
  addSecretsOptions(command).action(async (file: string, options: CutOptions) => {
    const request = {
      sources: [file],
      target: options.output,
      range: rangeOf(options),
      byTime: false,
      mask: maskOf(options),
    };
    exit(await copyInto(request, terminal));
  });
}

function bound(text: string): Bound {
  if (/^\d{1,9}$/.test(text)) return { entry: Number(text) };
  const wall = Date.parse(text);
  if (Number.isNaN(wall)) throw new InvalidArgumentError('It must be the number of an entry, or a time of ISO 8601.');
  return { wall };
}

function rangeOf({ from, to }: CutOptions): EntryRange {
  return {
    ...(from && ('entry' in from ? { fromEntry: from.entry } : { fromWall: from.wall })),
    ...(to && ('entry' in to ? { toEntry: to.entry } : { toWall: to.wall })),
  };
}
