import type { JsonObject } from '../../../ocpp/json.ts';
import type { Kind, OperationMode, Purpose, RateUnit, Values } from '../../../ocpp/schedule/profile.ts';

/** A `ChargingSchedulePeriod` that is being edited. */
export interface PeriodDraft {
  /** Seconds from the start of the schedule. */
  readonly startPeriod: number;
  readonly values: Values;
  readonly numberPhases?: number;
  readonly phaseToUse?: number;
  /** `ChargingOnly` where it is absent. */
  readonly operationMode?: OperationMode;
  readonly evseSleep?: boolean;
  readonly preconditioningRequest?: boolean;
  readonly v2xBaseline?: number;
  readonly v2xFreqWattCurve?: readonly JsonObject[];
  readonly v2xSignalWattCurve?: readonly JsonObject[];
  /** What is kept as it was, such as customData. */
  readonly rest: JsonObject;
}

/** A `ChargingSchedule` that is being edited. Points in time are kept as they were written. */
export interface ScheduleDraft {
  readonly id?: number;
  readonly startSchedule?: string;
  /** Seconds. */
  readonly duration?: number;
  readonly unit: RateUnit;
  readonly minChargingRate?: number;
  readonly useLocalTime?: boolean;
  readonly randomizedDelay?: number;
  readonly limitAtSoC?: { readonly soc: number; readonly limit: number };
  readonly periods: readonly PeriodDraft[];
  readonly rest: JsonObject;
}

/** A SetChargingProfile request that is being edited, of any version; `toPayload` writes what a version has of it. */
export interface ProfileDraft {
  /** EVSE, or connector of 1.6; 0 is the whole station. */
  readonly evseId: number;
  readonly id: number;
  readonly stackLevel: number;
  readonly purpose: Purpose;
  readonly kind: Kind;
  readonly recurrency?: 'Daily' | 'Weekly';
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly transactionId?: string;
  readonly maxOfflineDuration?: number;
  readonly invalidAfterOfflineDuration?: boolean;
  readonly dynUpdateInterval?: number;
  readonly dynUpdateTime?: string;
  /** One, or up to three to choose from in an ISO 15118 session. */
  readonly schedules: readonly ScheduleDraft[];
  /** What is kept as it was of the profile. */
  readonly rest: JsonObject;
  /** What is kept as it was beside the profile. */
  readonly restOfRequest: JsonObject;
}

/** What a new profile begins with. */
export interface BlankProfile {
  readonly evseId: number;
  readonly id: number;
  readonly unit: RateUnit;
  /** When its schedule starts: milliseconds since 1970 in UTC. */
  readonly start: number;
  readonly limit: number;
}

/** A default profile without an end, with one period. */
export function blankDraft({ evseId, id, unit, start, limit }: BlankProfile): ProfileDraft {
  return {
    evseId,
    id,
    stackLevel: 0,
    purpose: 'TxDefaultProfile',
    kind: 'Absolute',
    schedules: [
      {
        id: 1,
        startSchedule: instantText(start),
        unit,
        periods: [{ startPeriod: 0, values: { limit }, rest: {} }],
        rest: {},
      },
    ],
    rest: {},
    restOfRequest: {},
  };
}

/** A point in time as it is written in a request: to the second, in UTC. */
export function instantText(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The mode of a period, named or not. */
export function modeOf({ operationMode }: PeriodDraft): OperationMode {
  return operationMode ?? 'ChargingOnly';
}
