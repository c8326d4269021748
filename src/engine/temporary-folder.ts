import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { lstat, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** What temporary folders are made for. */
const USES = ['copy', 'export', 'import', 'live', 'replay', 'transfer'] as const;
export type TemporaryUse = (typeof USES)[number];

/** A folder of this process, which its owner alone can read. */
export interface TemporaryFolder {
  readonly path: string;
  /** Removes it with all that is in it; what the system still holds stays. Never rejects. */
  remove(): Promise<void>;
  /** The same at once, for what has few files. Never throws. */
  removeNow(): void;
}

/** Marks a folder as one of ours, and says whether it is still in use. */
const LOCK_NAME = 'plugscope.lock';
const NAME = new RegExp(`^plugscope-(?:${USES.join('|')})-[A-Za-z0-9]{6}$`);
/** What the lock says it is (`PRAGMA application_id`): "Plug". */
const APPLICATION_ID = 0x50_6c_75_67;
/** What a crash left is not touched before it is this old, in milliseconds. */
const SWEPT_AFTER_MS = 86_400_000;

/**
 * Makes a folder for temporary files. A lock of the operating system in it holds until the process ends, however it does,
 * so that what a crash leaves can be told from what is in use: keep what this returns until it is removed. Throws where no
 * folder can be made.
 */
export function makeTemporaryFolder(use: TemporaryUse, root: string = tmpdir()): TemporaryFolder {
  const path = mkdtempSync(join(root, `plugscope-${use}-`));
  const lock = makeLock(join(path, LOCK_NAME));
  return {
    path,
    async remove() {
      if (lock?.isOpen) lock.close();
      await rm(path, { recursive: true, force: true }).catch(() => {});
    },
    removeNow() {
      if (lock?.isOpen) lock.close();
      try {
        rmSync(path, { recursive: true, force: true });
      } catch {
        // Windows: what is open stays; its owner alone can read it.
      }
    },
  };
}

/** As `session-lock.ts` has it: SQLite only for the sake of its locks. Without one, nobody sweeps the folder. */
function makeLock(path: string): DatabaseSync | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    lock.exec(`PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA application_id = ${APPLICATION_ID};
      BEGIN EXCLUSIVE`);
    return lock;
  } catch {
    if (lock?.isOpen) lock.close();
    return undefined;
  }
}

/**
 * Removes temporary folders that processes of ours left when they crashed, once they are older than a day. Only what is
 * provably ours: a real folder of this user, closed to others, with a lock of ours that nobody holds. Never rejects.
 * @param now milliseconds since 1970 UTC
 * @returns the paths of the folders that are gone
 */
export async function sweepTemporaryFolders(now: number, root: string = tmpdir()): Promise<readonly string[]> {
  const swept: string[] = [];
  try {
    if (!(await isSafe(root))) return [];
    for (const name of await readdir(root)) {
      if (NAME.test(name) && (await sweep(join(root, name), now))) swept.push(join(root, name));
    }
  } catch {
    // What cannot be read is not for us to clear.
  }
  return swept;
}

/** Whether nobody else can put another folder in the place of one that was just looked at. */
async function isSafe(root: string): Promise<boolean> {
  const { mode, uid } = await stat(root);
  const isSticky = (mode & 0o1000) !== 0;
  return (
    process.platform === 'win32' || isSticky || ((mode & 0o022) === 0 && (uid === 0 || uid === process.getuid?.()))
  );
}

async function sweep(path: string, now: number): Promise<boolean> {
  let lock: DatabaseSync | undefined;
  try {
    const folder = await lstat(path);
    if (!folder.isDirectory() || !isOurs(folder) || (process.platform !== 'win32' && (folder.mode & 0o077) !== 0))
      return false;
    const names = await readdir(path);
    const files = await Promise.all(names.map((name) => lstat(join(path, name))));
    const marker = files[names.indexOf(LOCK_NAME)];
    if (!marker?.isFile() || marker.nlink !== 1 || !isOurs(marker)) return false;
    if ([folder, ...files].some(({ mtimeMs }) => now - mtimeMs < SWEPT_AFTER_MS)) return false;
    lock = new DatabaseSync(join(path, LOCK_NAME), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    if (lock.prepare('PRAGMA application_id').get()?.application_id !== APPLICATION_ID) return false;
    // The lock last, so that what cannot be removed now is known for ours the next time.
    for (const name of names) {
      if (name !== LOCK_NAME) await rm(join(path, name), { recursive: true, force: true });
    }
    lock.close();
    await rm(join(path, LOCK_NAME), { force: true });
    rmdirSync(path);
    return true;
  } catch {
    // In use, gone meanwhile, or not to be removed.
    return false;
  } finally {
    if (lock?.isOpen) lock.close();
  }
}

/** Whether something belongs to this user alone. Windows has a folder for each user. */
function isOurs({ uid }: { readonly uid: number }): boolean {
  return process.platform === 'win32' || uid === process.getuid?.();
}
