import type { TimeChartSpec, TimeRange } from './time-chart-spec.ts';

/** What a chart over time takes. What it shows is decided outside, so that several charts can share it. */
export interface TimeChartProps {
  /** The same object as long as it says the same: it is drawn anew for another one. */
  readonly spec: TimeChartSpec;
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
  /** Shows all there is. */
  readonly onFit: () => void;
  /** The instant that is pointed at, in this chart or elsewhere. */
  readonly cursor: number | null;
  /** Null where the pointer has left. */
  readonly onCursor: (at: number | null) => void;
  /** A point or mark was chosen that has a message behind it. */
  readonly onSelect: (entry: number) => void;
  /** Series by id that were switched on or off in the legend. */
  readonly switched: Readonly<Record<string, boolean>>;
  readonly onSwitch: (series: string, shown: boolean) => void;
}
