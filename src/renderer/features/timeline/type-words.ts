import type { EntryKind, RowType } from '../../../session/timeline.ts';

/** Events of a link, as the column of types names them. */
export const EVENT_WORDS = {
  opened: 'Opened',
  refused: 'Refused',
  closed: 'Closed',
  remark: 'Remark',
} as const satisfies Record<Exclude<EntryKind, 'frame'>, string>;

/** Types of frames where there is little room. */
export const SHORT_TYPES = {
  CALL: 'CALL',
  CALLRESULT: 'RESULT',
  CALLERROR: 'ERROR',
  CALLRESULTERROR: 'RES.ERR.',
  SEND: 'SEND',
  malformed: 'broken',
} as const satisfies Record<RowType, string>;
