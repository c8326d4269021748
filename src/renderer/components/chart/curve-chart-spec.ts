import type { ChartColour } from './time-chart-spec.ts';

/** What a chart of curves shows, as data: values over volts, hertz, percent or power, up to some 2,000 points in all. */
export interface CurveChartSpec {
  /** Names the chart for those who listen, and in files. */
  readonly title: string;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly curves: readonly Curve[];
  /** Shaded rectangles behind the curves, such as where a station may trip. */
  readonly zones?: readonly CurveZone[];
  /** Single points, such as where the station works now. */
  readonly points?: readonly CurvePoint[];
  /** Straight lines across the chart, such as the nominal voltage. */
  readonly lines?: readonly CurveLine[];
}

export interface CurveAxis {
  /** Such as `Voltage`. */
  readonly label: string;
  /** Base unit of the values. */
  readonly unit: string;
  /** Large values are shown with `k` or `M`. */
  readonly scales: boolean;
  /** Values that are always in sight. */
  readonly include?: readonly number[];
}

export interface Curve {
  readonly id: string;
  readonly label: string;
  readonly colour: ChartColour;
  /** By default, each curve has a dash of its own. */
  readonly dash?: 'solid' | 'dashed' | 'dotted';
  readonly width?: number;
  /** In the order in which the points are joined; ascending where values between them are to be read off. */
  readonly x: readonly number[];
  /** Null is a gap. */
  readonly y: readonly (number | null)[];
  /** A value holds until the next one. */
  readonly step?: boolean;
  /** Dots that nothing joins: between them no value can be read off. */
  readonly loose?: boolean;
  /** A way over time, which may come back to a place: its points are joined, and no value can be read off between. */
  readonly way?: boolean;
  /** Dots at the points, as they were given. */
  readonly marked?: boolean;
  /** Entry of the message that set it. */
  readonly entry?: number;
  /** Said beside the name, such as why it does not apply. */
  readonly note?: string;
  /** Hidden until it is switched on in the legend. */
  readonly hidden?: boolean;
}

/** A bound that is left out lies at the edge of the chart. */
export interface CurveZone {
  readonly id: string;
  readonly label: string;
  readonly tone: 'plain' | 'good' | 'warning' | 'error';
  readonly x1?: number;
  readonly x2?: number;
  readonly y1?: number;
  readonly y2?: number;
}

export interface CurvePoint {
  readonly id: string;
  readonly label: string;
  readonly colour: ChartColour;
  readonly x: number;
  readonly y: number;
  readonly entry?: number;
}

/** Upright at an `x`, or level at a `y`. */
export interface CurveLine {
  readonly id: string;
  readonly label: string;
  readonly at: { readonly x: number } | { readonly y: number };
}
