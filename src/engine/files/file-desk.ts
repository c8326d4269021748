import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type {
  FileSource,
  FileTarget,
  FileWorkEnd,
  ImportWish,
  RangeBound,
  SecretsChoice,
  UnclosedSession,
} from '../../bridge/methods/files.ts';
import type { TaskState } from '../../bridge/methods/tasks.ts';
import { counted } from '../../ocpp/words.ts';
import type { ImportPreview, ImportReport, WriterName } from '../../session/files.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import { type RecentFile, withRecentFile } from '../../workspace/recent-files.ts';
import { SESSION_EXTENSION } from '../capture/format.ts';
import type { EntryRange } from '../capture/import/copy-plan.ts';
import type { CopyReport } from '../capture/import/copy-session.ts';
import type { Clock } from '../clock.ts';
import { startFileWork } from '../formats/background/start-file-work.ts';
import type { ExportReport } from '../formats/export-session.ts';
import { WRITERS } from '../formats/writers.ts';
import type { TaskControl, Tasks } from '../tasks.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { freePath, maskFor, sourcePlace, type TargetPlace, targetPlace } from './places.ts';
import { createTransfers, type Transfers } from './transfers.ts';
import { findUnclosed } from './unclosed.ts';

/** Works of which is remembered what came of them. */
const ENDED_MAX = 50;

/** The session that a client is shown. */
export interface ShownFile {
  readonly path: string;
  readonly entries: number;
  /** Resolves when all that was recorded so far can be read; at once for a file. */
  complete(signal: AbortSignal): Promise<void>;
}

export interface FileDeskParts {
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly workspace: WorkspaceStore;
  /** Folder of sessions. */
  readonly folder: string;
  /** The session that is being recorded. */
  readonly live: string;
}

/** What is done with files beside recording: in and out, and which were open. Shared by all clients. */
export class FileDesk {
  readonly transfers: Transfers = createTransfers();
  readonly #parts: FileDeskParts;
  readonly #ended = new Map<number, FileWorkEnd>();
  #unclosed: UnclosedSession | null;

  constructor(parts: FileDeskParts) {
    this.#parts = parts;
    this.#unclosed = findUnclosed(parts.folder, parts.live);
  }

  recent(): { readonly folder: string; readonly files: readonly RecentFile[] } {
    return { folder: this.#parts.folder, files: this.#parts.workspace.get().recentFiles };
  }

  forgetRecent(path: string): void {
    const { recentFiles } = this.#parts.workspace.get();
    this.#parts.workspace.update({ recentFiles: recentFiles.filter((file) => file.path !== path) });
  }

  /** A session file was opened. */
  opened(path: string): void {
    if (this.transfers.holds(path)) return;
    const { workspace, clock } = this.#parts;
    const opened = clock.now().wall;
    workspace.update({ recentFiles: withRecentFile(workspace.get().recentFiles, { path, opened }) });
    if (this.#unclosed?.path === path) this.#unclosed = null;
  }

  unclosed(): UnclosedSession | null {
    return this.#unclosed;
  }

  dismissUnclosed(): void {
    this.#unclosed = null;
  }

  ended(task: number): FileWorkEnd | null {
    return this.#ended.get(task) ?? null;
  }

  uploaded(ticket: string): Outcome<string> {
    const source = sourcePlace({ kind: 'upload', ticket }, this.transfers);
    return source.ok ? success(source.value.path) : source;
  }

  async preview({ source, format, options }: ImportWish): Promise<Outcome<ImportPreview>> {
    const file = sourcePlace(source, this.transfers);
    if (!file.ok) return file;
    const control = { signal: new AbortController().signal, progress: () => {} };
    return startFileWork({ kind: 'preview', path: file.value.path, format: format ?? undefined, options }, control);
  }

  import({ source, format, options }: ImportWish, target: string | null): Promise<Outcome<number>> {
    const file = sourcePlace(source, this.transfers);
    if (!file.ok) return Promise.resolve(file);
    const { path, name } = file.value;
    const shown = basename(name);
    const title = basename(shown, extname(shown));
    const wanted: FileTarget = { kind: 'path', path: target ?? freePath(this.#parts.folder, title, SESSION_EXTENSION) };
    const about = { title: `Importing ${shown}`, total: bytesOf(path), unit: 'bytes' } as const;
    return this.#start(about, wanted, SESSION_EXTENSION, true, async (place, control) => {
      const request = { path, target: place.path, format: format ?? undefined, options };
      const done = await startFileWork({ kind: 'import', request }, control);
      return done.ok ? success({ sentence: imported(done.value), report: done.value }) : done;
    });
  }

  export(
    shown: ShownFile,
    wish: { target: FileTarget; format: WriterName; filter: string; secrets: SecretsChoice },
  ): Promise<Outcome<number>> {
    const { target, format, filter, secrets } = wish;
    const name = basename(shown.path, SESSION_EXTENSION);
    const { title, extension } = WRITERS[format];
    const about = { title: `Exporting ${name} as ${title}`, total: shown.entries, unit: 'entries' } as const;
    const now = this.#parts.clock.now().wall;
    return this.#start(about, target, extension, false, async (place, control) => {
      await shown.complete(control.signal);
      const request = { format, name, filter, mask: maskFor(secrets), now };
      const done = await startFileWork({ kind: 'export', session: shown.path, target: place.path, request }, control);
      return done.ok ? success({ sentence: exported(done.value) }) : done;
    });
  }

