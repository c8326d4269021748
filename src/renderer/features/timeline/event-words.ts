import type { EntryKind } from '../../../session/timeline.ts';

/** Events of a link, as the column of types names them. */
export const EVENT_WORDS = {
  opened: 'Opened',
  refused: 'Refused',
  closed: 'Closed',
} as const satisfies Record<Exclude<EntryKind, 'frame'>, string>;
