import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import css from './chart.module.css';
import { type ChartTarget, entryOf, targetAt } from './chart-target.ts';
import { nextPoint, stepSeries } from './keyboard-cursor.ts';
import { panned, zoomed } from './range-moves.ts';
import { pointAt } from './series-at.ts';
import { axisOf, spokenValues } from './spoken.ts';
import type { TimeChartProps } from './time-chart-props.ts';
import type { TimeScene } from './time-picture.ts';
import { localMoment } from './time-words.ts';
import { valueWords } from './value-words.ts';

/** The pointer must be moved that far, in pixels, to draw a new range. */
const DRAG = 5;
/** How much a turn of the wheel by one pixel zooms. */
const WHEEL = 0.0016;
const KEY_ZOOM = 0.6;
const KEY_PAN = 0.25;

/** Pointer and keys over a chart, with the line of the cursor and what is pointed at. */
export function TimeOverlay({
  scene,
  range,
  onRange,
  onFit,
  cursor,
  onCursor,
  onSelect,
}: TimeChartProps & { scene: TimeScene }): ReactNode {
  const { spec, shown, frame, theme } = scene;
  const { plot } = frame;
  const area = useRef<HTMLDivElement>(null);
  const [target, setTarget] = useState<ChartTarget | null>(null);
  const [drag, setDrag] = useState<{ readonly start: number; readonly end: number } | null>(null);
  /** The series whose points the arrow keys go through. */
  const [active, setActive] = useState<string | null>(null);

  const placeOf = (event: { clientX: number; clientY: number }): readonly [number, number] => {
    const box = area.current?.getBoundingClientRect();
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
  };
  const within = (x: number): number => Math.min(Math.max(x, plot.left), plot.left + plot.width);

  // React listens to wheels passively, and what is scrolled here must not scroll the page too.
  const wheel = useRef((_: WheelEvent): void => {});
  useEffect(() => {
    wheel.current = (event) => {
      event.preventDefault();
      const line = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const sideways = event.shiftKey ? event.deltaX + event.deltaY : event.deltaX;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        onRange(panned(range, (sideways * line) / plot.width));
        return;
      }
      onRange(zoomed(range, frame.atOf(within(placeOf(event)[0])), Math.exp(event.deltaY * line * WHEEL)));
    };
  });
  useEffect(() => {
    const { current } = area;
    const listener = (event: WheelEvent): void => wheel.current(event);
    current?.addEventListener('wheel', listener, { passive: false });
    return () => current?.removeEventListener('wheel', listener);
  }, []);

  const onPointerMove = (event: PointerEvent): void => {
    const [x, y] = placeOf(event);
    if (drag) setDrag({ ...drag, end: within(x) });
    const inside = x >= plot.left && x <= plot.left + plot.width;
    onCursor(inside || drag ? frame.atOf(within(x)) : null);
    setTarget(drag ? null : targetAt(spec, shown, frame, x, y));
  };
  const onPointerDown = (event: PointerEvent): void => {
    const [x] = placeOf(event);
    if (event.button !== 0 || x < plot.left || x > plot.left + plot.width) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ start: x, end: x });
  };
  const onPointerUp = (event: PointerEvent): void => {
    setDrag(null);
    if (!drag) return;
    if (Math.abs(drag.end - drag.start) >= DRAG) {
      const [from, to] = [Math.min(drag.start, drag.end), Math.max(drag.start, drag.end)];
      // No shorter than what a chart can show.
      onRange(zoomed({ from: frame.atOf(from), to: frame.atOf(to) }, frame.atOf((from + to) / 2), 1));
      return;
    }
    const found = targetAt(spec, shown, frame, ...placeOf(event));
    const entry = found && entryOf(found);
    if (entry) onSelect(entry);
  };
  const onPointerLeave = (): void => {
    setTarget(null);
    if (!drag) onCursor(null);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = cursor ?? (range.from + range.to) / 2;
    const series = shown.find(({ id }) => id === active) ?? shown[0];
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const by = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey) onRange(panned(range, by * KEY_PAN));
      else goTo(nextPoint(series, cursor ?? (by < 0 ? range.to : range.from - 1), by));
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      setActive(stepSeries(shown, series, event.key === 'ArrowUp' ? -1 : 1)?.id ?? null);
    } else if (event.key === 'Home') goTo(nextPoint(series, range.from - 1, 1));
    else if (event.key === 'End') goTo(nextPoint(series, range.to + 1, -1));
    else if (event.key === '+' || event.key === '=') onRange(zoomed(range, middle, KEY_ZOOM));
    else if (event.key === '-') onRange(zoomed(range, middle, 1 / KEY_ZOOM));
    else if (event.key === '0') onFit();
    else if (event.key === 'Enter') {
      const entry = series && cursor !== null ? pointAt(series, cursor)?.entry : undefined;
      if (entry !== undefined) onSelect(entry);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const goTo = (at: number | null): void => {
    if (at === null) return;
    onCursor(at);
    if (at < range.from || at > range.to)
      onRange(panned(range, (at - (range.from + range.to) / 2) / (range.to - range.from)));
  };

  const x = cursor === null ? null : frame.xOf(cursor);
  const seen = x !== null && x >= plot.left - 0.5 && x <= plot.left + plot.width + 0.5 ? x : null;
  return (
    <div
      ref={area}
      className={css.overlay}
      role="slider"
      tabIndex={0}
      aria-label={`${spec.title}: time`}
      aria-orientation="horizontal"
      aria-valuemin={range.from}
      aria-valuemax={range.to}
      aria-valuenow={Math.min(Math.max(cursor ?? range.from, range.from), range.to)}
      aria-valuetext={spokenValues(spec, shown, active, cursor)}
      data-pointing={target && entryOf(target) ? '' : undefined}
      onPointerMove={onPointerMove}
      onPointerDown={onPointerDown}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
      onPointerLeave={onPointerLeave}
      onDoubleClick={onFit}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setActive(null);
        onCursor(null);
      }}
    >
      <svg className={css.over} aria-hidden="true">
        {seen !== null && <line className={css.cursor} x1={seen} x2={seen} y1={plot.top} y2={plot.top + plot.height} />}
        {drag && Math.abs(drag.end - drag.start) >= DRAG && (
          <rect
            className={css.drag}
            x={Math.min(drag.start, drag.end)}
            width={Math.abs(drag.end - drag.start)}
            y={plot.top}
            height={plot.height}
          />
        )}
        {target && (
          <circle
            className={css.target}
            cx={target.x}
            cy={target.y}
            r={target.kind === 'mark' ? 6 : 5}
            stroke={target.kind === 'mark' ? theme.ink : theme.series[target.series.colour]}
          />
        )}
      </svg>
      {target && !drag && <TargetWords target={target} scene={scene} />}
    </div>
  );
}

