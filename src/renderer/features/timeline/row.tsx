import { Ban, Info, PlugZap, Unplug } from 'lucide-react';
import { type CSSProperties, memo, type ReactNode } from 'react';
import type { FieldName } from '../../../session/filter/fields.ts';
import type { Bookmark, ColouringRule } from '../../../session/notes.ts';
import type { TimelineRow } from '../../../session/timeline.ts';
import { count, isoTime, span, timeOfDay } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './row.module.css';
import { Comment, RowTags } from './row-tags.tsx';
import { EVENT_WORDS, SHORT_TYPES } from './type-words.ts';

/** Height of a row in px, as `--row` in tokens.css. */
export const ROW_HEIGHT = 28;

// Roles of a grid as ARIA has it: it alone takes the focus and names its active row, and no table could be virtual.
const asRow = (index: number, selected?: boolean) => ({
  role: 'row',
  'aria-rowindex': index,
  'aria-selected': selected,
});
const asHeader = (label: string | undefined) => ({ role: 'columnheader', 'aria-label': label });
const asCell = (columns: number | undefined) => ({ role: 'gridcell', 'aria-colspan': columns });

/** The names of the columns, in their order. */
export function HeadRow(): ReactNode {
  return (
    <div {...asRow(1)} className={`${css.row} ${css.head}`}>
      <span role="presentation" />
      <Head className={css.number}>#</Head>
      <Head>Time</Head>
      <Head className={css.delta}>Δ</Head>
      <Head className={css.station}>Station</Head>
      <Head>Direction</Head>
      <Head className={css.type}>Type</Head>
      <Head>Action</Head>
      <Head>Summary</Head>
      <Head className={css.latency}>Latency</Head>
      <Head className={css.findings} label="Findings">
        ⚑
      </Head>
    </div>
  );
}

function Head({ className, label, children }: { className?: string; label?: string; children: ReactNode }): ReactNode {
  return (
    <span {...asHeader(label)} className={className} title={label}>
      {children}
    </span>
  );
}

/** One entry of the timeline. `before` is the wall clock of the row above, where that is loaded. */
export const EntryRow = memo(function EntryRow({
  index,
  row,
  before,
  selected,
  mate,
  mark,
  rule,
}: {
  index: number;
  row: TimelineRow | undefined;
  before: number | undefined;
  selected: boolean;
  /** It belongs to the exchange that is selected or pointed at. */
  mate: boolean;
  mark: Bookmark | undefined;
  /** The colouring rule that applies. */
  rule: ColouringRule | null;
}): ReactNode {
  if (!row) return <Placeholder index={index} selected={selected} />;
  const event = row.kind !== 'frame';
  const look = `${css.row} ${css.body} ${event ? css.event : ''} ${rule ? css.coloured : ''} ${mate ? css.mate : ''} ${selected ? css.selected : ''}`;
  const bracket = row.call !== null ? css.to : row.answer !== null ? css.from : '';
  return (
    <div {...asRow(index + 2, selected)} id={rowId(index)} data-index={index} className={look} style={colours(rule)}>
      <span role="presentation" className={`${css.bracket} ${bracket}`} />
      <Cell className={css.number} field="entry">
        {count(row.entry)}
      </Cell>
      <Cell className={css.time} title={isoTime(row.wall)}>
        {timeOfDay(row.wall)}
      </Cell>
      <Cell className={css.delta}>{before === undefined ? '' : `+${span(Math.max(0, row.wall - before))}`}</Cell>
      <Cell className={css.station} field="station" title={visibleLine(row.station)}>
        {visibleLine(row.station)}
      </Cell>
      {event ? <Plug kind={row.kind} /> : <Direction direction={row.direction} />}
      <Cell className={`${css.type} ${row.type === 'malformed' ? css.malformed : ''}`} field={event ? 'kind' : 'type'}>
        <TypeName row={row} />
      </Cell>
      {!event && <Action row={row} />}
      <Cell
        className={event ? css.wide : undefined}
        field="summary"
        columns={event ? 2 : undefined}
        title={hoverWords(row, mark, rule)}
      >
        <RowTags row={row} mark={mark} />
        {visibleLine(row.summary)}
        <Comment mark={mark} />
        {rule && <span className="visually-hidden">{` (coloured by ${visibleLine(rule.name)})`}</span>}
      </Cell>
      <Cell className={`${css.latency} ${(row.latency ?? 0) >= 1000 ? css.slow : ''}`}>
        {row.latency === null ? '' : span(row.latency)}
      </Cell>
      <Cell className={css.findings} field="finding.severity">
        {row.severity && <SeverityMark severity={row.severity}>{row.findings > 1 ? row.findings : ''}</SeverityMark>}
      </Cell>
    </div>
  );
});

