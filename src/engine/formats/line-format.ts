import type { JsonObject } from '../../ocpp/json.ts';
import type { Finding } from '../../session/finding.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import type { ImportedItem } from './imported.ts';

/** An entry of a session as a file is to have it. */
export interface ExportedEntry {
  readonly row: TimelineRow;
  /** The exact bytes; empty for an event of a link. */
  readonly data: Uint8Array;
  /** Undefined for a binary frame, invalid UTF-8, and an event of a link. */
  readonly text?: string;
  /** Whether it is a binary frame. */
  readonly binary: boolean;
  readonly findings: readonly Finding[];
  /** Whether secrets were taken out of the frame, so that it is not what was on the wire. */
  readonly masked: boolean;
}

/** A file format with one JSON object a line. */
export interface LineFormat {
  readonly title: string;
  /** Whether the object of a line is of this format. */
  matches(line: JsonObject): boolean;
  /** What a line holds; null for a line that rightly holds nothing to import. */
  read(line: JsonObject, place: string): Outcome<ImportedItem | null>;
}
