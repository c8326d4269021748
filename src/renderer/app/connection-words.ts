import type { ConnectionCard, ConnectionRow } from '../../session/life/life.ts';
import type { NegotiationExplanation } from '../../session/negotiation/explanation.ts';
import { visibleLine } from './visible-text.ts';

/** How a connection stands, as one of few shapes. */
export type ConnectionLook = 'open' | 'connecting' | 'ended' | 'lost' | 'refused' | 'attempt';

/** The shape of a row of the list. */
export function lookOf({
  state,
  attempt,
  trouble,
}: Pick<ConnectionRow, 'state' | 'attempt' | 'trouble'>): ConnectionLook {
  if (attempt !== null) return 'attempt';
  return state === 'ended' && trouble ? 'lost' : state;
}

/** How a connection stands, in a word or two. */
export const LOOK_WORDS = {
  open: 'Open',
  connecting: 'Connecting',
  ended: 'Ended',
  lost: 'Lost',
  refused: 'Refused',
  attempt: 'No WebSocket',
} as const satisfies Record<ConnectionLook, string>;

const VERDICTS = {
  open: 'Open',
  refused: 'Refused',
  'not-reached': 'Not reached',
  'no-websocket': 'Never became a WebSocket',
  pending: 'Not decided yet',
} as const satisfies Record<NegotiationExplanation['verdict'], string>;

/** The verdict on a connection: how it stands where it was open, else how its handshake ended. */
export function verdictWords({
  row,
  explanation,
  facts,
}: Pick<ConnectionCard, 'row' | 'explanation' | 'facts'>): string {
  const { verdict } = explanation;
  if (verdict === 'open') return LOOK_WORDS[lookOf(row)];
  if (verdict !== 'refused' || facts.status === undefined) return VERDICTS[verdict];
  // 101 opens a WebSocket; that it came to nothing for all that is not what it says.
  return facts.status === 101 ? 'Refused after 101' : `Refused with ${facts.status}`;
}

/** Who opened a connection towards whom, such as `CS-1 → Plugscope`. */
export function partiesOf(row: Pick<ConnectionRow, 'peer' | 'opener' | 'station' | 'remoteAddress'>): string {
  const name = visibleLine(row.station, 60);
  const peer =
    row.peer === 'csms'
      ? `CSMS${name === '' ? '' : ` (for ${name})`}`
      : name || visibleLine(row.remoteAddress, 60) || 'somebody';
  return row.opener === 'peer' ? `${peer} → Plugscope` : `Plugscope → ${peer}`;
}
