import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import type { ChargingProfile, ProfileKind, ProfilePurpose } from '../charging-profile.ts';
import { PERIODS_MAX, STACK_LEVEL_MAX } from '../profile-store.ts';

type Profile16 = RequestOf<'1.6', 'SetChargingProfile'>['csChargingProfiles'];

/** Purposes by their name in 1.6. */
export const PURPOSE: Readonly<Record<Profile16['chargingProfilePurpose'], ProfilePurpose>> = {
  ChargePointMaxProfile: 'station-max',
  TxDefaultProfile: 'tx-default',
  TxProfile: 'tx',
};

/** A charging profile of 1.6 (7.8); its transaction is the Central System's id as text. */
export function profileOf(profile: Profile16, evse: number): ChargingProfile {
  const { chargingSchedule: schedule, transactionId } = profile;
  return {
    id: profile.chargingProfileId,
    evse,
    stackLevel: profile.stackLevel,
    purpose: PURPOSE[profile.chargingProfilePurpose],
    kind: kindOf(profile),
    transaction: transactionId === undefined ? undefined : String(transactionId),
    validFrom: instant(profile.validFrom),
    validTo: instant(profile.validTo),
    startSchedule: instant(schedule.startSchedule),
    duration: schedule.duration,
    unit: schedule.chargingRateUnit,
    periods: schedule.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => ({
      start: startPeriod,
      limit,
      phases: numberPhases ?? 3,
    })),
    source: profile as JsonObject,
  };
}

/** Why a profile cannot be taken, in a few words; undefined where it can. */
export function refusal(profile: ChargingProfile): string | undefined {
  if (profile.stackLevel > STACK_LEVEL_MAX) return 'stack level';
  const { periods } = profile;
  if (periods.length === 0 || periods.length > PERIODS_MAX) return 'number of periods';
  // 7.14: the first period starts with the schedule, and the list is in the order of time.
  if (periods.some(({ start }, at) => (at === 0 ? start !== 0 : start <= (periods[at - 1]?.start ?? 0))))
    return 'periods';
  if (profile.purpose === 'station-max' && (profile.evse !== 0 || profile.kind === 'relative')) return 'purpose';
  if (profile.purpose === 'tx' && profile.evse === 0) return 'connector';
  return undefined;
}

function kindOf({ chargingProfileKind, recurrencyKind }: Profile16): ProfileKind {
  if (chargingProfileKind === 'Absolute') return 'absolute';
  if (chargingProfileKind === 'Relative') return 'relative';
  return recurrencyKind === 'Weekly' ? 'weekly' : 'daily';
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
