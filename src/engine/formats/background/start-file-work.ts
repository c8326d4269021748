import { failure, type Outcome } from '../../../session/outcome.ts';
import { startWorker } from '../../capture/start-worker.ts';
import type { WorkControl } from '../import-file.ts';
import type { FileWork, FileWorkResult } from './file-work.ts';
import type { FileWorkerMessage } from './file-worker.ts';

/** Does something long with files on a thread of its own, so that traffic does not wait for it. Never rejects. */
export function startFileWork<W extends FileWork>(work: W, control: WorkControl): Promise<Outcome<FileWorkResult<W>>> {
  const worker = startWorker('../formats/background/file-worker', work);
  const cancel = (): void => worker.postMessage('cancel');
  control.signal.addEventListener('abort', cancel);
  return new Promise<Outcome<FileWorkResult<W>>>((resolve) => {
    worker.on('message', (message: FileWorkerMessage) => {
      if (message.kind === 'progress') control.progress(message.done);
      // The worker answers what it was asked.
      else resolve(message.outcome as Outcome<FileWorkResult<W>>);
    });
    worker.once('error', (error) => resolve(failure('work-failed', `It ended unexpectedly: ${error.message}.`)));
    // Only where it said nothing before; a promise takes the first answer.
    worker.once('exit', () => resolve(failure('work-failed', 'It ended unexpectedly.')));
  }).finally(() => control.signal.removeEventListener('abort', cancel));
}
