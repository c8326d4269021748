import type { ReactNode } from 'react';
import css from './plot.module.css';
import { levelLines, linePath, stepArea, stepPath } from './plot-paths.ts';
import type { PlotProps } from './plot-props.ts';
import { type PlotScale, timeTicks, valueTicks, xOf, yOf } from './plot-scale.ts';
import { DRAWN, endOf, type PlotTarget } from './plot-target.ts';
import { levelText, wallDate, wallText } from './plot-words.ts';

/** Pixels that the label of a level needs. */
const LABEL = 52;

/** The drawing itself: axes, the composite schedules, and the schedule over them. */
export function PlotDrawing({
  schedule,
  picture,
  anchor,
  offset,
  selected,
  scale,
  size,
  hovered,
  shift,
  margin,
  now,
}: PlotProps & {
  readonly scale: PlotScale;
  readonly size: { readonly width: number; readonly height: number };
  readonly hovered: PlotTarget | null;
  readonly shift: number;
  readonly margin: { readonly left: number; readonly top: number };
}): ReactNode {
  const { width, height } = scale;
  const chosen = schedule.periods[selected];
  const left = chosen ? Math.max(0, xOf(scale, chosen.startPeriod)) : 0;
  const right = chosen ? xOf(scale, endOf(schedule, selected, scale.to)) : 0;
  return (
    <svg width={size.width} height={size.height} aria-hidden className={css.svg}>
      <g transform={`translate(${margin.left} ${margin.top})`}>
        {chosen && right > left && <rect className={css.chosen} x={left} width={right - left} height={height} />}
        {valueTicks(scale).map((value) => (
          <g key={value} transform={`translate(0 ${Math.round(yOf(scale, value)) + 0.5})`}>
            <line className={value === 0 ? css.zero : css.grid} x2={width} />
            <text className={css.tick} x={-8} dy="0.32em" textAnchor="end">
              {levelText(value, schedule.unit)}
            </text>
          </g>
        ))}
        <TimeAxis scale={scale} anchor={anchor} offset={offset} shift={shift} />
        <Composites picture={picture} scale={scale} anchor={anchor} />
        {schedule.periods.map(({ startPeriod }, period) => {
          const x = xOf(scale, startPeriod);
          if (x < 0 || x > width) return null;
          const on = hovered?.kind === 'start' && hovered.period === period;
          return (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: a period is known by its place
              key={period}
              className={on ? css.edgeOn : css.edge}
              x1={x}
              x2={x}
              y2={height}
            />
          );
        })}
        {schedule.duration !== undefined && schedule.duration <= scale.to && (
          <line
            className={hovered?.kind === 'end' ? css.edgeOn : css.end}
            x1={xOf(scale, schedule.duration)}
            x2={xOf(scale, schedule.duration)}
            y2={height}
          />
        )}
        <Now scale={scale} x={xOf(scale, (now - anchor) / 1000)} />
        {DRAWN.map((quantity) => {
          const lines = levelLines(scale, schedule, quantity);
          return (
            <g key={quantity} className={css[quantity]}>
              <path className={css.line} d={linePath(lines)} />
              {lines.map(({ period, x, width: length, y, value }) => {
                const on = hovered?.kind === 'level' && hovered.period === period && hovered.quantity === quantity;
                return (
                  <g key={period}>
                    {on && <line className={css.levelOn} x1={x} x2={x + length} y1={y} y2={y} />}
                    {length >= LABEL && (
                      <text
                        className={css.level}
                        // Beside the limit that it may be next to.
                        x={quantity === 'setpoint' ? x + 6 : x + length / 2}
                        y={value < 0 === (quantity === 'setpoint') ? y - 6 : y + 14}
                        textAnchor={quantity === 'setpoint' ? 'start' : 'middle'}
                      >
                        {levelText(value, schedule.unit)}
                      </text>
                    )}
                  </g>
                );
              })}
            </g>
          );
        })}
      </g>
    </svg>
  );
}

function Now({ scale, x }: { scale: PlotScale; x: number }): ReactNode {
  if (x < 0 || x > scale.width) return null;
  return (
    <g>
      <line className={css.now} x1={x} x2={x} y2={scale.height} />
      <text className={css.tick} x={x + 4} y={10}>
        now
      </text>
    </g>
  );
}

function TimeAxis({
  scale,
  anchor,
  offset,
  shift,
}: {
  scale: PlotScale;
  anchor: number;
  offset: number;
  shift: number;
}): ReactNode {
  let day = '';
  return (
    <g>
      {timeTicks(scale, shift).map((seconds) => {
        const at = anchor + seconds * 1000;
        const date = wallDate(at, offset);
        const said = date === day ? '' : date;
        day = date;
        return (
          <g key={seconds} transform={`translate(${Math.round(xOf(scale, seconds)) + 0.5} ${scale.height})`}>
            <line className={css.grid} y1={-scale.height} />
            <text className={css.tick} y={14} textAnchor={xOf(scale, seconds) > scale.width - 16 ? 'end' : 'middle'}>
              {wallText(at, offset)}
            </text>
            {said !== '' && (
              <text className={css.tick} y={28} textAnchor="middle">
                {said}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

function Composites({
  picture,
  scale,
  anchor,
}: Pick<PlotProps, 'picture' | 'anchor'> & { scale: PlotScale }): ReactNode {
  if (!picture) return null;
  const { before, after, to } = picture;
  const of = (steps: typeof before, name: (typeof DRAWN)[number]) => ({ at: steps.at, value: steps[name], to });
  return (
    <g>
      {after &&
        DRAWN.map((name) => (
          <g key={name}>
            <path className={css.afterArea} d={stepArea(scale, of(after, name), anchor)} />
            <path className={css.after} d={stepPath(scale, of(after, name), anchor)} />
          </g>
        ))}
      {DRAWN.map((name) => (
        <path key={name} className={css.before} d={stepPath(scale, of(before, name), anchor)} />
      ))}
    </g>
  );
}
