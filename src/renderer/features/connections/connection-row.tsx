import { Lock, LockOpen } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { ConnectionRow as Row } from '../../../session/life/life.ts';
import { lookOf } from '../../app/connection-words.ts';
import { dateAndTime, isoTime, timeOfDay } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import css from './connection-list.module.css';
import { LookMark } from './look-mark.tsx';

/** Height of a row in px, as `--row` in tokens.css. */
export const ROW_HEIGHT = 28;
export const HEAD_HEIGHT = 26;

// Roles of a grid as ARIA has it: it alone takes the focus and names its active row.
const CELL = { role: 'gridcell' };
const HEAD_CELL = { role: 'columnheader' };
const HEAD_ROW = { role: 'row', 'aria-rowindex': 1 };

/** The names of the columns. */
export function HeadRow(): ReactNode {
  return (
    <div {...HEAD_ROW} className={`${css.row} ${css.head}`}>
      <span {...HEAD_CELL}>
        <span className="visually-hidden">State</span>
      </span>
      <span {...HEAD_CELL}>Opened</span>
      <span {...HEAD_CELL}>Station or peer</span>
      <span {...HEAD_CELL} className={css.way}>
        Way
      </span>
      <span {...HEAD_CELL} className={css.spare}>
        OCPP
      </span>
      <span {...HEAD_CELL} className={css.spare} title="Security profile, as far as it shows on the wire">
        Profile
      </span>
      <span {...HEAD_CELL}>TLS</span>
      <span {...HEAD_CELL}>What became of it</span>
    </div>
  );
}

/** A connection, whatever became of it. */
export const ConnectionLine = memo(function ConnectionLine({
  index,
  row,
  selected,
  left,
}: {
  index: number;
  row: Row;
  selected: boolean;
  /** It stands here still, but is no longer of the kind that is listed: it was open. */
  left: boolean;
}): ReactNode {
  const { peer, opener, station, remoteAddress, version, profile, secure, attempt, openedAt } = row;
  const name = visibleLine(station || remoteAddress, 120) || (peer === 'csms' ? 'CSMS' : 'unknown');
  const sentence = left ? 'Not open any longer.' : visibleLine(row.sentence, 300);
  const way =
    opener === 'plugscope' ? `Plugscope → ${peer === 'csms' ? 'CSMS' : 'station'}` : `${openerOf(row)} → Plugscope`;
  const own = { id: connectionRowId(index), role: 'row', 'aria-rowindex': index + 2, 'aria-selected': selected };
  return (
    <div {...own} data-index={index} data-left={left || undefined} className={css.row}>
      <span {...CELL} className={css.mark}>
        <LookMark look={left ? 'ended' : lookOf(row)} />
      </span>
      <span {...CELL} className={css.time} title={`${dateAndTime(openedAt)}\n${isoTime(openedAt)}`}>
        {timeOfDay(openedAt)}
      </span>
      <span {...CELL} className={station === '' ? css.address : css.station} title={name}>
        {name}
      </span>
      <span {...CELL} className={css.way} title={way}>
        <span className={css.long}>{way}</span>
        <span className={css.brief}>{opener === 'peer' ? 'In' : 'Out'}</span>
      </span>
      <span {...CELL} className={css.spare}>
        {version ?? <span className={css.none}>–</span>}
      </span>
      <span {...CELL} className={css.spare}>
        {profile === null || attempt !== null ? <span className={css.none}>–</span> : profile}
      </span>
      <span {...CELL} className={css.tls}>
        <Tls secure={secure} unknown={attempt === 'tcp'} />
      </span>
      <span {...CELL} className={css.sentence} title={sentence}>
        {sentence}
      </span>
    </div>
  );
});

/** What stands in the place of a row that is still to be read. */
export function PendingLine({ index, selected }: { index: number; selected: boolean }): ReactNode {
  const own = { id: connectionRowId(index), role: 'row', 'aria-rowindex': index + 2, 'aria-selected': selected };
  return (
    <div {...own} aria-busy data-index={index} className={css.row}>
      <span {...CELL} className={css.pending}>
        …
      </span>
    </div>
  );
}

function Tls({ secure, unknown }: { secure: boolean; unknown: boolean }): ReactNode {
  if (unknown) return <span className={css.none}>–</span>;
  const Shape = secure ? Lock : LockOpen;
  const words = secure ? 'TLS' : 'No TLS';
  return (
    <span title={words} className={secure ? css.secure : css.none}>
      <Shape size={13} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

function openerOf({ peer, attempt, station }: Row): string {
  if (attempt !== null && station === '') return 'Somebody';
  return peer === 'csms' ? 'CSMS' : 'Station';
}

/** By which the list names its active row. */
export function connectionRowId(index: number): string {
  return `connection-${index}`;
}
