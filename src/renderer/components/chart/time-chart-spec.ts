/**
 * What a chart over time shows, as data: what draws it on a canvas, what writes it as SVG or CSV, and the table under
 * the cursor all read the same. Times are milliseconds since 1970 in UTC.
 */
export interface TimeChartSpec {
  /** Names the chart for those who listen, and in files. */
  readonly title: string;
  /** At most two: the first at the left, the second at the right. */
  readonly axes: readonly ValueAxis[];
  readonly series: readonly TimeSeries[];
  /** Shaded stretches behind the series, such as the states of a transaction. */
  readonly bands?: readonly TimeBand[];
  /** Ticks under the time axis, such as messages. */
  readonly marks?: readonly TimeMark[];
  /** Pixels for the value axes at least, so that charts above each other have the same time axis. */
  readonly sides?: { readonly left: number; readonly right: number };
}

export interface ValueAxis {
  readonly id: string;
  /** Such as `Power`. */
  readonly label: string;
  /** Base unit of the values, such as `W`; large values are shown with `k` or `M` where `scales` is true. */
  readonly unit: string;
  readonly scales: boolean;
  /** Bounds that are always in sight, such as 0 and 100 for the state of charge. */
  readonly include?: readonly number[];
}

/** Colours by role, told apart by the colour-blind too, in both themes: `--chart-1` to `--chart-8`, and grey. */
export type ChartColour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 'grey' | 'error';

export interface TimeSeries {
  readonly id: string;
  /** In the legend and in the table, without the unit. */
  readonly label: string;
  /** Id of its axis. */
  readonly axis: string;
  /** `step`: a value holds until the next one. `range`: filled between `low` and `high`. */
  readonly shape: 'step' | 'line' | 'points' | 'range';
  readonly colour: ChartColour;
  /** Colour is never the only difference: lines that may be mistaken for each other differ in dash or width as well. */
  readonly dash?: 'solid' | 'dashed' | 'dotted';
  readonly width?: number;
  /** Filled down to zero. */
  readonly fill?: boolean;
  /** Ascending. */
  readonly at: readonly number[];
  /** Null is a gap. */
  readonly value: readonly (number | null)[];
  /** Lowest and highest around each point, where many samples became one. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** Entry of the message behind each point; 0 where there is none. */
  readonly entry?: readonly number[];
  /** What the table says beside the value, such as the profile that decided it. */
  readonly note?: readonly (string | undefined)[];
  /** Of a range: its bounds hold until the next point, as those of stacked steps do. */
  readonly held?: boolean;
  /** Of a range of a stack: its line, and where it is pointed at, is its upper or its lower bound, not its value. */
  readonly edge?: 'high' | 'low';
  /** Hidden until it is switched on in the legend. */
  readonly hidden?: boolean;
  /** Named before all others, wherever it is drawn: what many others come to, and what bounds them. */
  readonly leads?: boolean;
}

export interface TimeBand {
  readonly from: number;
  /** Null where it goes on. */
  readonly to: number | null;
  readonly label: string;
  readonly tone: 'plain' | 'good' | 'warning' | 'error';
  readonly entry?: number;
}

export interface TimeMark {
  readonly at: number;
  readonly entry: number;
  readonly label: string;
  /** Direction of the message, as position: below or above the line of ticks. */
  readonly towards: 'csms' | 'station';
}

/** A stretch of time that is shown. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}
