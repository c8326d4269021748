import { ArrowUp } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { countOf } from '../../app/format.ts';
import { focusTimeline } from '../../app/use-keys.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { VirtualList, type VirtualListHandle } from '../../components/virtual-list.tsx';
import { type ConnectionFeed, FIRST } from './connection-feed.ts';
import css from './connection-list.module.css';
import { ConnectionLine, connectionRowId, HEAD_HEIGHT, HeadRow, OlderLine, ROW_HEIGHT } from './connection-row.tsx';

/** The connections of the session, newest first, open or not. */
export function ConnectionList({ feed, onEnter }: { feed: ConnectionFeed; onEnter: () => void }): ReactNode {
  const { connections } = useWorkbench();
  const { rows, more, total, fresh, left, listed } = useStore(feed.state);
  const { link, asked } = useStore(connections.state);
  const list = useRef<VirtualListHandle>(null);
  const [reads, setReads] = useState({ pointer: false, keyboard: false, scrolled: false });
  const read = reads.pointer || reads.keyboard || reads.scrolled;
  useEffect(() => feed.hold(read), [feed, read]);
  const onRange = useCallback(
    (first: number, last: number) => {
      feed.need(first, last);
      setReads((before) => (before.scrolled === first > 0 ? before : { ...before, scrolled: first > 0 }));
    },
    [feed],
  );
  const index = rows.findIndex((row) => row.link === link);
  const selected = index < 0 ? null : index;
  // Who comes from elsewhere sees the row, too, once it is there.
  useEffect(() => {
    if (asked && selected !== null) list.current?.reveal(selected, true);
    if (asked?.link !== null) return;
    list.current?.focus();
    connections.answered();
  }, [asked, selected, connections]);

  const toTop = (): void => {
    list.current?.reveal(0, false);
    if (fresh > 0) feed.showNew();
  };
  const goTo = (next: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (!row) return;
    connections.choose(row.link);
    list.current?.reveal(rows.indexOf(row), false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = (list.current?.rowsOnScreen() ?? 1) - 1;
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page }[event.key];
    if (by !== undefined) goTo(selected === null ? 0 : selected + by);
    else if (event.key === 'Home') {
      toTop();
      goTo(0);
    } else if (event.key === 'End') goTo(rows.length - 1);
    else if (event.key === 'Enter') onEnter();
    else if (event.key === 'Escape') focusTimeline();
    else return;
    event.preventDefault();
  };
  const onClick = ({ target }: MouseEvent): void => {
    const line = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    if (line) goTo(Number(line.dataset.index));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only learns whether somebody reads
    <div
      className={css.list}
      onPointerEnter={() => setReads((before) => ({ ...before, pointer: true }))}
      onPointerLeave={() => setReads((before) => ({ ...before, pointer: false }))}
      onFocus={() => setReads((before) => ({ ...before, keyboard: true }))}
      onBlur={({ currentTarget, relatedTarget }: FocusEvent) =>
        setReads((before) => ({ ...before, keyboard: currentTarget.contains(relatedTarget) }))
      }
    >
      <VirtualList
        handle={list}
        count={rows.length + (more ? 1 : 0)}
        rowHeight={ROW_HEIGHT}
        header={<HeadRow />}
        headerHeight={HEAD_HEIGHT}
        onRange={onRange}
        keep={selected}
        row={(at) => {
          const row = rows[at];
          if (!row) return <OlderLine index={at} />;
          return <ConnectionLine index={at} row={row} selected={at === selected} left={left.has(row.link)} />;
        }}
        scroller={{
          role: 'grid',
          'aria-label': 'Connections',
          'aria-rowcount': total + 1,
          'aria-activedescendant': selected === null ? undefined : connectionRowId(selected),
          onKeyDown,
          onClick,
        }}
      />
      {fresh > 0 && (
        <Button
          look="primary"
          className={css.pill}
          onClick={() => {
            toTop();
            // The button goes; the keyboard stays where it was.
            list.current?.focus();
          }}
        >
          <ArrowUp size={14} aria-hidden />
          {listed.kind === 'open' && fresh === FIRST ? `${FIRST} new or more` : countOf(fresh, 'new', 'new')}
        </Button>
      )}
    </div>
  );
}
