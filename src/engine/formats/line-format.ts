import type { Direction } from '../../ocpp/direction.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Finding } from '../../session/finding.ts';
import type { RecordedFrame } from '../../session/observation.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { TimelineRow } from '../../session/timeline.ts';

/** A frame as a file has it. */
export interface ImportedFrame {
  /** Milliseconds since 1970 UTC. */
  readonly wall: number;
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly direction: Direction;
  readonly content: RecordedFrame['content'];
  /** Bytes of the frame. */
  readonly size: number;
}

/** An entry of a session as a file is to have it. */
export interface ExportedEntry {
  readonly row: TimelineRow;
  /** The exact bytes; empty for an event of a link. */
  readonly data: Uint8Array;
  /** Undefined for a binary frame, invalid UTF-8, and an event of a link. */
  readonly text?: string;
  readonly findings: readonly Finding[];
}

/** A file format with one JSON object a line. */
export interface LineFormat {
  readonly title: string;
  /** Whether the object of a line is of this format. */
  matches(line: JsonObject): boolean;
  /** The frame that a line holds; null for a line that rightly holds none. */
  read(line: JsonObject): Outcome<ImportedFrame | null>;
  /** The line for an entry; undefined where the format has no place for it. */
  write(entry: ExportedEntry): string | undefined;
}
