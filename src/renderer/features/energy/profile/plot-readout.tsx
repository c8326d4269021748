import type { ReactNode } from 'react';
import type { CompositeSteps } from '../../../../session/energy/profile-draft/picture.ts';
import css from './plot.module.css';
import type { PlotProps } from './plot-props.ts';
import { type PlotScale, secondsAt } from './plot-scale.ts';
import { endOf, type PlotTarget, periodAt } from './plot-target.ts';
import { levelText, offsetText, otherUnitText, wallText } from './plot-words.ts';

/** What is under the pointer in numbers: when, how much, and what the composite schedule is there. */
export function PlotReadout({
  schedule,
  picture,
  electrics,
  anchor,
  offset,
  scale,
  pointer,
  target,
  dragging,
  margin,
}: PlotProps & {
  readonly scale: PlotScale;
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly target: PlotTarget | null;
  readonly dragging: boolean;
  readonly margin: { readonly left: number; readonly top: number };
}): ReactNode {
  if (!pointer || pointer.x < 0 || pointer.x > scale.width || (!dragging && pointer.y > scale.height)) return null;
  const pointed = secondsAt(scale, pointer.x);
  const seconds = edgeSeconds(target, schedule) ?? Math.round(pointed / 60) * 60;
  const period = target && target.kind !== 'end' ? target.period : periodAt(schedule, pointed);
  const { values, numberPhases } = schedule.periods[period] ?? { values: {}, numberPhases: undefined };
  const name = target?.kind === 'level' ? target.quantity : 'limit';
  const value = values[name];
  const at = anchor + seconds * 1000;
  const toLeft = pointer.x > scale.width / 2;
  return (
    <div
      className={css.readout}
      data-dragging={dragging || undefined}
      style={{
        top: margin.top + Math.min(Math.max(pointer.y + 14, 0), Math.max(0, scale.height - 86)),
        ...(toLeft
          ? { right: `calc(100% - ${margin.left + pointer.x - 14}px)` }
          : { left: margin.left + pointer.x + 14 }),
      }}
    >
      <b>
        {target?.kind === 'level' ? spanText(schedule, period, scale.to, anchor, offset) : wallText(at, offset)}
        {target?.kind !== 'level' && <span className={css.quiet}> {`+${offsetText(seconds)}`}</span>}
      </b>
      {value !== undefined && (
        <span>
          {`${name} ${levelText(value, schedule.unit)} `}
          <span className={css.quiet}>{otherUnitText(value, schedule.unit, numberPhases ?? 3, electrics)}</span>
        </span>
      )}
      {picture && !dragging && (
        <>
          <span className={css.quiet}>{`now ${compositeText(picture.before, at, schedule.unit)}`}</span>
          {picture.after && (
            <span className={css.quiet}>{`with it ${compositeText(picture.after, at, schedule.unit)}`}</span>
          )}
        </>
      )}
    </div>
  );
}

/** From when to when a period is in force, as the clock shows it. */
function spanText(
  schedule: PlotProps['schedule'],
  period: number,
  shownTo: number,
  anchor: number,
  offset: number,
): string {
  const clock = (seconds: number): string => wallText(anchor + seconds * 1000, offset);
  const end = endOf(schedule, period, Number.POSITIVE_INFINITY);
  const from = clock(schedule.periods[period]?.startPeriod ?? 0);
  return end > shownTo ? `from ${from} on` : `${from} to ${clock(end)}`;
}

function edgeSeconds(target: PlotTarget | null, { periods, duration }: PlotProps['schedule']): number | undefined {
  if (target?.kind === 'start') return periods[target.period]?.startPeriod;
  return target?.kind === 'end' ? duration : undefined;
}

function compositeText(steps: CompositeSteps, at: number, unit: PlotProps['schedule']['unit']): string {
  const index = steps.at.findLastIndex((each) => each <= at);
  const parts = (['limit', 'dischargeLimit', 'setpoint'] as const).flatMap((name) => {
    const value = steps[name][index];
    return value === null || value === undefined ? [] : [levelText(value, unit)];
  });
  return parts.length === 0 ? 'no limit' : `${parts.join(' / ')}, by ${steps.decidedBy[index] ?? 'nothing'}`;
}
