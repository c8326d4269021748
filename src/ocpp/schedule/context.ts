import type { ChargingProfile, RateUnit } from './profile.ts';

/** A stretch of time from `from` up to but without `to`, in milliseconds since 1970 in UTC. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A value that holds from a point in time on, until the next of its series. */
export interface Step {
  readonly at: number;
  readonly value: number;
}

/** In the order of time. */
export type StepSeries = readonly Step[];

/** What is known of the station where a schedule is calculated. */
export interface ScheduleContext {
  /** The EVSE (connector of 1.6), or 0 for what the station as a whole may take. */
  readonly evseId: number;
  /** Of the result. */
  readonly unit: RateUnit;
  readonly current: 'AC' | 'DC';
  /** The set voltage of the area between a phase and neutral, for AC (K01.FR.50), or that of the EV for DC. */
  readonly voltage: number;
  /** The transaction; `start` is when energy could first be delivered (K01.FR.42). Without one see K08.FR.06. */
  readonly transaction?: { readonly id?: string; readonly start: number };
  /** Local time minus UTC at an instant, in milliseconds. */
  readonly offsetAt: (instant: number) => number;
  /** Times in which the station was not connected to the CSMS. */
  readonly offline?: readonly Interval[];
  /** Times in which priority charging was in use (K21, K22). */
  readonly priorityCharging?: readonly Interval[];
  /** State of charge of the EV in percent. */
  readonly stateOfCharge?: StepSeries;
  /** Measured frequency of the grid in Hz. */
  readonly frequency?: StepSeries;
  /** The signal of AFRRSignalRequest. */
  readonly signal?: StepSeries;
  /** `SmartChargingCtrlr.SetpointPriority`; absent is ExternalSystem (Q06.FR.21). */
  readonly setpointPriority?: 'ExternalSystem' | 'CSMS';
  /** Seconds by which the station chose to delay a period (K01.FR.92); 0 where nothing is known of it. */
  readonly delayOf?: (profile: ChargingProfile, scheduleIndex: number, periodIndex: number) => number;
  /** Which of up to three schedules of TxProfiles in an ISO 15118 session, from 0 (K15.FR.22, K18.FR.24). */
  readonly scheduleIndex?: number;
}

/** What a series says at an instant. */
export function valueAt(series: StepSeries | undefined, instant: number): number | undefined {
  if (series === undefined) return undefined;
  let low = 0;
  let high = series.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((series[middle]?.at ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return series[low - 1]?.value;
}
