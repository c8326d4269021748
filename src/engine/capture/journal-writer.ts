import type * as fs from 'node:fs';
import { type Failure, type Outcome, success } from '../../session/outcome.ts';
import { type JournalPosition, SEGMENT_BYTES, SEGMENT_MAGIC, segmentPath } from './format.ts';

/** What the journal needs of the file system; `node:fs` is one. */
export type JournalFiles = Pick<typeof fs, 'openSync' | 'writeSync' | 'ftruncateSync' | 'closeSync'>;

/** Appends to the journal, segment after segment. After a failure it writes nothing more. */
export class JournalWriter {
  readonly #files: JournalFiles;
  readonly #session: string;
  readonly #segmentBytes: number;
  #segment: number;
  #descriptor: number | undefined;
  #offset = 0;
  #failed: Failure | undefined;

  /** @param segment number of the first segment that it makes */
  constructor(files: JournalFiles, session: string, segment: number, segmentBytes = SEGMENT_BYTES) {
    this.#files = files;
    this.#session = session;
    this.#segment = segment - 1;
    this.#segmentBytes = segmentBytes;
  }

  /** The end of what is written for certain. */
  get position(): JournalPosition {
    return { segment: this.#segment, offset: this.#offset };
  }

  /** Appends all parts, or says why not; then the journal ends where it ended before. */
  write(parts: readonly Uint8Array[]): Outcome<JournalPosition> {
    if (this.#failed) return { ok: false, error: this.#failed };
    let step = 'opened';
    try {
      const descriptor = this.#openSegment();
      step = 'written';
      let end = this.#offset;
      for (const part of parts) {
        this.#writeAll(descriptor, part);
        end += part.byteLength;
      }
      this.#offset = end;
      return success(this.position);
    } catch (error) {
      this.#failed = journalFailure(error, step);
      this.#cutBack();
      return { ok: false, error: this.#failed };
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) this.#files.closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#failed ??= { code: 'journal-closed', sentence: 'The recording is closed.' };
  }

  #openSegment(): number {
    if (this.#descriptor !== undefined && this.#offset < this.#segmentBytes) return this.#descriptor;
    // Exclusively: a segment that is there already holds frames that are nowhere else.
    const next = this.#files.openSync(segmentPath(this.#session, this.#segment + 1), 'ax', 0o600);
    if (this.#descriptor !== undefined) this.#files.closeSync(this.#descriptor);
    this.#descriptor = next;
    this.#segment += 1;
    this.#offset = 0;
    this.#writeAll(next, SEGMENT_MAGIC);
    this.#offset = SEGMENT_MAGIC.byteLength;
    return next;
  }

  #writeAll(descriptor: number, bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.byteLength) {
      const count = this.#files.writeSync(descriptor, bytes, written, bytes.byteLength - written);
      // POSIX lets a write take a part; one that takes nothing would spin here for ever.
      if (count <= 0) throw Object.assign(new Error('The file took no bytes.'), { code: 'EIO' });
      written += count;
    }
  }

  /** Half a batch must not stand before what comes later; where even that fails, the reader stops at the torn record. */
  #cutBack(): void {
    try {
      if (this.#descriptor !== undefined) this.#files.ftruncateSync(this.#descriptor, this.#offset);
    } catch {
      // The first failure is the one to report.
    }
  }
}

const IN_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is as large as it may get',
  EROFS: 'the disk is read-only',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EIO: 'the disk reports an error',
  ENOENT: 'the folder is gone',
  EMFILE: 'too many files are open',
};

function journalFailure(error: unknown, step: string): Failure {
  const code = String((error as NodeJS.ErrnoException | null)?.code ?? 'unknown');
  const reason = IN_WORDS[code] ?? (error instanceof Error ? error.message : code);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return { code: full ? 'disk-full' : 'journal-failed', sentence: `The journal could not be ${step}: ${reason}.` };
}