/** What is pointed at, beside it. */
function TargetWords({ target, scene: { spec, frame } }: { target: ChartTarget; scene: TimeScene }): ReactNode {
  const flips = target.x > frame.width / 2;
  const low = target.y > frame.height / 2;
  const entry = entryOf(target);
  const style = {
    [flips ? 'right' : 'left']: flips ? frame.width - target.x + 10 : target.x + 10,
    [low ? 'bottom' : 'top']: low ? frame.height - target.y + 8 : target.y + 8,
  };
  const [first, second, third] =
    target.kind === 'mark'
      ? [
          target.mark.label,
          target.mark.towards === 'csms' ? 'to the CSMS' : 'to the station',
          localMoment(target.mark.at),
        ]
      : [
          target.series.label,
          valueWords(target.series.value[target.index] ?? 0, axisOf(spec, target.series)),
          localMoment(target.series.at[target.index] ?? 0),
        ];
  const note = target.kind === 'point' ? target.series.note?.[target.index] : undefined;
  return (
    <div className={css.words} style={style} aria-hidden>
      <span className={css.first}>
        {first} <strong>{second}</strong>
      </span>
      {note !== undefined && <span>{note}</span>}
      <span className={css.second}>
        {third}
        {entry !== undefined && ` · message ${entry}`}
      </span>
    </div>
  );
}
