import {
  type ComponentProps,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import {
  endOf,
  placeAfterGrowth,
  placeAfterScroll,
  placeAt,
  type ScrollPlace,
  scrollGeometry,
} from './scaled-scroll.ts';
import css from './virtual-list.module.css';

/** What others may ask of a list. */
export interface VirtualListHandle {
  /** Brings a row into sight, moving as little as possible, or to the middle. */
  reveal(index: number, centre: boolean): void;
  /** Rows that fit at once. */
  rowsOnScreen(): number;
  focus(): void;
}

/** A scroll area must be reachable by keyboard; what it is to those who listen, the caller says. */
const FOCUSABLE = { tabIndex: 0 } as const;

type ScrollerProps = Omit<ComponentProps<'div'>, 'children' | 'onScroll' | 'ref'>;

/**
 * Rows of one height, of which only the visible ones exist. It reaches both ends of any number of rows (see
 * scaled-scroll.ts). While it follows, it keeps to its end until the user scrolls up.
 */
export function VirtualList({
  count,
  rowHeight,
  row,
  header,
  headerHeight = 0,
  following = false,
  onFollow,
  onRange,
  keep = null,
  handle,
  scroller: scrollerProps,
}: {
  count: number;
  rowHeight: number;
  row: (index: number) => ReactNode;
  /** Stays at the top, `headerHeight` px high. */
  header?: ReactNode;
  headerHeight?: number;
  following?: boolean;
  /** The user scrolled away from the end, or back to it. */
  onFollow?: (following: boolean) => void;
  /** The first and last row on screen. */
  onRange?: (first: number, last: number) => void;
  /** A row that stays in sight when the list gets less room. */
  keep?: number | null;
  handle?: Ref<VirtualListHandle>;
  scroller?: ScrollerProps;
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(0);
  const [place, setPlace] = useState<ScrollPlace>({ top: 0, scroll: 0 });
  const geometry = scrollGeometry(count, rowHeight, viewport);
  const { top, scroll } = following ? endOf(geometry) : placeAfterGrowth(geometry, place);
  const first = Math.floor(top / rowHeight);
  const last = Math.min(count, Math.ceil((top + viewport) / rowHeight)) - 1;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = (): void => setViewport(Math.max(0, element.clientHeight - headerHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [headerHeight]);

  const isInside = (at: number, height: number): boolean => at >= top && at + rowHeight <= top + height;
  const [measured, setMeasured] = useState(viewport);
  if (measured !== viewport) {
    setMeasured(viewport);
    const at = (keep ?? 0) * rowHeight;
    if (keep !== null && !following && isInside(at, measured) && !isInside(at, viewport)) {
      setPlace(placeAt(geometry, at + rowHeight - viewport));
    }
  }

  useLayoutEffect(() => {
    if (scroller.current && Math.abs(scroller.current.scrollTop - scroll) >= 1) scroller.current.scrollTop = scroll;
    setPlace((before) => (before.top === top && before.scroll === scroll ? before : { top, scroll }));
  }, [top, scroll]);

  useEffect(() => {
    if (last >= first) onRange?.(first, last);
  }, [first, last, onRange]);

  const onScroll = useCallback((): void => {
    const position = scroller.current?.scrollTop ?? 0;
    if (Math.abs(position - scroll) < 1) return;
    const next = placeAfterScroll(geometry, { top, scroll }, position);
    // Painted with the scroll position that it belongs to, not one frame late.
    flushSync(() => setPlace(next));
    const atEnd = next.top >= endOf(geometry).top;
    if (atEnd !== following) onFollow?.(atEnd);
  }, [geometry, top, scroll, following, onFollow]);

  useImperativeHandle(handle, () => ({
    reveal(index, centre) {
      const at = index * rowHeight;
      if (isInside(at, viewport)) return;
      const near = at < top ? at : at + rowHeight - viewport;
      setPlace(placeAt(geometry, centre ? at - (viewport - rowHeight) / 2 : near));
    },
    rowsOnScreen: () => Math.max(1, Math.floor(viewport / rowHeight)),
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));

  const rows: ReactNode[] = [];
  for (let index = first; index <= last; index++) {
    // At the tail every row changes with every paint: there, places are kept and filled anew.
    rows.push(
      <div
        key={following ? index - first : index}
        role="presentation"
        className={css.slot}
        style={{ height: rowHeight, transform: `translateY(${index * rowHeight - top}px)` }}
      >
        {row(index)}
      </div>,
    );
  }
  return (
    <div
      {...FOCUSABLE}
      {...scrollerProps}
      ref={scroller}
      className={`${css.scroller} ${scrollerProps?.className ?? ''}`}
      onScroll={onScroll}
      onWheel={(event) => {
        // While rows pour in, the list is put back to its end at every paint: the wheel must let go first.
        if (following && event.deltaY < 0 && endOf(geometry).top > 0) onFollow?.(false);
      }}
      onPointerDown={(event) => {
        const onScrollbar = event.nativeEvent.offsetX >= event.currentTarget.clientWidth;
        if (following && onScrollbar && event.target === event.currentTarget) onFollow?.(false);
      }}
    >
      {header}
      <div role="presentation" style={{ height: Math.max(geometry.area, viewport) }}>
        <div role="presentation" className={css.window} style={{ height: viewport, top: headerHeight }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
