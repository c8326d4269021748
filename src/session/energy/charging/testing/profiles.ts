import type { JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import { iso, type Talk } from './talk.ts';

/** Periods as seconds and their limit, or everything they say. */
export type Periods = readonly (readonly [second: number, values: number | JsonObject])[];

/** Periods as a message carries them. */
export const periodsOf = (periods: Periods): readonly JsonObject[] =>
  periods.map(([startPeriod, values]) => ({
    startPeriod,
    ...(typeof values === 'number' ? { limit: values } : values),
  }));

/** A profile of any version; of kind Absolute from 12:00 on, in W and on EVSE 1, where it does not say otherwise. */
export interface Profile {
  readonly id: number;
  readonly purpose: string;
  readonly kind?: 'Absolute' | 'Relative' | 'Dynamic';
  readonly unit?: 'A' | 'W';
  readonly evseId?: number;
  readonly periods: Periods;
  readonly more?: JsonObject;
  readonly ofSchedule?: JsonObject;
}

/** `chargingProfile` or `csChargingProfiles`. */
export const payloadOf = (version: OcppVersion, profile: Profile): JsonObject => {
  const { id, purpose, kind = 'Absolute', unit = 'W', periods, more, ofSchedule } = profile;
  const schedule: JsonObject = {
    ...(kind === 'Absolute' ? { startSchedule: iso(0) } : {}),
    ...{ chargingRateUnit: unit, chargingSchedulePeriod: periodsOf(periods), ...ofSchedule },
  };
  const common = { stackLevel: 0, chargingProfilePurpose: purpose, chargingProfileKind: kind, ...more };
  return version === '1.6'
    ? { ...common, chargingProfileId: id, chargingSchedule: schedule }
    : { ...common, id, chargingSchedule: [{ id: 1, ...schedule }] };
};

/** Sets a profile that the station accepts. */
export function set(talk: Talk, minute: number, profile: Profile): void {
  const payload = payloadOf(talk.version, profile);
  const evseId = profile.evseId ?? 1;
  if (talk.version === '1.6') {
    talk.ask(minute, 'SetChargingProfile', { connectorId: evseId, csChargingProfiles: payload });
  } else talk.ask(minute, 'SetChargingProfile', { evseId, chargingProfile: payload });
}

/** What makes a TxProfile one of a transaction. */
export const tx = (transactionId: string) => ({ transactionId });
