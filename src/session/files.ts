import type { Direction } from '../ocpp/direction.ts';
import type { OcppVersion } from '../ocpp/version.ts';

/** Names of the formats that are imported, beside session files; the surest to be told come first. */
export const READER_NAMES = ['pcap', 'har', 'trace', 'ndjson', 'frames', 'log'] as const;
export type ReaderName = (typeof READER_NAMES)[number];

/** Names of the formats that are exported, beside session files. */
export const WRITER_NAMES = ['ndjson', 'trace', 'csv', 'har', 'pcapng', 'html'] as const;
export type WriterName = (typeof WRITER_NAMES)[number];

/** What the user says of a file that does not say it itself. */
export interface ReadOptions {
  /** Identity of the charging station where the file names none. */
  readonly station?: string;
  /** Version where the file does not say it. */
  readonly version?: OcppVersion;
  /** Time zone of time stamps without one. */
  readonly zone: 'utc' | 'local';
  /** Words on a line of a log that say that its frame went to the CSMS, or to the station. */
  readonly toCsms: readonly string[];
  readonly toStation: readonly string[];
}

/** A part of a file that could not be read. */
export interface ImportFault {
  readonly place: string;
  readonly sentence: string;
}

/** What came of an import. */
export interface ImportReport {
  /** What the file was taken for. */
  readonly title: string;
  readonly entries: number;
  readonly frames: number;
  readonly links: number;
  readonly faults: number;
  /** The first of them. */
  readonly firstFaults: readonly ImportFault[];
  /** What was taken for something without the file saying so, in sentences. */
  readonly assumed: readonly string[];
}

/** A part of a line, by UTF-16 code units, and what it was taken for. */
export interface PreviewSpan {
  readonly start: number;
  readonly end: number;
  readonly as: 'time' | 'direction' | 'station' | 'frame';
}

/** What a part of the file was taken for. */
export interface PreviewLine {
  readonly place: string;
  readonly text: string;
  readonly spans: readonly PreviewSpan[];
  readonly taken: {
    readonly wall: number;
    readonly station: string;
    readonly version: OcppVersion | null;
    readonly direction: Direction;
  } | null;
  /** Why it is not read, where it is a fault; null also where there is simply no frame. */
  readonly problem: string | null;
}

/** What an import would make of a file, as far as its start tells. */
export interface ImportPreview {
  readonly format: ReaderName;
  readonly title: string;
  readonly bytes: number;
  readonly lines: readonly PreviewLine[];
  /** What is taken for something without the file saying so, in sentences. */
  readonly assumed: readonly string[];
}
