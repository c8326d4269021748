import type { Direction } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { ReadOptions } from '../../session/files.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark } from '../../session/link.ts';
import type { Failure } from '../../session/outcome.ts';

/** A frame as a file has it. */
export interface ImportedFrame {
  /** Milliseconds since 1970 UTC. */
  readonly wall: number;
  readonly station: string;
  /** Null where the file does not say it. */
  readonly version: OcppVersion | null;
  readonly direction: Direction;
  /** The exact bytes. */
  readonly data: Uint8Array;
  readonly binary: boolean;
  /** Tells the links of the file apart; null where the file knows of none. */
  readonly link: string | null;
}

/** What a file holds, as its reader comes to it. `place` is where in the file, such as `line 12`. */
export type ImportedItem =
  | {
      readonly kind: 'opened';
      readonly place: string;
      readonly wall: number;
      readonly link: string;
      readonly opening: LinkOpening;
      readonly negotiation: LinkNegotiation;
    }
  | { readonly kind: 'frame'; readonly place: string; readonly frame: ImportedFrame }
  | {
      readonly kind: 'control';
      readonly place: string;
      readonly wall: number;
      readonly link: string;
      readonly direction: Direction;
      readonly type: 'ping' | 'pong';
      readonly data: Uint8Array;
    }
  | {
      readonly kind: 'closed';
      readonly place: string;
      readonly wall: number;
      readonly link: string;
      readonly closing: LinkClosing;
    }
  | {
      readonly kind: 'remark';
      readonly place: string;
      readonly wall: number;
      readonly link: string;
      readonly remark: LinkRemark;
    }
  /** A part of the file that could not be read; all others can. */
  | { readonly kind: 'fault'; readonly place: string; readonly error: Failure }
  /** Something that was taken for something without the file saying so, in a sentence. Told once. */
  | { readonly kind: 'assumed'; readonly place: string; readonly sentence: string };

/** A file to read. It can be read from its start more than once. */
export interface ByteSource {
  /** Name of the file, without its folder. */
  readonly name: string;
  readonly bytes: number;
  /** When the file was written last, in milliseconds since 1970 UTC. */
  readonly modified: number;
  open(): AsyncIterable<Uint8Array>;
}

/** Nothing said. */
export const PLAIN_OPTIONS: ReadOptions = { zone: 'utc', toCsms: [], toStation: [] };

/** The start of a file, by which its format is told. */
export interface FileHead {
  readonly bytes: Uint8Array;
  /** The same as text, and its first lines that are not empty; the last one may be cut. */
  readonly text: string;
  readonly lines: readonly string[];
}

/** Reads one format. */
export interface FormatReader {
  readonly title: string;
  /** Whether files of the format have the messages of each connection together, not in the order of time. */
  readonly unordered?: true;
  /** Whether a file that starts like this is of the format. */
  detects(head: FileHead): boolean;
  /** Yields what the file holds, in bounded memory; never throws for what is in it. */
  read(source: ByteSource, options: ReadOptions): AsyncGenerator<ImportedItem>;
}

/** Stands in where a file names no station and nobody said one. */
export const NO_STATION = 'unknown';
