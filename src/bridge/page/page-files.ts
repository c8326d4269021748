import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { CONTENT_TYPES } from './page-headers.ts';

/** A file of the workbench, ready to be sent. */
export interface PageFile {
  readonly contentType: string;
  readonly cacheControl: string;
  read(): Promise<Uint8Array>;
}

/**
 * The files of a folder by the path of their URL. The list is made once: a request only ever picks from it, so that
 * no path, however spelled, leads out of the folder.
 */
export function listPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(url, {
      contentType,
      // The build puts a hash of the content into the names of assets, so that they never change.
      cacheControl: url.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
      read: () => readFile(path),
    });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}
