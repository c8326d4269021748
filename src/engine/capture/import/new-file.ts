import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';

/** Where a file is written until it is whole: beside its place, under a name that no other file has. */
export function temporaryPath(target: string): string {
  return `${target}.${randomBytes(6).toString('hex')}.part`;
}

/** Gives a finished file its name. One that came to be there meanwhile is not written over. */
export async function moveWithoutReplacing(from: string, to: string): Promise<void> {
  try {
    // A link fails where the name is taken; a rename would replace what is there.
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(to)) throw error;
    // A file system without hard links.
    await rename(from, to);
    return;
  }
  await rm(from);
}
