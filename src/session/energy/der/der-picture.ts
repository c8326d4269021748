import type { ControlState } from '../../../ocpp/der/active.ts';
import type { ControlFault, ControlType } from '../../../ocpp/der/control.ts';
import type { Domain } from '../../../ocpp/der/decides.ts';
import type { GridQuantity } from '../grid/measured.ts';
import type { DerAlarm, DerStartStop } from './der-events.ts';
import type { KnownRating } from './der-ratings.ts';
import type { RefusedControl } from './der-topic.ts';
import type { DerRemark } from './remarks.ts';

/** Which station, what time is shown, and where the cursor is; null for the end of the range. */
export interface DerQuestion {
  readonly station: string;
  readonly evseId: number | null;
  readonly range: { readonly from: number; readonly to: number };
  readonly at: number | null;
  /** The entry that brought the control to be drawn; null for the first that is active. */
  readonly selected: number | null;
}

/** DER control of a station at an instant, and over the range around it. */
export interface DerPicture {
  readonly at: number;
  /** Of the measured values; null where nothing was measured. */
  readonly evseId: number | null;
  readonly ratings: readonly KnownRating[];
  /** At the instant: power into the grid is positive here, as in DER controls. */
  readonly measured: readonly MeasuredNow[];
  /** Active ones first; at most 200. */
  readonly controls: readonly DerControlSummary[];
  readonly controlsInAll: number;
  readonly selected: DerControlPicture | null;
  /** Types that may contradict each other at the instant, in a sentence each. */
  readonly conflicts: readonly string[];
  readonly activity: readonly DerActivity[];
  readonly alarms: readonly DerAlarm[];
  readonly startStops: readonly DerStartStop[];
  readonly refused: readonly RefusedControl[];
  /** The latest ones up to the end of the range, at most 200. */
  readonly remarks: readonly DerRemark[];
  readonly remarksInAll: number;
}

export interface MeasuredNow {
  readonly quantity: GridQuantity;
  readonly value: number;
  readonly at: number;
  readonly entry: number;
}

/** A control in the list. */
export interface DerControlSummary {
  readonly id: string;
  readonly type: ControlType;
  /** Such as `Volt-var curve`. */
  readonly title: string;
  readonly decides: Domain;
  readonly isDefault: boolean;
  readonly priority: number;
  /** Number of the entry that brought it. */
  readonly entry: number;
  readonly receivedAt: number;
  /** Null for a default. */
  readonly start: number | null;
  readonly end: number | null;
  readonly state: ControlState;
  /** Why it is in that state, in a sentence without times. */
  readonly why: string;
  /** Since when it is in a state that another one brought about, such as superseded or cleared. */
  readonly since: number | null;
  readonly verdict: DerVerdict | null;
}

/** What the measured values mean for a control. */
export interface DerVerdict {
  readonly tone: 'good' | 'warning' | 'error' | 'plain';
  readonly sentence: string;
}

/** A control with what is drawn of it. */
export interface DerControlPicture extends DerControlSummary {
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly shape: CurveShape | null;
  /** What the specification leaves open, and how it was read. */
  readonly notes: readonly string[];
  readonly faults: readonly ControlFault[];
}

/** A curve with its zones, in the units of its axes. */
export interface CurveShape {
  readonly x: ShapeAxis;
  readonly y: ShapeAxis;
  readonly lines: readonly ShapeLine[];
  readonly zones: readonly ShapeZone[];
  /** What was measured at the instant. */
  readonly point: ShapePoint | null;
  /** What the control asks for there. */
  readonly asked: ShapePoint | null;
  /** What was measured over the range while the control was active, at most 240 points. */
  readonly trail: readonly TrailPoint[];
  /** The way of the operating point over the last ten minutes, in the order of time; absent where it says nothing. */
  readonly path?: readonly ShapePoint[];
}

export interface ShapeAxis {
  readonly label: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

export interface ShapePoint {
  readonly x: number;
  readonly y: number;
}

export interface TrailPoint extends ShapePoint {
  readonly at: number;
  readonly entry: number;
}

export interface ShapeLine {
  readonly label: string;
  readonly dash: 'solid' | 'dashed';
  readonly points: readonly ShapePoint[];
}

/** A rectangle; null reaches to the edge of the chart. */
export interface ShapeZone {
  readonly label: string;
  readonly tone: 'good' | 'warning' | 'error' | 'plain';
  readonly x1: number | null;
  readonly x2: number | null;
  readonly y1: number | null;
  readonly y2: number | null;
}

/** Which control of a type was active when, in the range. */
export interface DerActivity {
  readonly type: ControlType;
  readonly title: string;
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly id: string;
    readonly isDefault: boolean;
    readonly entry: number;
  }[];
}
