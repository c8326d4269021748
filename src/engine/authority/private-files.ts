import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whether modes of files mean anything here. */
const HAS_MODES = process.platform !== 'win32';
/** Rights of everybody but the owner. */
const OTHERS = 0o077;

/** Makes a folder that its owner alone may enter, or takes the rights of others from one that is there. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await makePrivate(folder, 0o700);
}

/**
 * Reads a file that nobody but its owner may read: rights of others are taken from it first.
 * @throws what the file system says, and where it is no plain file
 */
export async function readPrivateFile(path: string): Promise<Buffer> {
  const status = await lstat(path);
  if (!status.isFile()) throw new Error('it is no plain file');
  await makePrivate(path, 0o600);
  const file = await open(path, 'r');
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Takes the rights of others from a file or folder; where that cannot be done, it is not to be relied on. */
async function makePrivate(path: string, mode: number): Promise<void> {
  if (!HAS_MODES || ((await lstat(path)).mode & OTHERS) === 0) return;
  try {
    await chmod(path, mode);
  } catch (error) {
    const also = `others may read it, and that could not be changed (${(error as Error).message})`;
    throw new Error(also, { cause: error });
  }
}

/** Writes a file for its owner alone, whole or not at all, and on the disk before it counts. */
export async function writePrivateFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.new`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
