import type {
  ChargingProfile,
  ChargingSchedule,
  Kind,
  OperationMode,
  Purpose,
  SchedulePeriod,
} from '../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { PERIODS_MAX, STACK_LEVEL_MAX } from './profile-store.ts';

/** Why a profile is not taken, by a reason code of appendix 5; 1.6 has no place to say so. */
export interface Refused {
  readonly reasonCode: string;
  readonly additionalInfo?: string;
}

const OF_TRANSACTIONS: readonly OperationMode[] = [
  'ChargingOnly',
  'CentralSetpoint',
  'ExternalSetpoint',
  'ExternalLimits',
  'CentralFrequency',
  'LocalFrequency',
  'Idle',
];

/** What each purpose may ask for (table 95 of 2.1), as far as this station does it. */
export const OPERATION_MODES_OF: Readonly<
  Record<Exclude<Purpose, 'ChargingStationExternalConstraints'>, readonly OperationMode[]>
> = {
  ChargingStationMaxProfile: ['ChargingOnly'],
  TxDefaultProfile: OF_TRANSACTIONS,
  TxProfile: OF_TRANSACTIONS,
  PriorityCharging: ['ChargingOnly'],
  LocalGeneration: ['ChargingOnly'],
};

/**
 * Why this station does not follow a profile from its CSMS, whatever is running; undefined where it does. `choices` are
 * the schedules that a vehicle may choose from.
 */
export function profileFault(profile: ChargingProfile, version: OcppVersion, choices: number): Refused | undefined {
  const { purpose, kind, evseId, schedules } = profile;
  // K01.FR.22; 2.0.1 and 1.6 lack the others by their schemas.
  if (purpose === 'ChargingStationExternalConstraints') return refused('UnsupportedPurpose');
  if (profile.stackLevel > STACK_LEVEL_MAX) return refused('InvalidStackLevel');
  // K01.FR.16.
  if (purpose === 'TxProfile' && evseId === 0) return refused('InvalidProfile', 'A TxProfile is for an EVSE.');
  // K01.FR.38.
  if (purpose === 'ChargingStationMaxProfile' && (evseId !== 0 || kind === 'Relative')) {
    return refused('InvalidProfile', 'A ChargingStationMaxProfile is for EVSE 0 and not relative.');
  }
  // K01.FR.34: more than one schedule is for ISO 15118 sessions, of which K15 and K18 let the EV choose.
  if (schedules.length > 1 && purpose !== 'TxProfile') {
    return refused('InvalidSchedule', 'Several schedules to choose from are for a TxProfile.');
  }
  if (schedules.length > choices) {
    return refused('InvalidSchedule', `The vehicle at this EVSE takes ${choices} schedule${choices === 1 ? '' : 's'}.`);
  }
  if (schedules.length === 0) return refused('InvalidSchedule');
  const modes = OPERATION_MODES_OF[purpose];
  for (const schedule of schedules) {
    const fault = scheduleFault(schedule, kind, modes, version);
    if (fault) return fault;
  }
  return undefined;
}

function scheduleFault(
  { periods, unit }: ChargingSchedule,
  kind: Kind,
  modes: readonly OperationMode[],
  version: OcppVersion,
): Refused | undefined {
  if (periods.length > PERIODS_MAX) return refused('TooManyElements', 'chargingSchedulePeriod');
  const ordered = periods.every(({ startPeriod }, at) => at === 0 || startPeriod > (periods[at - 1]?.startPeriod ?? 0));
  if (!ordered) return refused('InvalidSchedule', 'Two periods start at once.');
  for (const period of periods) {
    const fault = periodFault(period, modes, unit === 'W', version);
    if (fault) return fault;
    // K29.FR.03: the external system gives one value, which is updated.
    const { operationMode: mode } = period;
    if ((mode === 'ExternalLimits' || mode === 'ExternalSetpoint') && kind !== 'Dynamic') {
      return refused('UnsupportedParam', `operationMode ${mode} in a profile that is not Dynamic`);
    }
  }
  return undefined;
}

function periodFault(
  period: SchedulePeriod,
  modes: readonly OperationMode[],
  isWatts: boolean,
  version: OcppVersion,
): Refused | undefined {
  const { values, operationMode: mode } = period;
  const given = (name: string) => Object.keys(values).some((each) => each === name || each.startsWith(`${name}_`));
  // Q09.FR.01 and its like.
  if (!modes.includes(mode)) return refused('UnsupportedParam', `operationMode ${mode}`);
  if (given('setpointReactive')) return refused('UnsupportedParam', 'setpointReactive');
  // K01.FR.20: there is no switch between phases.
  if (period.phaseToUse !== undefined) return refused('UnsupportedParam', 'phaseToUse');
  if (mode === 'ChargingOnly') {
    if (values.limit === undefined) return refused('InvalidSchedule', 'limit is missing.');
    if (version === '2.1' && (given('setpoint') || given('dischargeLimit'))) {
      return refused('InvalidSchedule', 'ChargingOnly knows a limit alone.');
    }
  }
  if (Object.entries(values).some(([name, value]) => name.startsWith('limit') && value < 0)) {
    return refused('InvalidSchedule', 'limit is negative.');
  }
  if (Object.entries(values).some(([name, value]) => name.startsWith('dischargeLimit') && value > 0)) {
    return refused('InvalidSchedule', 'dischargeLimit is positive.');
  }
  if ((mode === 'CentralSetpoint' || mode === 'CentralFrequency') && values.setpoint === undefined) {
    return refused('InvalidSchedule', 'setpoint is missing.');
  }
  if (mode === 'LocalFrequency') return frequencyFault(period, isWatts);
  // Q10.FR.01.
  if (mode === 'Idle' && Object.keys(values).length > 0) return refused('InvalidSchedule', 'Idle has no values.');
  return setpointFault(period);
}

/** Q08.FR.03 to FR.05. */
function frequencyFault(
  { values, v2xBaseline, frequencyCurve }: SchedulePeriod,
  isWatts: boolean,
): Refused | undefined {
  if (v2xBaseline === undefined || (frequencyCurve?.length ?? 0) < 2) return refused('NoFreqWattCurve');
  if (Object.keys(values).length > 0) return refused('InvalidSchedule', 'LocalFrequency has no limits and setpoints.');
  return isWatts ? undefined : refused('InvalidSchedule', 'LocalFrequency is in W.');
}

/** V2X.05. */
function setpointFault({ values }: SchedulePeriod): Refused | undefined {
  for (const phase of ['', '_L2', '_L3'] as const) {
    const setpoint = values[`setpoint${phase}`];
    if (setpoint === undefined) continue;
    const least = values[`dischargeLimit${phase}`] ?? Number.NEGATIVE_INFINITY;
    const most = values[`limit${phase}`] ?? Number.POSITIVE_INFINITY;
    if (setpoint < least || setpoint > most) {
      return refused('InvalidSchedule', `setpoint${phase} is outside of its limits (V2X.05).`);
    }
  }
  return undefined;
}

function refused(reasonCode: string, additionalInfo?: string): Refused {
  return { reasonCode, additionalInfo };
}
