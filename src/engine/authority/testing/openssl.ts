import { spawnSync } from 'node:child_process';

/** Whether there is an openssl to compare with. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Runs openssl in a folder; yields all that it says. Arguments are divided by spaces. */
export function opensslIn(folder: string, command: string): string {
  const { stdout, stderr } = spawnSync('openssl', command.split(' '), { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`;
}
