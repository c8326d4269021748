import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../app/workbench.ts';
import { extentOfSeries } from '../../components/chart/series-at.ts';
import { NOTHING_SWITCHED, TimeChart } from '../../components/chart/time-chart.tsx';
import type { TimeChartSpec } from '../../components/chart/time-chart-spec.ts';
import { ValueTable } from '../../components/chart/value-table.tsx';
import css from './energy-time-chart.module.css';

/**
 * A chart over time on the board: its range, cursor and selection are those of all charts and of the timeline. Beside
 * it, or below it where that is narrow, stand the values under the cursor, unless `table` is false.
 */
export function EnergyTimeChart({
  id,
  spec,
  table = true,
}: {
  /** By which the board remembers what was switched in the legend. */
  id: string;
  /** To be kept in `useMemo`: another object is drawn anew. */
  spec: TimeChartSpec;
  table?: boolean;
}): ReactNode {
  const { energy } = useWorkbench();
  const { range, cursor, switched: all } = useStore(energy.state);
  const switched = all[id] ?? NOTHING_SWITCHED;
  const extent = useMemo(() => extentOfSeries(spec.series), [spec]);
  const shown = range ?? extent;
  if (!shown) return null;
  const select = (entry: number): void => energy.select(entry);
  return (
    <div className={css.whole}>
      <div className={css.parts} data-table={table ? '' : undefined}>
        <div className={css.chart}>
          <TimeChart
            spec={spec}
            range={shown}
            onRange={energy.zoom}
            onFit={energy.fit}
            cursor={cursor}
            onCursor={(at) => {
              if (at !== null) energy.point(at);
            }}
            onSelect={select}
            switched={switched}
            onSwitch={(series, on) => energy.switchSeries(id, series, on)}
          />
        </div>
        {table && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
          <section className={css.table} aria-label={`Values of ${spec.title}`} tabIndex={0}>
            <ValueTable
              spec={spec}
              switched={switched}
              at={cursor ?? shown.to}
              pointed={cursor !== null}
              onSelect={select}
            />
          </section>
        )}
      </div>
    </div>
  );
}
