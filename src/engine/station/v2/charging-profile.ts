import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile } from '../../../ocpp/schedule/profile.ts';
import { profileFault, type Refused } from '../profile-faults.ts';
import type { StationCore } from '../station-core.ts';

type Payload = RequestOf<'2.1', 'SetChargingProfile'>['chargingProfile'];

/** Longest additionalInfo of a StatusInfoType in 2.0.1. */
const INFO_MAX = 512;

/** Faults of fields that have a reason code of their own; any other makes the schedule invalid. */
const REASONS: Readonly<Record<string, string>> = { recurrency: 'InvalidProfile' };

/** A charging profile of 2.x, or why the station does not follow it (K01). A vehicle chooses among so many schedules. */
export function readProfile(
  core: StationCore,
  payload: Payload,
  evseId: number,
  choices = 1,
): { readonly profile: ChargingProfile; readonly refused?: undefined } | { readonly refused: Refused } {
  // K28.FR.04.
  if (payload.chargingProfileKind !== 'Dynamic' && payload.dynUpdateInterval !== undefined) {
    return { refused: { reasonCode: 'InvalidProfile', additionalInfo: 'dynUpdateInterval is for Dynamic alone.' } };
  }
  const { version } = core;
  const arrival = { version, source: core.profiles.newSource(), evseId, receivedAt: core.now() };
  const parsed = parseProfile(payload as JsonObject, arrival);
  if (!parsed.ok) {
    const { code, sentence } = parsed.error;
    return { refused: { reasonCode: REASONS[code] ?? 'InvalidSchedule', additionalInfo: sentence.slice(0, INFO_MAX) } };
  }
  const refused = profileFault(parsed.value, version, choices);
  return refused ? { refused } : { profile: parsed.value };
}