  saveAs(
    shown: ShownFile,
    wish: { target: FileTarget; from: RangeBound; to: RangeBound; secrets: SecretsChoice },
  ): Promise<Outcome<number>> {
    const { target, from, to, secrets } = wish;
    const name = basename(shown.path, SESSION_EXTENSION);
    const title = from || to ? `Cutting ${name}` : `Saving a copy of ${name}`;
    const about = { title, total: shown.entries, unit: 'entries' } as const;
    return this.#start(about, target, SESSION_EXTENSION, true, async (place, control) => {
      await shown.complete(control.signal);
      return this.#copy([shown.path], place, rangeOf(from, to), false, secrets, control);
    });
  }

  merge(wish: {
    sources: readonly FileSource[];
    target: FileTarget;
    secrets: SecretsChoice;
  }): Promise<Outcome<number>> {
    const paths: string[] = [];
    for (const source of wish.sources) {
      const file = sourcePlace(source, this.transfers);
      if (!file.ok) return Promise.resolve(file);
      paths.push(file.value.path);
    }
    const about = { title: `Merging ${paths.length} sessions`, total: null, unit: 'entries' } as const;
    return this.#start(about, wish.target, SESSION_EXTENSION, true, (place, control) =>
      this.#copy(paths, place, {}, true, wish.secrets, control),
    );
  }

  /** Removes what was on its way. */
  close(): void {
    this.transfers.close();
  }

  async #copy(
    sources: readonly string[],
    { path }: TargetPlace,
    range: EntryRange,
    byTime: boolean,
    secrets: SecretsChoice,
    control: TaskControl,
  ): Promise<Outcome<Done>> {
    const request = { sources, target: path, range, byTime, mask: maskFor(secrets) };
    const done = await startFileWork({ kind: 'copy', request }, control);
    return done.ok ? success({ sentence: copied(done.value) }) : done;
  }

  async #start(
    about: Pick<TaskState, 'title' | 'total' | 'unit'>,
    target: FileTarget,
    extension: string,
    session: boolean,
    run: (place: TargetPlace, control: TaskControl) => Promise<Outcome<Done>>,
  ): Promise<Outcome<number>> {
    const place = await targetPlace(target, extension, this.#parts.folder, this.transfers);
    if (!place.ok) return place;
    const { path, download } = place.value;
    const { task } = this.#parts.tasks.start(about, async (control) => {
      const done = await run(place.value, control);
      if (!done.ok) return { ok: false, sentence: done.error.sentence };
      download?.ready();
      const { sentence, report } = done.value;
      this.#remember({
        task,
        path,
        session,
        ...(download && { download: download.ticket }),
        ...(report && { report }),
      });
      return { ok: true, sentence };
    });
    return success(task);
  }

  #remember(end: FileWorkEnd): void {
    this.#ended.set(end.task, end);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > ENDED_MAX && oldest !== undefined) this.#ended.delete(oldest);
  }
}

interface Done {
  readonly sentence: string;
  readonly report?: ImportReport;
}

function bytesOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

function rangeOf(from: RangeBound, to: RangeBound): EntryRange {
  return {
    ...(from && ('entry' in from ? { fromEntry: from.entry } : { fromWall: from.wall })),
    ...(to && ('entry' in to ? { toEntry: to.entry } : { toWall: to.wall })),
  };
}

function imported({ title, frames, faults }: ImportReport): string {
  const lost = faults === 0 ? '' : ` ${counted(faults, 'part')} could not be read.`;
  return `Read ${counted(frames, 'frame')} as ${title}.${lost}`;
}

function exported({ title, entries, leftOut, masked }: ExportReport): string {
  const without = leftOut === 0 ? '' : ` ${counted(leftOut, 'frame')} had no place in it.`;
  return `Wrote ${entries.toLocaleString('en')} entries of ${title}.${without}${maskedInWords(masked)}`;
}

function copied({ entries, masked }: CopyReport): string {
  return `Wrote ${entries.toLocaleString('en')} entries.${maskedInWords(masked)}`;
}

function maskedInWords(masked: number): string {
  if (masked === 0) return '';
  return ` Secrets were masked in ${counted(masked, 'frame')}.`;
}
