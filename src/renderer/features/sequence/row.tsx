import { Ban, CirclePause, Clock, PencilLine, Reply, SquarePlus, Unplug } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { TimelineRow } from '../../../session/timeline.ts';
import { isoTime, span, timeOfDay } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import {
  type Arrow,
  type ArrowMark,
  arrowOf,
  gapOf,
  IDLE,
  labelOf,
  markWords,
  type Standing,
  sentenceOf,
} from './arrows.ts';
import type { Lanes } from './lanes.ts';
import css from './sequence.module.css';

/** Height of a row in px. */
export const SEQUENCE_ROW_HEIGHT = 36;
/** Where in it the arrow runs. */
const ARROW_AT = 26;

/** The DOM id of the row at an index, by which the grid names the active one. */
export function sequenceRowId(index: number): string {
  return `sequence-${index}`;
}

// Roles of a grid as ARIA has it: it alone takes the focus and names its active row.
const asRow = (index: number, selected: boolean) => ({
  role: 'row',
  'aria-rowindex': index + 2,
  'aria-selected': selected,
});
const CELL = { role: 'gridcell' };

/** One entry as an arrow between lanes. */
export const SequenceRow = memo(function SequenceRow({
  index,
  row,
  before,
  lanes,
  standing,
  held,
  selected,
}: {
  index: number;
  row: TimelineRow | undefined;
  before: TimelineRow | undefined;
  lanes: Lanes;
  standing: Standing;
  /** It waits for a decision. */
  held: boolean;
  selected: boolean;
}): ReactNode {
  const look = `${css.row} ${selected ? css.selected : ''}`;
  if (!row) {
    return (
      <div {...asRow(index, selected)} id={sequenceRowId(index)} data-index={index} aria-busy className={look}>
        <span {...CELL} />
      </div>
    );
  }
  const gap = gapOf(row, before);
  const idle = gap !== null && gap >= IDLE;
  return (
    <div {...asRow(index, selected)} id={sequenceRowId(index)} data-index={index} className={look}>
      <span {...CELL} className={css.time} title={isoTime(row.wall)}>
        <span className="visually-hidden">{sentenceOf(row, { standing, held, time: timeOfDay(row.wall), gap })}</span>
        <span aria-hidden>{timeOfDay(row.wall)}</span>
        <span aria-hidden className={idle ? css.idle : css.gap}>
          {gap === null ? '' : idle ? `${span(gap)} idle` : `+${span(gap)}`}
        </span>
      </span>
      <span role="presentation" className={css.area} aria-hidden>
        <LaneLines lanes={lanes} idle={idle} />
        {row.kind === 'frame' ? (
          <ArrowLine row={row} arrow={arrowOf(row, standing, held)} lanes={lanes} />
        ) : (
          <LinkEvent row={row} lanes={lanes} />
        )}
      </span>
    </div>
  );
});

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** The lanes through a row; where time was passed over, they are broken. */
function LaneLines({ lanes, idle }: { lanes: Lanes; idle: boolean }): ReactNode {
  return (
    <svg className={css.lines} aria-hidden="true">
      {lanes.lanes.map(({ party }, index) => (
        <line
          // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other name of their own
          key={index}
          className={css[`line-${party}`]}
          x1={percent(lanes.middleOf(index))}
          x2={percent(lanes.middleOf(index))}
          y1={0}
          y2={SEQUENCE_ROW_HEIGHT}
          strokeDasharray={idle ? '2 5' : undefined}
        />
      ))}
    </svg>
  );
}

const MARKS = {
  held: CirclePause,
  edited: PencilLine,
  dropped: Ban,
  answered: Reply,
  injected: SquarePlus,
  delayed: Clock,
  consumed: Reply,
  undelivered: Unplug,
} as const satisfies Record<ArrowMark, unknown>;

function ArrowLine({ row, arrow, lanes }: { row: TimelineRow; arrow: Arrow | null; lanes: Lanes }): ReactNode {
  if (arrow === null) return null;
  const from = lanes.middleOf(lanes.indexOf(arrow.from, row.station));
  const to = lanes.middleOf(lanes.indexOf(arrow.to, row.station));
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const middle = lanes.middleOf(lanes.indexOf('plugscope', row.station));
  const colour = arrow.wrong ? css.wrong : css[row.direction];
  const { shared } = lanes;
  const Mark = arrow.mark && MARKS[arrow.mark];
  return (
    <>
      <svg className={`${css.lines} ${colour}`} aria-hidden="true">
        <line
          className={css.arrow}
          x1={percent(from)}
          x2={percent(to)}
          y1={ARROW_AT}
          y2={ARROW_AT}
          strokeDasharray={arrow.answer ? '6 4' : undefined}
        />
        {arrow.passes && <circle className={css.pass} cx={percent(middle)} cy={ARROW_AT} r={2.5} />}
        <svg x={percent(to)} y={ARROW_AT} overflow="visible" aria-hidden="true">
          {arrow.stopped ? (
            <path className={css.cross} d="M-5,-5 L5,5 M5,-5 L-5,5" />
          ) : (
            <path className={css.tip} d={to > from ? 'M0,0 l-9,-4 v8 z' : 'M0,0 l9,-4 v8 z'} />
          )}
        </svg>
      </svg>
      <span className={`${css.label} ${colour}`} style={{ left: percent(left), width: percent(right - left) }}>
        {row.severity && <SeverityMark severity={row.severity} />}
        {arrow.mark && Mark && (
          <span className={css.mark}>
            <Mark size={12} aria-hidden />
            {markWords(arrow.mark)}
          </span>
        )}
        <span className={css.words} title={visibleLine(row.summary, 500)}>
          {shared && <span className={css.whose}>{visibleLine(row.station, 40)}</span>}
          {labelOf(row)}
        </span>
      </span>
    </>
  );
}

/** A link that was opened, refused or closed, between the station and Plugscope. */
function LinkEvent({ row, lanes }: { row: TimelineRow; lanes: Lanes }): ReactNode {
  const at = lanes.middleOf(lanes.indexOf('station', row.station));
  const to = lanes.middleOf(lanes.indexOf('csms', row.station));
  return (
    <span className={`${css.label} ${css.event}`} style={{ left: percent(at), width: percent(to - at) }}>
      {row.severity && <SeverityMark severity={row.severity} />}
      <span className={css.words}>{`${visibleLine(row.station, 40)}: ${labelOf(row)}`}</span>
    </span>
  );
}
