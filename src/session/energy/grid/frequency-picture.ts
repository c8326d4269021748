import type { OperationMode } from '../../../ocpp/schedule/profile.ts';
import type { AfrrSignal } from './grid-topic.ts';
import type { PowerResponse, ResponseSummary } from './response.ts';

/** Which EVSE, over what range, for how many points there is room, and where the cursor is. */
export interface FrequencyQuestion {
  readonly station: string;
  readonly evseId: number | null;
  readonly range: { readonly from: number; readonly to: number };
  readonly points: number;
  /** Null for the end of the range. */
  readonly at: number | null;
}

/** Values over time. Power from the grid is positive. */
export interface PictureSeries {
  readonly at: readonly number[];
  /** Null is a gap. */
  readonly value: readonly (number | null)[];
  /** Entry of the message behind each; 0 where there is none. */
  readonly entry: readonly number[];
}

/** How a station supports the frequency of the grid: what it measures, what is asked for, and what it delivers. */
export interface FrequencyPicture {
  /** Of the measured values; null where nothing was measured. */
  readonly evseId: number | null;
  readonly frequency: PictureSeries;
  /** Accepted signals as steps. */
  readonly signal: PictureSeries;
  readonly refused: readonly AfrrSignal[];
  /** Power that charging profiles ask for, with the mode and the profile. */
  readonly asked: PictureSeries & { readonly note: readonly (string | null)[] };
  /** What a frequency droop makes of it, where one is active. */
  readonly droop: PictureSeries;
  /** Least power from the grid by a frequency-watt curve of DER control, where one is active. */
  readonly freqWatt: PictureSeries;
  readonly measured: PictureSeries;
  readonly responses: readonly PowerResponse[];
  readonly summary: ResponseSummary | null;
  /** The period with a curve that is in force at the cursor, else the latest one before it. */
  readonly curve: FrequencyCurve | null;
  /** Measured frequency and power, at most 400, while a period with a curve is in force. */
  readonly scatter: readonly { readonly x: number; readonly y: number; readonly at: number; readonly entry: number }[];
  /** `V2XChargingCtrlr.LocalFrequencyUpdateThreshold` in mHz. */
  readonly threshold: number | null;
}

/** `v2xFreqWattCurve` and `v2xSignalWattCurve` of a period. */
export interface FrequencyCurve {
  readonly mode: OperationMode;
  readonly profileId: number;
  readonly entry: number;
  readonly inForce: boolean;
  readonly baseline: number;
  /** Hz, and W with the baseline. */
  readonly frequency: readonly { readonly x: number; readonly y: number }[];
  /** Signal, and W that it adds. */
  readonly signal: readonly { readonly x: number; readonly y: number }[];
  /** What the signal at the cursor adds, in W. */
  readonly signalPower: number | null;
  readonly measured: { readonly frequency: number; readonly power: number } | null;
  /** What the curves ask for at the cursor. */
  readonly asked: number | null;
}
