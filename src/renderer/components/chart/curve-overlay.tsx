import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef, useState } from 'react';
import css from './chart.module.css';
import type { ChartTheme } from './chart-theme.ts';
import type { Curve, CurveChartSpec } from './curve-chart-spec.ts';
import { type CurveFrame, curveAt } from './curve-frame.ts';
import { valueWords } from './value-words.ts';

/** How near the pointer must be to a curve or a point to mean it, in pixels. */
const REACH = 16;
/** A key moves the cursor by this share of what is shown. */
const KEY_STEP = 0.01;
/** Digits that a value between two points is told with. */
const DIGITS = 5;

/** Pointer and keys over a chart of curves: the values of all of them at one place. */
export function CurveOverlay({
  spec,
  shown,
  frame,
  theme,
  onSelect,
}: {
  spec: CurveChartSpec;
  shown: readonly Curve[];
  frame: CurveFrame;
  theme: ChartTheme;
  onSelect: ((entry: number) => void) | undefined;
}): ReactNode {
  const area = useRef<HTMLDivElement>(null);
  const [value, setValue] = useState<number | null>(null);
  const { plot } = frame;
  const read = shown.flatMap((curve) => {
    const y = value === null ? null : curveAt(curve, value);
    return y === null ? [] : [{ curve, y: rounded(y) }];
  });
  const placeOf = ({ clientX, clientY }: MouseEvent): readonly [number, number] => {
    const box = area.current?.getBoundingClientRect();
    return [clientX - (box?.left ?? 0), clientY - (box?.top ?? 0)];
  };
  const onMouseMove = (event: MouseEvent): void => {
    const [x] = placeOf(event);
    setValue(x >= plot.left && x <= plot.left + plot.width ? rounded(frame.valueAt(x)) : null);
  };
  const onClick = (event: MouseEvent): void => {
    const entry = entryAt(spec, shown, frame, ...placeOf(event));
    if (entry !== undefined) onSelect?.(entry);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { min, max } = frame.x;
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by !== 0) {
      setValue(Math.min(max, Math.max(min, rounded((value ?? (min + max) / 2) + by * KEY_STEP * (max - min)))));
    } else if (event.key === 'Home') setValue(min);
    else if (event.key === 'End') setValue(max);
    else if (event.key === 'Enter' && read[0]?.curve.entry !== undefined) onSelect?.(read[0].curve.entry);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const x = value === null ? 0 : frame.xOf(value);
  const words = value === null ? '' : valueWords(value, spec.x);
  return (
    <div
      ref={area}
      className={css.overlay}
      role="slider"
      tabIndex={0}
      aria-label={`${spec.title}: ${spec.x.label}`}
      aria-orientation="horizontal"
      aria-valuemin={frame.x.min}
      aria-valuemax={frame.x.max}
      aria-valuenow={value ?? frame.x.min}
      aria-valuetext={spokenCurves(spec, shown, words, read)}
      onMouseMove={onMouseMove}
      onMouseLeave={() => setValue(null)}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onBlur={() => setValue(null)}
    >
      {value !== null && (
        <>
          <svg className={css.over} aria-hidden="true">
            <line className={css.cursor} x1={x} x2={x} y1={plot.top} y2={plot.top + plot.height} />
            {read.map(({ curve, y }) => (
              <circle
                key={curve.id}
                className={css.target}
                cx={x}
                cy={frame.yOf(y)}
                r={4}
                stroke={theme.series[curve.colour]}
              />
            ))}
          </svg>
          <div
            className={css.words}
            style={
              x > frame.width / 2 ? { right: frame.width - x + 10, top: plot.top } : { left: x + 10, top: plot.top }
            }
            aria-hidden
          >
            <span className={css.second}>
              {spec.x.label} {words}
            </span>
            {read.map(({ curve, y }) => (
              <span key={curve.id} className={css.first}>
                {curve.label} <strong>{valueWords(y, spec.y)}</strong>
                {curve.note !== undefined && <span className={css.second}> · {curve.note}</span>}
              </span>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

/** A place is no more exact than a pixel; digits beyond that say nothing. */
function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

function entryAt(
  { points = [] }: CurveChartSpec,
  shown: readonly Curve[],
  frame: CurveFrame,
  x: number,
  y: number,
): number | undefined {
  const near = points.find((point) => Math.hypot(frame.xOf(point.x) - x, frame.yOf(point.y) - y) < REACH);
  if (near?.entry !== undefined) return near.entry;
  const distances = shown.flatMap((curve) => {
    const value = curveAt(curve, frame.valueAt(x));
    return value === null ? [] : [{ entry: curve.entry, distance: Math.abs(frame.yOf(value) - y) }];
  });
  const [nearest] = distances.sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance < REACH ? nearest.entry : undefined;
}

function spokenCurves(
  spec: CurveChartSpec,
  shown: readonly Curve[],
  words: string,
  read: readonly { readonly curve: Curve; readonly y: number }[],
): string {
  if (words !== '') {
    return `${words}: ${read.map(({ curve, y }) => `${curve.label} ${valueWords(y, spec.y)}`).join(', ') || 'no curve'}`;
  }
  const points = (spec.points ?? []).map(
    ({ label, x, y }) => `${label} at ${valueWords(x, spec.x)} and ${valueWords(y, spec.y)}`,
  );
  return [...shown.map(({ label, x }) => `${label}, ${x.length} points`), ...points].join('; ') || 'nothing is shown';
}
