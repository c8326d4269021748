import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { reasonOf } from '../engine/formats/file-source.ts';
import { withoutPassword } from '../engine/net/connection-url.ts';
import { addAuthority } from './commands/authority.ts';
import { addCsms } from './commands/csms.ts';
import { addCut } from './commands/cut.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addMerge } from './commands/merge.ts';
import { addProxy } from './commands/proxy.ts';
import { addReplay } from './commands/replay.ts';
import { addSend } from './commands/send.ts';
import { addStation } from './commands/station.ts';
import { addValidate } from './commands/validate.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs the command of these arguments to its end. Whatever it is: where the reader of its output had enough and closed it
 * it ends well, and where the output cannot be written it does not.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const code = await commanded(args, terminal);
  const broken = await terminal.flushed();
  if (broken === undefined) return code;
  if (broken === 'closed') return EXIT.ok;
  terminal.note(`The output cannot be written: ${reasonOf(broken)}.`);
  return EXIT.failed;
}

async function commanded(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = createProgram(terminal, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
    throw error;
  }
}

function createProgram(terminal: Terminal, exit: (code: ExitCode) => void): Command {
  const program = new Command('plugscope')
    .description('Protocol inspector and test bench for OCPP 1.6-J, 2.0.1 and 2.1.')
    .version(manifest.version)
    // `station --version 2.1` is not the program's own option.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.note(withoutTypedPasswords(text.trimEnd())),
    });
  for (const add of [
    addProxy,
    addCsms,
    addStation,
    addValidate,
    addExport,
    addReplay,
    addSend,
    addImport,
    addMerge,
    addCut,
    addAuthority,
  ])
    add(program, terminal, exit);
  pointToHelp(program, 'plugscope');
  return program;
}

/** What is wrong with the arguments of a command is said with the way to its own help. */
function pointToHelp(command: Command, path: string): void {
  command.showHelpAfterError(`(see ${path} --help)`);
  for (const each of command.commands) pointToHelp(each, `${path} ${each.name()}`);
}

/** What is said of wrong arguments repeats them, and a URL that was typed wrong may still have its password. */
function withoutTypedPasswords(text: string): string {
  return text
    .replace(/(argument ')(.*)(' is invalid)/s, (_, before, typed, after) => before + withoutPassword(typed) + after)
    .replace(/[^\s']*:[^\s']*@/g, withoutPassword);
}
