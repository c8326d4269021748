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
import type { ConnectionFeed } from './connection-feed.ts';
import css from './connection-list.module.css';
import { ConnectionLine, connectionRowId, HEAD_HEIGHT, HeadRow, PendingLine, ROW_HEIGHT } from './connection-row.tsx';

/** The connections of the session, newest first, open or not. */
export function ConnectionList({ feed, onEnter }: { feed: ConnectionFeed; onEnter: () => void }): ReactNode {
  const { connections } = useWorkbench();
  const { count, fresh, listed, at: selected, waiting, reveal } = useStore(feed.state);
  const asked = useStore(connections.state, (state) => state.asked);
  const list = useRef<VirtualListHandle>(null);
  const [reads, setReads] = useState({ pointer: false, keyboard: false, scrolled: false });
  const read = reads.pointer || reads.keyboard || reads.scrolled;
  useEffect(() => feed.hold(read), [feed, read]);
  useEffect(() => () => feed.hold(false), [feed]);
  const onRange = useCallback(
    (first: number, last: number) => {
      feed.need(first, last);
      setReads((before) => (before.scrolled === first > 0 ? before : { ...before, scrolled: first > 0 }));
    },
    [feed],
  );
  useEffect(() => {
    if (reveal) list.current?.reveal(reveal.index, reveal.centre);
  }, [reveal]);
  useEffect(() => {
    if (asked?.link !== null) return;
    list.current?.focus();
    connections.answered();
  }, [asked, connections]);
  // Who goes on to the card means that of the row where the cursor stands.
  const [entering, setEntering] = useState<number | null>(null);
  useEffect(() => {
    if (entering === null || (entering === selected && waiting)) return;
    setEntering(null);
    if (entering === selected) onEnter();
  }, [entering, selected, waiting, onEnter]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = (list.current?.rowsOnScreen() ?? 1) - 1;
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page }[event.key];
    if (by !== undefined) feed.move(by);
    else if (event.key === 'Home') feed.toNewest();
    else if (event.key === 'End') feed.goTo(Number.POSITIVE_INFINITY);
    else if (event.key === 'Escape') focusTimeline();
    else if (event.key !== 'Enter') return;
    // The one that is chosen need not be among those that are listed.
    else if (selected === null) onEnter();
    else setEntering(selected);
    event.preventDefault();
  };
  const onClick = ({ target }: MouseEvent): void => {
    const line = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    if (line) feed.goTo(Number(line.dataset.index));
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
        count={count}
        rowHeight={ROW_HEIGHT}
        header={<HeadRow />}
        headerHeight={HEAD_HEIGHT}
        onRange={onRange}
        keep={selected}
        row={(at) => {
          const row = feed.row(at);
          if (!row) return <PendingLine index={at} selected={at === selected} />;
          const left = listed.kind === 'open' && row.state !== 'open' && row.state !== 'connecting';
          return <ConnectionLine index={at} row={row} selected={at === selected} left={left} />;
        }}
        scroller={{
          role: 'grid',
          'aria-label': 'Connections',
          'aria-rowcount': count + 1,
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
            void feed.showNew();
            // The button goes; the keyboard stays where it was.
            list.current?.focus();
          }}
        >
          <ArrowUp size={14} aria-hidden />
          {countOf(fresh, 'new', 'new')}
        </Button>
      )}
    </div>
  );
}
