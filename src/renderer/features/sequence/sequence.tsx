import { Download } from 'lucide-react';
import { type MouseEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { TimelineRow } from '../../../session/timeline.ts';
import { filterOn } from '../../app/filter-actions.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { saveBlob } from '../../components/save-blob.ts';
import { ToolBar } from '../../components/tool-bar.tsx';
import { VirtualList, type VirtualListHandle } from '../../components/virtual-list.tsx';
import { type Lanes, lanesFor } from './lanes.ts';
import { SEQUENCE_ROW_HEIGHT, SequenceRow, sequenceRowId } from './row.tsx';
import css from './sequence.module.css';
import { sequenceSvg } from './svg.ts';
import { useStanding } from './use-standing.ts';

const HEAD_HEIGHT = 28;
/** Stations that the list offers; the filter bar knows all of them. */
const OFFERED_MAX = 200;
const STATION = { kind: 'row', name: 'station' } as const;

/** What passes the filter, as arrows between stations, Plugscope and the CSMS. */
export function Sequence(): ReactNode {
  const workbench = useWorkbench();
  const { feed, selection } = workbench;
  const { count, following, filter, filtering, revision } = useStore(feed.state);
  const { index: selected, reveal } = useStore(selection.state);
  const list = useRef<VirtualListHandle>(null);
  const [range, setRange] = useState({ first: 0, last: -1 });
  const rows = rowsIn(range, (index) => feed.row(index));
  const stations = useStations(rows, filter, filtering);
  const lanes = lanesFor(stations);
  const standing = useStanding(rows);
  const held = useHeld();

  // Before the first rows are on screen, the list does not know how much room it has.
  const ready = range.last >= 0;
  useEffect(() => {
    if (reveal && ready) list.current?.reveal(reveal.index, reveal.centre);
  }, [reveal, ready]);
  const onRange = useCallback(
    (first: number, last: number) => {
      feed.need(first, last);
      setRange({ first, last });
    },
    [feed],
  );
  const onClick = (event: MouseEvent): void => {
    const at = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    if (at) void selection.select(Number(at.dataset.index), { open: true });
  };
  return (
    <div className={css.pane} data-revision={revision}>
      <ToolBar className={css.bar}>
        {stations.length > 1 && (
          <Choice
            label="Show one station alone"
            none={lanes.shared ? 'All stations in one lane' : 'A lane for each station'}
            options={stations.slice(0, OFFERED_MAX).map((name) => ({ value: name, label: visibleLine(name, 60) }))}
            value={null}
            onChange={(station) => {
              if (station !== null) void filterOn(workbench, STATION, station, 'and');
            }}
          />
        )}
        <span className={css.hint}>{hintOf(filter, lanes.shared)}</span>
        <Button
          look="quiet"
          disabled={rows.length === 0}
          onClick={() =>
            saveBlob(
              document,
              'sequence.svg',
              new Blob([sequenceSvg(rows, lanes, standing)], { type: 'image/svg+xml' }),
            )
          }
        >
          <Download size={14} aria-hidden /> Save the visible part as SVG
        </Button>
      </ToolBar>
      <div className={css.picture}>
        <VirtualList
          count={count}
          rowHeight={SEQUENCE_ROW_HEIGHT}
          header={<Head lanes={lanes} />}
          headerHeight={HEAD_HEIGHT}
          following={following}
          onFollow={useCallback((follow: boolean) => feed.follow(follow), [feed])}
          onRange={onRange}
          keep={selected}
          handle={list}
          row={(index) => {
            const row = feed.row(index);
            return (
              <SequenceRow
                index={index}
                row={row}
                before={feed.row(index - 1)}
                lanes={lanes}
                standing={row ? standing(row.link) : 'between'}
                held={row !== undefined && held.has(row.entry)}
                selected={index === selected}
              />
            );
          }}
          scroller={{
            role: 'grid',
            'aria-label': 'Sequence diagram',
            'aria-rowcount': count + 1,
            'aria-activedescendant': selected === null ? undefined : sequenceRowId(selected),
            onClick,
          }}
        />
        {count === 0 && <p className={css.empty}>No message passes the filter.</p>}
      </div>
    </div>
  );
}

// Roles of a grid as ARIA has it: it alone takes the focus.
const HEAD_ROW = { role: 'row', 'aria-rowindex': 1 };
const COLUMN = { role: 'columnheader' };

/** The names of the lanes. */
function Head({ lanes: { lanes } }: { lanes: Lanes }): ReactNode {
  return (
    <div className={css.head} {...HEAD_ROW}>
      <span {...COLUMN}>Time</span>
      <span {...COLUMN} className={css.lanes}>
        {lanes.map(({ party, title }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lanes have no other name of their own
          <span key={index} className={css[`lane-${party}`]} title={visibleLine(title, 200)}>
            {visibleLine(title, 40)}
          </span>
        ))}
      </span>
    </div>
  );
}

/** The stations of the session, or, under a filter, those that came on screen: a new filter starts anew. */
function useStations(rows: readonly TimelineRow[], filter: string, filtering: boolean): readonly string[] {
  const { facts } = useWorkbench();
  const all = useStore(facts, (state) => state.stations);
  const [seen, setSeen] = useState<{ readonly filter: string; readonly names: readonly string[] }>({
    filter,
    names: [],
  });
  const before = seen.filter === filter ? seen.names : [];
  const known = filter.trim() === '' ? all : [];
  const names = [...new Set([...known, ...before, ...rows.map(({ station }) => station)])];
  // Until its view is there, the rows on screen are those of the filter before.
  if (!filtering && (seen.filter !== filter || names.length !== before.length)) setSeen({ filter, names });
  return names;
}

/** Entries that wait for a decision; none of a session that is not the live one. */
function useHeld(): ReadonlySet<number> {
  const { interception, facts } = useWorkbench();
  const live = useStore(facts, (state) => state.session?.mode === 'recording');
  const held = useStore(interception.state, (state) => state.known?.held);
  return useMemo(() => new Set(live ? held?.map(({ entry }) => entry) : []), [live, held]);
}

function rowsIn(
  { first, last }: { readonly first: number; readonly last: number },
  rowAt: (index: number) => TimelineRow | undefined,
): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (let index = first; index <= last; index++) {
    const row = rowAt(index);
    if (row) rows.push(row);
  }
  return rows;
}

function hintOf(filter: string, shared: boolean): string {
  if (shared) return 'Many stations: each arrow says whose it is.';
  return filter.trim() === '' ? 'All messages. A filter shows fewer.' : 'What passes the filter.';
}
