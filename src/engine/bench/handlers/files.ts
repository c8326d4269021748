import type { Handlers } from '../../../bridge/contract.ts';
import type { FILES_METHODS } from '../../../bridge/methods/files.ts';
import type { FileDesk, ShownFile } from '../../files/file-desk.ts';

/** Files in and out, of the session that a client is shown. */
export function filesHandlers(
  { files }: { readonly files: FileDesk },
  shown: () => Promise<ShownFile>,
): Pick<Handlers, keyof typeof FILES_METHODS> {
  return {
    'files.recent': () => files.recent(),
    'files.forgetRecent': (path) => {
      files.forgetRecent(path);
      return null;
    },
    'files.preview': (wish) => files.preview(wish),
    'files.import': (wish, target) => files.import(wish, target),
    'files.openUpload': (ticket) => files.uploaded(ticket),
    'files.export': async (wish) => files.export(await shown(), wish),
    'files.saveAs': async (wish) => files.saveAs(await shown(), wish),
    'files.merge': (wish) => files.merge(wish),
    'files.ended': (task) => files.ended(task),
    'files.unclosed': () => files.unclosed(),
    'files.dismissUnclosed': () => {
      files.dismissUnclosed();
      return null;
    },
  };
}
