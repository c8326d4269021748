import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { reasonOf } from '../engine/formats/file-source.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';

/** Where a password is taken from where no file is named: other users can see the arguments of a command. */
export const PASSWORD_VARIABLE = 'PLUGSCOPE_PASSWORD';

export interface PasswordOptions {
  readonly passwordFile?: string;
}

/** Adds `--password-file`. */
export function addPasswordOption(command: Command): Command {
  const text = `file whose first line is the password; without it, the variable ${PASSWORD_VARIABLE} is`;
  return command.option('--password-file <file>', text);
}

/** The password that the user named; empty where there is none. */
export async function passwordOf(
  { passwordFile }: PasswordOptions,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Outcome<string>> {
  if (passwordFile === undefined) return success(env[PASSWORD_VARIABLE] ?? '');
  try {
    const [first = ''] = (await readFile(passwordFile, 'utf8')).split(/\r?\n/, 1);
    return success(first);
  } catch (error) {
    return failure('password-unreadable', `The password cannot be read from ${passwordFile}: ${reasonOf(error)}.`);
  }
}
