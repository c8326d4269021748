import { ArrowDown } from 'lucide-react';
import { type MouseEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStore } from 'zustand';
import type { TimelineRow } from '../../../session/timeline.ts';
import type { Command } from '../../app/commands.ts';
import { countOf } from '../../app/format.ts';
import { Said } from '../../app/said.tsx';
import { useCommands } from '../../app/use-commands.ts';
import { focusTimeline } from '../../app/use-keys.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { VirtualList, type VirtualListHandle } from '../../components/virtual-list.tsx';
import { EmptyTimeline } from './empty-timeline.tsx';
import { EntryMenu } from './entry-menu.tsx';
import { MarkEditor } from './mark-editor.tsx';
import { EntryRow, HeadRow, ROW_HEIGHT, rowId } from './row.tsx';
import css from './timeline.module.css';
import { useBookmarkKeys } from './use-bookmark-keys.ts';
import { useColouring } from './use-colouring.ts';

/** The entries of the session that pass the filter, newest last. */
export function Timeline(): ReactNode {
  const { feed, selection, notes } = useWorkbench();
  const { count, following, countAtRelease, loading } = useStore(feed.state);
  const { index: selected, row: selectedRow, reveal } = useStore(selection.state);
  const [pointed, setPointed] = useState<TimelineRow | undefined>();
  const marks = useStore(notes.state, (state) => state.marks);
  const commented = useStore(notes.state, (state) => state.commented);
  const detailOpen = useStore(selection.state, (state) => state.detailOpen);
  const colouring = useColouring();
  const list = useRef<VirtualListHandle>(null);
  useBookmarkKeys();
  useTimelineKeys(list);

  useEffect(() => {
    if (reveal) list.current?.reveal(reveal.index, reveal.centre);
  }, [reveal]);
  useEffect(focusTimeline, []);

  const isMate = (row: TimelineRow | undefined): boolean =>
    row !== undefined && (inExchange(selectedRow, row) || inExchange(pointed, row));
  const onPointed = (event: MouseEvent): void => {
    const index = indexAt(event);
    setPointed(index === undefined ? undefined : feed.row(index));
  };
  const onClick = (event: MouseEvent): void => {
    const call = event.target instanceof HTMLElement ? event.target.dataset.entry : undefined;
    const index = indexAt(event);
    if (call !== undefined) void selection.selectEntry(Number(call));
    else if (index !== undefined) void selection.select(index, { open: true });
  };
  const fresh = count - countAtRelease;

  return (
    <section className={css.pane} aria-label="Timeline">
      <EntryMenu
        area={
          <div className={css.area}>
            <VirtualList
              count={count}
              rowHeight={ROW_HEIGHT}
              header={<HeadRow />}
              headerHeight={ROW_HEIGHT}
              following={following}
              onFollow={useCallback((follow: boolean) => feed.follow(follow), [feed])}
              onRange={useCallback((first: number, last: number) => feed.need(first, last), [feed])}
              keep={selected}
              handle={list}
              row={(index) => {
                const row = feed.row(index);
                return (
                  <EntryRow
                    index={index}
                    row={row}
                    before={feed.row(index - 1)?.wall}
                    selected={index === selected}
                    mate={isMate(row)}
                    mark={row && marks.get(row.entry)}
                    rule={row ? colouring.ruleOf(row) : null}
                  />
                );
              }}
              scroller={{
                role: 'grid',
                'aria-label': 'Messages',
                'aria-rowcount': count + 1,
                'aria-busy': loading,
                'aria-activedescendant': selected === null ? undefined : rowId(selected),
                onMouseOver: onPointed,
                onMouseLeave: () => setPointed(undefined),
                onClick,
              }}
            />
          </div>
        }
      />
      {commented !== null && <MarkEditor key={commented} entry={commented} onClose={() => notes.comment(null)} />}
      {count === 0 && <EmptyTimeline />}
      {!detailOpen && <Said />}
      {!following && fresh > 0 && (
        <Button look="primary" className={css.pill} onClick={() => selection.toEnd()}>
          {countOf(fresh, 'new', 'new')} · jump to end
          <ArrowDown size={14} aria-hidden />
        </Button>
      )}
    </section>
  );
}

function useTimelineKeys(list: RefObject<VirtualListHandle | null>): void {
  const { selection } = useWorkbench();
  const rowsOnScreen = (): number => list.current?.rowsOnScreen() ?? 1;
  /** Opens the menu of the selected row as a right click there does. */
  const openMenu = (): unknown => {
    const { index } = selection.state.getState();
    if (index === null) return false;
    flushSync(() => list.current?.reveal(index, false));
    const row = document.getElementById(rowId(index));
    const focused = document.activeElement?.closest('[role=grid]');
    if (!row || (focused && !focused.contains(row))) return false;
    const { left, bottom } = row.getBoundingClientRect();
    return row.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 80, clientY: bottom }),
    );
  };
  const messages = (id: string, title: string, keys: readonly string[], run: () => unknown): Command => ({
    id: `timeline.${id}`,
    group: 'Messages',
    title,
    keys,
    run,
  });
  const moving = (...args: Parameters<typeof messages>): Command => ({ ...messages(...args), keysOnly: true });
  useCommands([
    moving('next', 'Next message', ['ArrowDown', 'j'], () => selection.move(1)),
    moving('previous', 'Previous message', ['ArrowUp', 'k'], () => selection.move(-1)),
    moving('page-down', 'A screenful on', ['PageDown'], () => selection.move(rowsOnScreen() - 1)),
    moving('page-up', 'A screenful back', ['PageUp'], () => selection.move(1 - rowsOnScreen())),
    messages('first', 'First message', ['Home'], () => selection.toStart()),
    messages('last', 'Last message, and follow new ones', ['End'], () => selection.toEnd()),
    messages('open', 'Open the message', ['Enter'], () => selection.setDetailOpen(true)),
    messages('menu', 'Menu of the message', ['Shift-F10', 'ContextMenu'], openMenu),
    messages('next-finding', 'Next finding', ['e'], () => selection.nextFinding('forward')),
    messages('previous-finding', 'Previous finding', ['E'], () => selection.nextFinding('backward')),
  ]);
}

/** Whether a row and another are the two sides of one exchange, or the same. */
function inExchange(one: TimelineRow | null | undefined, other: TimelineRow): boolean {
  if (!one || (one.call === null && one.answer === null)) return false;
  return (
    other.entry === one.entry || other.entry === one.call || other.entry === one.answer || other.call === one.entry
  );
}

function indexAt({ target }: MouseEvent): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return row ? Number(row.dataset.index) : undefined;
}
