import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import type { ChargingProfile, ProfileKind, ProfilePurpose } from '../charging-profile.ts';
import { PERIODS_MAX, STACK_LEVEL_MAX } from '../profile-store.ts';

type Profile21 = RequestOf<'2.1', 'SetChargingProfile'>['chargingProfile'];
type Schedule21 = Profile21['chargingSchedule'][number];
type Period21 = Schedule21['chargingSchedulePeriod'][number];

/** Why a profile is not taken, by a reason code of appendix 5. */
export interface Refused {
  readonly ok: false;
  readonly reasonCode: string;
  readonly additionalInfo?: string;
}

/** Purposes by their name in 2.x; others are not supported here. */
export const PURPOSE: Readonly<Partial<Record<Profile21['chargingProfilePurpose'], ProfilePurpose>>> = {
  ChargingStationMaxProfile: 'station-max',
  TxDefaultProfile: 'tx-default',
  TxProfile: 'tx',
};

/** What a schedule of 2.1 may ask for beyond a limit, and this station does not do; taking it would not be true. */
const SCHEDULE_EXTRAS = [
  'limitAtSoC',
  'useLocalTime',
  'randomizedDelay',
] as const satisfies readonly (keyof Schedule21)[];
const PERIOD_EXTRAS = [
  'limit_L2',
  'limit_L3',
  'dischargeLimit',
  'setpoint',
  'setpointReactive',
  'evseSleep',
  'phaseToUse',
] as const satisfies readonly (keyof Period21)[];

/** A charging profile of 2.x, or why the station cannot follow it (K01). */
export function profileOf(
  profile: Profile21,
  evse: number,
): { readonly ok: true; readonly profile: ChargingProfile } | Refused {
  const purpose = PURPOSE[profile.chargingProfilePurpose];
  if (!purpose) return refused('UnsupportedPurpose');
  const kind = kindOf(profile);
  if (!kind) return refused('UnsupportedKind');
  if (profile.stackLevel > STACK_LEVEL_MAX) return refused('InvalidStackLevel');
  // K01.FR.16; ChargingStationMaxProfile is of the station and never relative (K01.FR.38).
  if (purpose === 'tx' && evse === 0) return refused('InvalidProfile', 'TxProfile for EVSE 0');
  if (purpose === 'station-max' && (evse !== 0 || kind === 'relative')) return refused('InvalidProfile');
  const [schedule, ...more] = profile.chargingSchedule;
  // K01.FR.34: without ISO 15118 there is one schedule.
  if (!schedule || more.length > 0) return refused('InvalidSchedule', 'one schedule');
  const fault = faultOf(schedule, kind) ?? extraOf(profile, schedule);
  if (fault) return fault;
  return {
    ok: true,
    profile: {
      id: profile.id,
      evse,
      stackLevel: profile.stackLevel,
      purpose,
      kind,
      transaction: profile.transactionId,
      validFrom: instant(profile.validFrom),
      validTo: instant(profile.validTo),
      startSchedule: instant(schedule.startSchedule),
      duration: schedule.duration,
      unit: schedule.chargingRateUnit,
      periods: schedule.chargingSchedulePeriod.map(({ startPeriod, limit = 0, numberPhases }) => ({
        start: startPeriod,
        limit,
        phases: numberPhases ?? 3,
      })),
      source: profile as JsonObject,
    },
  };
}

function faultOf(schedule: Schedule21, kind: ProfileKind): Refused | undefined {
  const { chargingSchedulePeriod: periods, startSchedule } = schedule;
  if (periods.length > PERIODS_MAX) return refused('TooManyElements', 'chargingSchedulePeriod');
  // K01.FR.31, FR.35.
  const ordered = periods.every(({ startPeriod }, at) => {
    const before = periods[at - 1];
    return before === undefined ? startPeriod === 0 : startPeriod > before.startPeriod;
  });
  if (!ordered) return refused('InvalidSchedule', 'startPeriod');
  // K01.FR.40, FR.41.
  if ((kind === 'relative') !== (startSchedule === undefined)) return refused('InvalidSchedule', 'startSchedule');
  if (periods.some(({ limit }) => limit === undefined || limit < 0)) return refused('InvalidSchedule', 'limit');
  return undefined;
}

function extraOf(profile: Profile21, schedule: Schedule21): Refused | undefined {
  const inSchedule = SCHEDULE_EXTRAS.find((name) => schedule[name]);
  if (inSchedule) return refused('UnsupportedParam', inSchedule);
  for (const period of schedule.chargingSchedulePeriod) {
    const inPeriod = PERIOD_EXTRAS.find((name) => period[name]);
    if (inPeriod) return refused('UnsupportedParam', inPeriod);
    if ((period.operationMode ?? 'ChargingOnly') !== 'ChargingOnly')
      return refused('UnsupportedParam', 'operationMode');
  }
  return profile.maxOfflineDuration === undefined ? undefined : refused('UnsupportedParam', 'maxOfflineDuration');
}

function kindOf({ chargingProfileKind, recurrencyKind }: Profile21): ProfileKind | undefined {
  switch (chargingProfileKind) {
    case 'Absolute':
      return 'absolute';
    case 'Relative':
      return 'relative';
    case 'Recurring':
      return recurrencyKind === 'Weekly' ? 'weekly' : 'daily';
    case 'Dynamic':
      return undefined;
  }
}

function refused(reasonCode: string, additionalInfo?: string): Refused {
  return { ok: false, reasonCode, additionalInfo };
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
