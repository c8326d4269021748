import { resolve } from 'node:path';

/** Extension of session files, without its dot. */
export const SESSION_FILE_EXTENSION = 'plugscope';

/** The session file that a command line names, as the system starts it for a file that was double-clicked. */
export function sessionFileIn(argv: readonly string[], workingFolder: string): string | undefined {
  const file = argv.findLast((argument) => argument.endsWith(`.${SESSION_FILE_EXTENSION}`));
  return file === undefined ? undefined : resolve(workingFolder, file);
}
