import type { ImportPreview, ImportReport, ReaderName, ReadOptions } from '../../../session/files.ts';
import type { Outcome } from '../../../session/outcome.ts';
import { type CopyReport, type CopyRequest, copySession } from '../../capture/import/copy-session.ts';
import { openSession } from '../../capture/session-reader.ts';
import { type ExportReport, type ExportRequest, exportSession, intoFile } from '../export-session.ts';
import { type ImportRequest, importFile, type WorkControl } from '../import-file.ts';

import { previewImport } from '../preview.ts';

/** Something long that is done with files. */
export type FileWork =
  | { readonly kind: 'import'; readonly request: ImportRequest }
  | { readonly kind: 'preview'; readonly path: string; readonly format?: ReaderName; readonly options: ReadOptions }
  | { readonly kind: 'copy'; readonly request: CopyRequest }
  | { readonly kind: 'export'; readonly session: string; readonly target: string; readonly request: ExportRequest };

/** What each kind comes to. */
export interface FileWorkResults {
  readonly import: ImportReport;
  readonly preview: ImportPreview;
  readonly copy: CopyReport;
  readonly export: ExportReport;
}

export type FileWorkResult<W extends FileWork> = FileWorkResults[W['kind']];

/** Does it, in this thread. Progress is in bytes of what is imported, else in entries. */
export async function doFileWork(
  work: FileWork,
  control: WorkControl,
): Promise<Outcome<FileWorkResults[FileWork['kind']]>> {
  switch (work.kind) {
    case 'import':
      return importFile(work.request, control);
    case 'preview':
      return previewImport(work.path, work.format, work.options);
    case 'copy': {
      const { signal } = control;
      return copySession(work.request, { cancelled: () => signal.aborted, progress: (done) => control.progress(done) });
    }
    case 'export': {
      const reader = await openSession(work.session);
      if (!reader.ok) return reader;
      try {
        return await intoFile(work.target, (sink) => exportSession(reader.value, work.request, sink, control), 'keep');
      } finally {
        await reader.value.close();
      }
    }
  }
}
