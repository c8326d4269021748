import { choiceAt, FieldFault, numberAt, objectAt, type Parsed, parsed, requiredNumberAt } from '../fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { OcppVersion } from '../version.ts';
import { readValues } from './parse-profile.ts';
import { type ChargingProfile, PURPOSES, type Purpose } from './profile.ts';

/** The charging profiles that a station has, in the order in which they came. */
export type InstalledProfiles = readonly ChargingProfile[];

/** Which profiles ClearChargingProfile asks to clear: those that meet every one that is given. */
export interface ClearCriteria {
  readonly id?: number;
  readonly evseId?: number;
  readonly purpose?: Purpose;
  readonly stackLevel?: number;
}

/**
 * The set after a profile that the station accepted. It replaces the one of the same id (K01.FR.05), and in 1.6 also
 * the one with the same stack level and purpose on the same connector, for a TxProfile of the same transaction (3.13.2,
 * 5.16.3). An external constraint is replaced by another one of the same id alone (note of K01.FR.05).
 */
export function install(installed: InstalledProfiles, profile: ChargingProfile): InstalledProfiles {
  const kept = installed.filter((each) => !replaces(profile, each));
  return [...kept, profile];
}

function replaces(profile: ChargingProfile, existing: ChargingProfile): boolean {
  const external = 'ChargingStationExternalConstraints';
  if (profile.id === existing.id) return existing.purpose !== external || profile.purpose === external;
  return (
    profile.version === '1.6' &&
    profile.stackLevel === existing.stackLevel &&
    profile.purpose === existing.purpose &&
    profile.evseId === existing.evseId &&
    isOfSameTransaction(profile, existing)
  );
}

/** A profile of a remote start has no transaction yet and is replaced by the one that names it (1.6: 5.16.2). */
function isOfSameTransaction(a: ChargingProfile, b: ChargingProfile): boolean {
  return a.transactionId === undefined || b.transactionId === undefined || a.transactionId === b.transactionId;
}

/**
 * The set after ClearChargingProfile. An id decides alone (K10.FR.03); in 1.6 all that is given has to match (errata
 * 3.25), and without anything all are cleared. What comes from outside the CSMS stays (K10.FR.04, K10.FR.09).
 */
export function clear(installed: InstalledProfiles, criteria: ClearCriteria): InstalledProfiles {
  return installed.filter((profile) => !isCleared(profile, criteria));
}

function isCleared(profile: ChargingProfile, criteria: ClearCriteria): boolean {
  const { purpose, version } = profile;
  if (purpose === 'ChargingStationExternalConstraints' || purpose === 'LocalGeneration') return false;
  if (criteria.id !== undefined && version !== '1.6') return profile.id === criteria.id;
  return (
    (criteria.id === undefined || profile.id === criteria.id) &&
    (criteria.evseId === undefined || profile.evseId === criteria.evseId) &&
    (criteria.purpose === undefined || purpose === criteria.purpose) &&
    (criteria.stackLevel === undefined || profile.stackLevel === criteria.stackLevel)
  );
}

/** The set after a transaction: its TxProfiles cease to be valid (2.1: 3.2; 1.6: 3.13.1). */
export function endTransaction(installed: InstalledProfiles, evseId: number, id?: string): InstalledProfiles {
  return installed.filter(
    (profile) =>
      profile.purpose !== 'TxProfile' ||
      profile.evseId !== evseId ||
      (id !== undefined && profile.transactionId !== undefined && profile.transactionId !== id),
  );
}

/** What ClearChargingProfile of a version asks for. */
export function parseClearCriteria(payload: JsonValue | undefined, version: OcppVersion): Parsed<ClearCriteria> {
  return parsed(() => {
    if (!isJsonObject(payload)) throw new FieldFault('field', 'The request is no object.');
    if (version === '1.6') {
      const purpose = choiceAt(payload, 'chargingProfilePurpose', [
        'ChargePointMaxProfile',
        'TxDefaultProfile',
        'TxProfile',
      ]);
      return {
        id: numberAt(payload, 'id'),
        evseId: numberAt(payload, 'connectorId'),
        purpose: purpose === 'ChargePointMaxProfile' ? 'ChargingStationMaxProfile' : purpose,
        stackLevel: numberAt(payload, 'stackLevel'),
      };
    }
    const name = 'chargingProfileCriteria';
    const criteria: JsonObject = payload[name] === undefined ? {} : objectAt(payload, name);
    return {
      id: numberAt(payload, 'chargingProfileId'),
      evseId: numberAt(criteria, 'evseId'),
      purpose: choiceAt(criteria, 'chargingProfilePurpose', PURPOSES),
      stackLevel: numberAt(criteria, 'stackLevel'),
    };
  });
}

/** What updates a dynamic profile: `scheduleUpdate`, with the id of the profile and when it came. */
export interface DynamicUpdate {
  readonly profileId: number;
  readonly scheduleUpdate: JsonValue | undefined;
  readonly at: number;
  readonly source: ChargingProfile['source'];
}

/**
 * The set after UpdateDynamicSchedule, or the answer to PullDynamicScheduleUpdate: the given values take the place of
 * those of the profile (K28.FR.06, K28.FR.08), which is up to date again (K28.FR.09, K28.FR.14).
 */
export function updateDynamic(installed: InstalledProfiles, update: DynamicUpdate): Parsed<InstalledProfiles> {
  return parsed(() => {
    const existing = installed.find((profile) => profile.id === update.profileId);
    if (existing?.kind !== 'Dynamic') {
      throw new FieldFault('K28.FR.11', `No dynamic profile has the id ${update.profileId} (K28.FR.11).`);
    }
    if (!isJsonObject(update.scheduleUpdate)) throw new FieldFault('field', 'scheduleUpdate is no object.');
    const values = readValues(update.scheduleUpdate);
    const updated: ChargingProfile = {
      ...existing,
      source: update.source,
      dynUpdateTime: update.at,
      schedules: existing.schedules.map((schedule) => ({
        ...schedule,
        periods: schedule.periods.map((period) => ({ ...period, values: { ...period.values, ...values } })),
      })),
    };
    return installed.map((profile) => (profile === existing ? updated : profile));
  });
}

/** The id of the profile that an update is for. */
export function updatedProfileId(payload: JsonValue | undefined): Parsed<number> {
  return parsed(() => {
    if (!isJsonObject(payload)) throw new FieldFault('field', 'The request is no object.');
    return requiredNumberAt(payload, 'chargingProfileId');
  });
}
