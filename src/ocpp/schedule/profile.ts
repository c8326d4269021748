import type { OcppVersion } from '../version.ts';

/** Purposes under their names of 2.1; `ChargePointMaxProfile` of 1.6 is `ChargingStationMaxProfile` here. */
export const PURPOSES = [
  'ChargingStationMaxProfile',
  'ChargingStationExternalConstraints',
  'TxDefaultProfile',
  'TxProfile',
  'PriorityCharging',
  'LocalGeneration',
] as const;

export type Purpose = (typeof PURPOSES)[number];

export const KINDS = ['Absolute', 'Recurring', 'Relative', 'Dynamic'] as const;

export type Kind = (typeof KINDS)[number];

export const OPERATION_MODES = [
  'Idle',
  'ChargingOnly',
  'CentralSetpoint',
  'ExternalSetpoint',
  'ExternalLimits',
  'CentralFrequency',
  'LocalFrequency',
  'LocalLoadBalancing',
] as const;

export type OperationMode = (typeof OPERATION_MODES)[number];

/** Total power in W, or current in A per phase (K01.FR.50, K01.FR.51; 1.6: 7.12). */
export type RateUnit = 'A' | 'W';

/** What a period may limit or ask for. */
export const QUANTITIES = ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive'] as const;

export type Quantity = (typeof QUANTITIES)[number];

export type ValueName = Quantity | `${Quantity}_L2` | `${Quantity}_L3`;

/** Every number of a period that charging follows. Where L2 or L3 is given, the one without postfix is of L1. */
export const VALUE_NAMES: readonly ValueName[] = QUANTITIES.flatMap(
  (quantity) => [quantity, `${quantity}_L2`, `${quantity}_L3`] as const,
);

export type Values = { readonly [Name in ValueName]?: number };

/** A point of `v2xFreqWattCurve` (at Hz) or `v2xSignalWattCurve` (at a signal): the power there, in W. */
export interface CurvePoint {
  readonly at: number;
  readonly power: number;
}

/** A `ChargingSchedulePeriod`. */
export interface SchedulePeriod {
  /** Seconds from the start of the schedule. */
  readonly startPeriod: number;
  readonly values: Values;
  readonly numberPhases?: number;
  readonly phaseToUse?: number;
  readonly operationMode: OperationMode;
  readonly evseSleep?: boolean;
  readonly preconditioningRequest?: boolean;
  readonly v2xBaseline?: number;
  readonly frequencyCurve?: readonly CurvePoint[];
  readonly signalCurve?: readonly CurvePoint[];
}

/** When a schedule starts: an instant, or what a clock on the wall shows (K01.FR.90), as if the wall were at UTC. */
export interface ScheduleStart {
  readonly milliseconds: number;
  readonly local: boolean;
}

/** A `ChargingSchedule`. */
export interface ChargingSchedule {
  readonly id?: number;
  readonly start?: ScheduleStart;
  /** Seconds. */
  readonly duration?: number;
  readonly unit: RateUnit;
  readonly minChargingRate?: number;
  /** Most seconds by which a period, other than the first, may start later (K01.FR.92). */
  readonly randomizedDelay: number;
  readonly limitAtSoC?: { readonly soc: number; readonly limit: number };
  readonly periods: readonly SchedulePeriod[];
}

/** What the caller knows a profile by, such as the number of the entry that carried it. */
export type Source = number | string;

/** A charging profile of any version. Points in time are milliseconds since 1970 in UTC. */
export interface ChargingProfile {
  readonly version: OcppVersion;
  readonly source: Source;
  /** EVSE, or connector of 1.6; 0 is the whole station. */
  readonly evseId: number;
  readonly receivedAt: number;
  readonly id: number;
  readonly stackLevel: number;
  readonly purpose: Purpose;
  readonly kind: Kind;
  readonly recurrency?: 'Daily' | 'Weekly';
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly transactionId?: string;
  /**
   * Who set an external constraint of which no stack level is known. Each of these holds by itself, as nothing may charge
   * faster than any limit that was given (K11.FR.01, K12.FR.01).
   */
  readonly limitSource?: string;
  /** Seconds. */
  readonly maxOfflineDuration?: number;
  readonly invalidAfterOfflineDuration: boolean;
  readonly dynUpdateTime?: number;
  /** One, or up to three to choose from in an ISO 15118 session. */
  readonly schedules: readonly ChargingSchedule[];
}
