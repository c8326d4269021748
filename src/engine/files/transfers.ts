import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, extname, join, sep } from 'node:path';
import { makeTemporaryFolder, type TemporaryFolder } from '../temporary-folder.ts';

/** Files that wait at once; the oldest gives way. */
const WAITING_MAX = 32;
const EXTENSION = /^\.[a-z0-9-]{1,12}$/i;

/** A file on its way between a browser and the engine. */
export interface TransferFile {
  readonly path: string;
  /** Name for people, without any folder. */
  readonly name: string;
}

/**
 * Files that browsers sent or are to get. They are in a folder of their own that goes when the engine ends; whoever
 * asks for one has to know its ticket, which cannot be guessed.
 */
export interface Transfers {
  /** A place for a file that is being uploaded; it is known by its ticket once it is `arrived`. */
  upload(name: string): Promise<{ readonly ticket: string; readonly file: TransferFile; arrived(): void }>;
  uploaded(ticket: string): TransferFile | undefined;
  /** A place for a file that is to be downloaded. */
  download(name: string): Promise<{ readonly ticket: string; readonly file: TransferFile; ready(): void }>;
  /** The file to download, once: the ticket is then worth nothing. Whoever takes it removes it. */
  takeDownload(ticket: string): TransferFile | undefined;
  /** Whether a file is one of these, which do not last. */
  holds(path: string): boolean;
  close(): void;
}

/** Nothing is on its way yet; the folder is made with the first file. */
export function createTransfers(): Transfers {
  const uploads = new Map<string, TransferFile>();
  const downloads = new Map<string, TransferFile>();
  let folder: TemporaryFolder | undefined;

  const place = async (name: string): Promise<{ ticket: string; file: TransferFile }> => {
    folder ??= makeTemporaryFolder('transfer');
    const ticket = randomBytes(32).toString('base64url');
    // The name that was sent decides on nothing but what people read, and on the extension.
    const extension = extname(name);
    const own = join(folder.path, ticket);
    mkdirSync(own, { mode: 0o700 });
    const path = join(own, `file${EXTENSION.test(extension) ? extension : ''}`);
    return { ticket, file: { path, name: basename(name.replaceAll('\\', '/')).slice(0, 200) || 'file' } };
  };
  const keep = (among: Map<string, TransferFile>, ticket: string, file: TransferFile): void => {
    among.set(ticket, file);
    const [oldest] = among;
    if (among.size <= WAITING_MAX || !oldest) return;
    among.delete(oldest[0]);
    void rm(join(oldest[1].path, '..'), { recursive: true, force: true });
  };
  return {
    async upload(name) {
      const { ticket, file } = await place(name);
      return { ticket, file, arrived: () => keep(uploads, ticket, file) };
    },
    uploaded: (ticket) => uploads.get(ticket),
    async download(name) {
      const { ticket, file } = await place(name);
      return { ticket, file, ready: () => keep(downloads, ticket, file) };
    },
    takeDownload(ticket) {
      const file = downloads.get(ticket);
      downloads.delete(ticket);
      return file;
    },
    holds: (path) => folder !== undefined && path.startsWith(folder.path + sep),
    close: () => folder?.removeNow(),
  };
}