function hoverWords(row: TimelineRow, mark: Bookmark | undefined, rule: ColouringRule | null): string {
  const comment = mark?.comment ? [`Bookmark: ${visibleLine(mark.comment, 1000)}`] : [];
  const colour = rule ? [`Coloured by ${visibleLine(rule.name)}`] : [];
  return [visibleLine(row.summary, 1000), ...comment, ...colour].join('\n');
}

/** The colours of a rule, as the tokens have them. */
function colours(rule: ColouringRule | null): CSSProperties | undefined {
  if (!rule) return undefined;
  return {
    '--rule-ground': `var(--row-${rule.colour})`,
    '--rule-line': `var(--row-${rule.colour}-line)`,
  } as CSSProperties;
}

/** The DOM id of the row at an index, by which the grid names the active one. */
export function rowId(index: number): string {
  return `row-${index}`;
}

const PLUGS = { opened: PlugZap, refused: Ban, closed: Unplug, remark: Info, frame: null } as const;

function Plug({ kind }: { kind: TimelineRow['kind'] }): ReactNode {
  const Icon = PLUGS[kind];
  return <Cell className={css.plug}>{Icon && <Icon size={14} aria-hidden />}</Cell>;
}

function Direction({ direction }: { direction: TimelineRow['direction'] }): ReactNode {
  return (
    <Cell className={`${css.direction} ${css[direction]}`} field="direction">
      <span aria-hidden>{direction === 'to-csms' ? '→' : '←'}</span>
      {direction === 'to-csms' ? 'CSMS' : 'Station'}
    </Cell>
  );
}

function TypeName({ row: { kind, type } }: { row: TimelineRow }): ReactNode {
  if (kind !== 'frame') return EVENT_WORDS[kind];
  if (type === null) return null;
  return (
    <>
      <span className={css.long}>{type}</span>
      <span className={css.short}>{SHORT_TYPES[type]}</span>
    </>
  );
}

function Action({ row }: { row: TimelineRow }): ReactNode {
  const name = visibleLine(row.action ?? '');
  const cell = { field: 'action', title: name } as const;
  if (row.call === null) return <Cell {...cell}>{name}</Cell>;
  return (
    <Cell className={css.answer} {...cell}>
      <span className={css.jump} data-entry={row.call} title={`Answers #${count(row.call)}: go there (c)`}>
        ↳
      </span>
      {name}
    </Cell>
  );
}

function Placeholder({ index, selected }: { index: number; selected: boolean }): ReactNode {
  return (
    <div
      {...asRow(index + 2, selected)}
      id={rowId(index)}
      data-index={index}
      aria-busy
      className={`${css.row} ${css.placeholder} ${selected ? css.selected : ''}`}
    >
      <span role="presentation" />
      <Cell className={css.number}>{''}</Cell>
      <Cell className={css.time}>{''}</Cell>
      <Cell className={css.delta}>{''}</Cell>
      <Cell className={css.station}>{''}</Cell>
      <Cell>{''}</Cell>
      <Cell className={css.type}>{''}</Cell>
      <Cell>{''}</Cell>
      <Cell>{''}</Cell>
      <Cell>{''}</Cell>
      <Cell>{''}</Cell>
    </div>
  );
}

function Cell({
  className,
  field,
  columns,
  title,
  children,
}: {
  className?: string | undefined;
  /** What its value is to a filter, where a filter can ask for it. */
  field?: FieldName | undefined;
  /** How many columns it fills, where that is not one. */
  columns?: number | undefined;
  title?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <span {...asCell(columns)} className={className} data-field={field} title={title}>
      {children}
    </span>
  );
}
