import type { CurveAxis } from './curve-chart-spec.ts';
import type { ChartColour } from './time-chart-spec.ts';

/** What a chart of stacked bars shows, as data: up to some 500 bars. */
export interface BarChartSpec {
  /** Names the chart for those who listen, and in files. */
  readonly title: string;
  readonly axis: CurveAxis;
  /** Names below the bars. */
  readonly categories: readonly string[];
  /** One above the other, in this order; negative values below zero. */
  readonly series: readonly BarSeries[];
  /** Level lines, such as a limit or a maximum. */
  readonly lines?: readonly { readonly id: string; readonly label: string; readonly at: number }[];
}

export interface BarSeries {
  readonly id: string;
  readonly label: string;
  readonly colour: ChartColour;
  /** One for each category; null is nothing. */
  readonly values: readonly (number | null)[];
  /** Entries of the messages behind the values. */
  readonly entry?: readonly (number | undefined)[];
  /** Bars with another name stand beside instead of above. */
  readonly stack?: string;
  /** Hidden until it is switched on in the legend. */
  readonly hidden?: boolean;
}
