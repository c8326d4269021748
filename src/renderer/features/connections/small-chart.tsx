import { type ReactNode, useMemo, useState } from 'react';
import { extentOfSeries } from '../../components/chart/series-at.ts';
import { NOTHING_SWITCHED, TimeChart } from '../../components/chart/time-chart.tsx';
import type { TimeChartSpec, TimeRange } from '../../components/chart/time-chart-spec.ts';
import css from './card.module.css';

/** Milliseconds that are shown around a single point. */
const AROUND = 1000;

/** A chart of a card: it has a range and a cursor of its own. */
export function SmallChart({
  spec,
  onSelect = () => undefined,
}: {
  /** To be kept in `useMemo`: another object is drawn anew. */
  spec: TimeChartSpec;
  onSelect?: (entry: number) => void;
}): ReactNode {
  const [range, setRange] = useState<TimeRange | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [switched, setSwitched] = useState(NOTHING_SWITCHED);
  const extent = useMemo(() => extentOfSeries(spec.series), [spec]);
  if (!extent) return null;
  const all = extent.to > extent.from ? extent : { from: extent.from - AROUND, to: extent.to + AROUND };
  return (
    <div className={css.chart}>
      <TimeChart
        spec={spec}
        range={range ?? all}
        onRange={setRange}
        onFit={() => setRange(null)}
        cursor={cursor}
        onCursor={setCursor}
        onSelect={onSelect}
        switched={switched}
        onSwitch={(series, on) => setSwitched((before) => ({ ...before, [series]: on }))}
      />
    </div>
  );
}
