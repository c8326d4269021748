import { existsSync } from 'node:fs';
import { extname, isAbsolute, join, relative, resolve } from 'node:path';
import type { FileSource, FileTarget, SecretsChoice } from '../../bridge/methods/files.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { MaskOptions } from '../../session/secrets/frame.ts';
import type { TransferFile, Transfers } from './transfers.ts';

/** Where a work writes, and what is to happen when it is done. */
export interface TargetPlace {
  readonly path: string;
  /** Of a download: its ticket, which is worth something once it is `ready`. */
  readonly download?: { readonly ticket: string; ready(): void };
}

/** The file that is meant. */
export function sourcePlace(source: FileSource, transfers: Transfers): Outcome<TransferFile> {
  if (source.kind === 'path') return success({ path: resolve(source.path), name: source.path });
  const file = transfers.uploaded(source.ticket);
  return file ? success(file) : failure('upload-gone', 'The uploaded file is not there any more; upload it again.');
}

/** Where a file is to be written. A relative path stays in the folder of sessions; nothing is ever written over. */
export async function targetPlace(
  target: FileTarget,
  extension: string,
  folder: string,
  transfers: Transfers,
): Promise<Outcome<TargetPlace>> {
  if (target.kind === 'download') {
    const { ticket, file, ready } = await transfers.download(withExtension(target.name, extension));
    return success({ path: file.path, download: { ticket, ready } });
  }
  const path = isAbsolute(target.path) ? target.path : join(folder, target.path);
  if (!isAbsolute(target.path) && relative(folder, path).startsWith('..')) {
    return failure('outside-folder', 'A relative path must stay in the folder of sessions.');
  }
  const full = withExtension(path, extension);
  if (existsSync(full)) return failure('target-exists', `${full} is there already; choose another name.`);
  return success({ path: full });
}

/** A path in a folder that is not taken: a number follows where it is. */
export function freePath(folder: string, name: string, extension: string): string {
  const fit = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').slice(0, 100) || 'session';
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, `${attempt === 1 ? fit : `${fit} (${attempt})`}${extension}`);
    if (!existsSync(path)) return path;
  }
}

/** What is taken out, by the user's choice; nothing where it is null. */
export function maskFor(secrets: SecretsChoice): MaskOptions | null {
  return secrets === 'kept' ? null : { idTokens: secrets === 'masked-tokens' };
}

function withExtension(path: string, extension: string): string {
  return extname(path) === '' ? `${path}${extension}` : path;
}
