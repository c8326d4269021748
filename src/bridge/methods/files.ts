import { z } from 'zod';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import {
  type ImportPreview,
  type ImportReport,
  READER_NAMES,
  type ReadOptions,
  WRITER_NAMES,
} from '../../session/files.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { RecentFile } from '../../workspace/recent-files.ts';
import { method } from '../method.ts';

const path = z.string().trim().min(1).max(4096);
const ticket = z.string().min(1).max(100);

/** A file to read: by its path on the engine's computer, or one that was uploaded. */
const fileSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path }),
  z.object({ kind: z.literal('upload'), ticket }),
]);
export type FileSource = z.infer<typeof fileSource>;

/** Where a file is written: a path, within the folder of sessions where it is relative; or for a download. */
const fileTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path }),
  z.object({ kind: z.literal('download'), name: z.string().trim().min(1).max(200) }),
]);
export type FileTarget = z.infer<typeof fileTarget>;

const words = z.array(z.string().max(100)).max(20).readonly();
const readOptions = z.object({
  station: z.string().min(1).max(255).optional(),
  version: z.enum(OCPP_VERSIONS).optional(),
  zone: z.enum(['utc', 'local']),
  toCsms: words,
  toStation: words,
}) satisfies z.ZodType<ReadOptions>;

/** Secrets are masked unless they are kept; `tokens`: identification tokens too. */
const secrets = z.enum(['masked', 'masked-tokens', 'kept']);
export type SecretsChoice = z.infer<typeof secrets>;

const importWish = z.object({
  source: fileSource,
  /** Told from the file where it is null. */
  format: z.enum(READER_NAMES).nullable(),
  options: readOptions,
});
export type ImportWish = z.infer<typeof importWish>;

/** An end of a range: the number of an entry, or milliseconds since 1970 UTC; null for none. */
const bound = z.union([z.object({ entry: z.number().int().min(1) }), z.object({ wall: z.number() })]).nullable();
export type RangeBound = z.infer<typeof bound>;

/** What came of a long work with a file. */
export interface FileWorkEnd {
  readonly task: number;
  /** Path of what was written. */
  readonly path: string;
  /** Whether it is a session, which can be shown. */
  readonly session: boolean;
  /** Of a download: where the browser gets it, once. */
  readonly download?: string;
  /** Of an import. */
  readonly report?: ImportReport;
}

/** A session that was not closed, as when the computer lost power. */
export interface UnclosedSession {
  readonly path: string;
  readonly name: string;
}

/**
 * Files: sessions and other formats, in and out. What takes long is a task; when it has ended, `files.ended` says what
 * came of it.
 */
export const FILES_METHODS = {
  /** Sessions that were open last, newest first, and the folder in which new ones are put. */
  'files.recent': method<{ readonly folder: string; readonly files: readonly RecentFile[] }>()(z.tuple([])),
  'files.forgetRecent': method<null>()(z.tuple([path])),
  /** What an import would make of a file. */
  'files.preview': method<Outcome<ImportPreview>>()(z.tuple([importWish])),
  /** Imports into a new session, at a path or, where it is null, in the folder of sessions. Answers with the task. */
  'files.import': method<Outcome<number>>()(z.tuple([importWish, path.nullable()])),
  /** Shows an uploaded session. */
  'files.openUpload': method<Outcome<string>>()(z.tuple([ticket])),
  /** Writes what a filter lets pass of the session on screen. */
  'files.export': method<Outcome<number>>()(
    z.tuple([z.object({ target: fileTarget, format: z.enum(WRITER_NAMES), filter: z.string().max(4000), secrets })]),
  ),
  /** Makes a session of the one on screen, or of a range of it. */
  'files.saveAs': method<Outcome<number>>()(
    z.tuple([z.object({ target: fileTarget, from: bound, to: bound, secrets })]),
  ),
  /** Makes one session of several, in the order of time. */
  'files.merge': method<Outcome<number>>()(
    z.tuple([z.object({ sources: z.array(fileSource).min(2).max(100), target: fileTarget, secrets })]),
  ),
  /** What came of a task of these; null while it runs, where it failed, and for other tasks. */
  'files.ended': method<FileWorkEnd | null>()(z.tuple([z.number().int().min(1)])),
  /** The newest session that was not closed, until it is dismissed. */
  'files.unclosed': method<UnclosedSession | null>()(z.tuple([])),
  'files.dismissUnclosed': method<null>()(z.tuple([])),
} as const;
