/** `DERControlEnumType`. */
export const CONTROL_TYPES = [
  'EnterService',
  'FreqDroop',
  'FreqWatt',
  'FixedPFAbsorb',
  'FixedPFInject',
  'FixedVar',
  'Gradients',
  'HFMustTrip',
  'HFMayTrip',
  'HVMustTrip',
  'HVMomCess',
  'HVMayTrip',
  'LimitMaxDischarge',
  'LFMustTrip',
  'LVMustTrip',
  'LVMomCess',
  'LVMayTrip',
  'PowerMonitoringMustTrip',
  'VoltVar',
  'VoltWatt',
  'WattPF',
  'WattVar',
] as const;

export type ControlType = (typeof CONTROL_TYPES)[number];

/** Curves that say what power, or power factor, belongs to a measured value. */
export const FUNCTION_TYPES = ['FreqWatt', 'VoltVar', 'VoltWatt', 'WattPF', 'WattVar'] as const;

export type FunctionType = (typeof FUNCTION_TYPES)[number];

/** Curves that say for how long a value may be beyond a threshold. */
export const TRIP_TYPES = [
  'HFMustTrip',
  'HFMayTrip',
  'HVMustTrip',
  'HVMomCess',
  'HVMayTrip',
  'LFMustTrip',
  'LVMustTrip',
  'LVMomCess',
  'LVMayTrip',
  'PowerMonitoringMustTrip',
] as const;

export type TripType = (typeof TRIP_TYPES)[number];

/** `DERUnitEnumType`; the text of the specification spells the first `Not_Aplicable`, its schema does not. */
export const DER_UNITS = [
  'Not_Applicable',
  'PctMaxW',
  'PctMaxVar',
  'PctWAvail',
  'PctVarAvail',
  'PctEffectiveV',
] as const;

export type DerUnit = (typeof DER_UNITS)[number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `HysteresisType`: when and how to return to normal after a grid event. */
export interface Hysteresis {
  readonly high?: number;
  readonly low?: number;
  /** Seconds. */
  readonly delay?: number;
  /** Percent a second. */
  readonly gradient?: number;
}

/** `DERCurveType`, as it was sent. */
export interface DerCurve {
  readonly yUnit: DerUnit;
  /** In the order in which they were sent. */
  readonly points: readonly Point[];
  /** Seconds in which 90 % of a new target are reached; 0 is without limit. */
  readonly responseTime?: number;
  readonly hysteresis?: Hysteresis;
  readonly voltageParams?: {
    readonly mean10Minutes?: number;
    readonly mean10MinutesDelay?: number;
    readonly powerDuringCessation?: 'Active' | 'Reactive';
  };
  readonly reactivePowerParams?: {
    /** Percent. */
    readonly vRef?: number;
    readonly autonomous?: boolean;
    readonly autonomousTimeConstant?: number;
  };
}

/** `FreqDroopType`. */
export interface Droop {
  readonly overFreq: number;
  readonly underFreq: number;
  readonly overDroop: number;
  readonly underDroop: number;
  /** Seconds. */
  readonly responseTime: number;
}

/** `EnterServiceType`: voltages and frequencies at which a tripped inverter may come back. */
export interface EnterService {
  readonly highVoltage: number;
  readonly lowVoltage: number;
  readonly highFreq: number;
  readonly lowFreq: number;
  /** Seconds. */
  readonly delay?: number;
  readonly randomDelay?: number;
  readonly rampRate?: number;
}

/** What a control sets. */
export type Setting =
  | { readonly type: FunctionType; readonly curve: DerCurve }
  | { readonly type: TripType; readonly curve: DerCurve }
  | {
      readonly type: 'FixedPFAbsorb' | 'FixedPFInject';
      /** cos φ. */
      readonly displacement: number;
      /** Absorbs reactive power (under-excited), instead of injecting it. */
      readonly excitation: boolean;
    }
  /** Percent of what `unit` says; positive is into the grid. */
  | { readonly type: 'FixedVar'; readonly setpoint: number; readonly unit: DerUnit }
  | { readonly type: 'FreqDroop'; readonly droop: Droop }
  | {
      readonly type: 'LimitMaxDischarge';
      readonly percent?: number;
      /** Trips where power stays above it for too long: percent over seconds. */
      readonly monitoring?: DerCurve;
    }
  | { readonly type: 'EnterService'; readonly enterService: EnterService }
  /** Seconds; 0 is not applicable. */
  | { readonly type: 'Gradients'; readonly gradient: number; readonly softGradient: number };

/** A DER control of a station, as SetDERControl or ReportDERControl brought it. */
export interface DerControl {
  /** Unique at its station. */
  readonly id: string;
  readonly isDefault: boolean;
  /** 0 is the highest. */
  readonly priority: number;
  /** Milliseconds since 1970 in UTC; a default control has none (R04.FR.12). */
  readonly start?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly setting: Setting;
}

/** Whether a control is a function of a measured value. */
export function isFunctionType(type: ControlType): type is FunctionType {
  return (FUNCTION_TYPES as readonly ControlType[]).includes(type);
}

/** Whether a control says how long a value may be beyond a threshold. */
export function isTripType(type: ControlType): type is TripType {
  return (TRIP_TYPES as readonly ControlType[]).includes(type);
}

/** What is wrong with a control: the requirement that it breaks, or `field`, and a sentence. */
export interface ControlFault {
  readonly code: string;
  readonly sentence: string;
}
