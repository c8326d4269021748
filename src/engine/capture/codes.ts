import type { Direction } from '../../ocpp/direction.ts';
import { MESSAGE_TYPE, messageTypeName } from '../../ocpp/frame.ts';
import { SEVERITIES, type Severity } from '../../session/finding.ts';
import type { RecordedFrame } from '../../session/observation.ts';
import {
  type EntryKind,
  FATES,
  type Fate,
  FRAME_ORIGINS,
  type FrameOrigin,
  type RowType,
} from '../../session/timeline.ts';

/*
 * Names as the numbers that session files hold: part of the format, so a list may only grow at its end. A number
 * that no list has (a damaged file) reads as the first name.
 */

const KINDS = ['frame', 'opened', 'refused', 'closed', 'remark'] as const satisfies readonly EntryKind[];
const DIRECTIONS = ['to-csms', 'to-station'] as const satisfies readonly Direction[];
const CONTENTS = ['text', 'binary', 'invalid-utf-8'] as const satisfies readonly ContentKind[];

/** What the bytes of a frame are. */
export type ContentKind = RecordedFrame['content']['kind'];

export const codeOfKind = (kind: EntryKind): number => KINDS.indexOf(kind);
export const kindOf = (code: unknown): EntryKind => KINDS[Number(code)] ?? 'frame';

export const codeOfDirection = (direction: Direction): number => DIRECTIONS.indexOf(direction);
export const directionOfCode = (code: unknown): Direction => DIRECTIONS[Number(code)] ?? 'to-csms';

export const codeOfContent = (content: ContentKind): number => CONTENTS.indexOf(content);
export const contentOf = (code: unknown): ContentKind => CONTENTS[Number(code)] ?? 'text';

/** A message type as its number on the wire; 0 for malformed. */
export const codeOfType = (type: RowType): number => (type === 'malformed' ? 0 : MESSAGE_TYPE[type]);
export const typeOf = (code: unknown): RowType | null =>
  code === null ? null : (messageTypeName(Number(code)) ?? 'malformed');

export const codeOfOrigin = (origin: FrameOrigin): number => FRAME_ORIGINS.indexOf(origin);
export const originOfCode = (code: unknown): FrameOrigin | null =>
  code === null ? null : (FRAME_ORIGINS[Number(code)] ?? 'received');

export const codeOfFate = (fate: Fate): number => FATES.indexOf(fate);
export const fateOfCode = (code: unknown): Fate | null => (code === null ? null : (FATES[Number(code)] ?? null));

/** A severity as its weight from 1; 0 for none. */
export const codeOfSeverity = (severity: Severity): number => SEVERITIES.indexOf(severity) + 1;
export const severityOf = (code: unknown): Severity | null => SEVERITIES[Number(code) - 1] ?? null;
