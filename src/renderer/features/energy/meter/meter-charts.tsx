import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { NOTHING_SWITCHED, TimeChart } from '../../../components/chart/time-chart.tsx';
import type { TimeChartSpec, TimeRange } from '../../../components/chart/time-chart-spec.ts';
import { EmptyPane } from '../../../components/empty-pane.tsx';
import { MEMORY } from './memory.ts';
import type { DrawnSeries } from './meter-specs.ts';
import css from './meter-values.module.css';

/** The charts, one above the other: one time axis, one cursor. */
export function MeterCharts({
  charts,
  drawn,
  range,
}: {
  charts: readonly TimeChartSpec[];
  drawn: readonly DrawnSeries[];
  range: TimeRange;
}): ReactNode {
  const { energy } = useWorkbench();
  const { cursor, switched } = useStore(energy.state);
  if (drawn.every(({ series }) => series.at.length === 0)) {
    return (
      <EmptyPane title="No value of what is chosen">
        <p>None of the chosen series has a sample in, before or after what is shown.</p>
        <Button onClick={energy.fit}>Show all of the time</Button>
      </EmptyPane>
    );
  }
  return (
    <div className={css.charts}>
      {charts.map((spec) => (
        <div key={spec.title} className={css.chart}>
          <TimeChart
            spec={spec}
            range={range}
            onRange={energy.zoom}
            onFit={energy.fit}
            cursor={cursor}
            onCursor={(at) => {
              if (at !== null) energy.point(at);
            }}
            onSelect={energy.select}
            switched={switched[MEMORY.legend] ?? NOTHING_SWITCHED}
            onSwitch={(series, on) => energy.switchSeries(MEMORY.legend, series, on)}
          />
        </div>
      ))}
    </div>
  );
}
