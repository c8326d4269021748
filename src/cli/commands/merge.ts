import type { Command } from 'commander';
import { type CopyReport, type CopyRequest, copySession } from '../../engine/capture/import/copy-session.ts';
import { counted } from '../../ocpp/words.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { isSession } from '../frame-source.ts';
import { addSecretsOptions, maskOf, type SecretsOptions } from '../secrets-options.ts';
import type { Terminal } from '../terminal.ts';
import { workControl } from '../work-control.ts';

interface MergeOptions extends SecretsOptions {
  readonly output: string;
}

/** Adds `merge FILE… -o OUT`. */
export function addMerge(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const command = program
    .command('merge')
    .summary('make one session of several')
    .description(
      'Puts the entries of several sessions into a new one, in the order of time. Links get new numbers; findings, pairs ' +
        'and notes are kept. Passwords and keys are masked unless --keep-secrets is given.',
    )
    .argument('<file...>', 'session files')
    .requiredOption('-o, --output <file>', 'session file to make; one that is there is not written over');
  addSecretsOptions(command).action(async (sources: string[], options: MergeOptions) => {
    const request = { sources, target: options.output, range: {}, byTime: true, mask: maskOf(options) };
    exit(await copyInto(request, terminal));
  });
}

/** Makes a session of others, and says what came of it. */
export async function copyInto(request: CopyRequest, terminal: Terminal): Promise<ExitCode> {
  for (const source of request.sources) {
    const session = await isSession(source);
    if (session.ok) continue;
    terminal.note(session.error.sentence);
    return EXIT.failed;
  }
  const control = workControl(terminal, `${request.target}: wrote`, 'entries');
  const copied = await copySession(request, { cancelled: () => control.signal.aborted, progress: control.progress });
  control.end();
  terminal.note(copied.ok ? inWords(copied.value, request.target) : copied.error.sentence);
  return copied.ok ? EXIT.ok : EXIT.failed;
}

function inWords({ entries, links, masked }: CopyReport, target: string): string {
  const frames = masked === 1 ? '1 frame' : `${masked} frames`;
  const secrets = masked > 0 ? ` Secrets were masked in ${frames}, which are not as on the wire.` : '';
  return `Wrote ${counted(entries, 'entry', 'entries')} of ${counted(links, 'link')} to ${target}.${secrets}`;
}
