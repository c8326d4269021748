import { isJsonObject, type JsonObject, type JsonValue } from '../../../../ocpp/json.ts';
import type { RequestOf } from '../../../../ocpp/messages.ts';
import type { ChargingProfile } from '../../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { Evse } from '../../evse.ts';
import type { StationCore } from '../../station-core.ts';

/** Schedules of a profile that a vehicle may choose from (K15.FR.07, K18.FR.07). */
export const SCHEDULES_MAX = 3;

/** How the vehicle at an EVSE is controlled by ISO 15118-20; ISO 15118-2, which 2.0.1 knows alone, has schedules. */
export function controlModeOf(version: OcppVersion, evseId: number): 'ScheduledControl' | 'DynamicControl' {
  return version === '2.1' && evseId % 2 === 1 ? 'DynamicControl' : 'ScheduledControl';
}

/** Which schedule the vehicle chooses: that whose sales tariff is the lowest on the mean, the first of them. */
export function chosenSchedule(payload: JsonObject): number {
  const schedules = Array.isArray(payload.chargingSchedule) ? payload.chargingSchedule : [];
  const levels = schedules.map(meanLevel);
  const least = Math.min(...levels);
  return Math.max(0, levels.indexOf(least));
}

/** The price level of a schedule over its entries; Infinity where it has none. */
function meanLevel(schedule: JsonValue): number {
  const tariff = isJsonObject(schedule) ? schedule.salesTariff : undefined;
  const entries = isJsonObject(tariff) && Array.isArray(tariff.salesTariffEntry) ? tariff.salesTariffEntry : [];
  const levels = entries.flatMap((entry) =>
    isJsonObject(entry) && typeof entry.ePriceLevel === 'number' ? [entry.ePriceLevel] : [],
  );
  return levels.length === 0 ? Number.POSITIVE_INFINITY : levels.reduce((a, b) => a + b, 0) / levels.length;
}

/**
 * The vehicle chooses a schedule of its profile, follows it, and the CSMS is told what it charges by, which is the
 * chosen schedule itself (K15.FR.10, FR.19 to FR.21; K18.FR.10, FR.19).
 */
export function chooseSchedule(core: StationCore, evse: Evse, profile: ChargingProfile): void {
  const payload = core.profiles.payloadOf(profile);
  const index = chosenSchedule(payload);
  evse.scheduleIndex = index;
  const given = Array.isArray(payload.chargingSchedule) ? payload.chargingSchedule[index] : undefined;
  if (!isJsonObject(given)) return;
  const { salesTariff: _, absolutePriceSchedule: _1, priceLevelSchedule: _2, ...chargingSchedule } = given;
  // It came with a request of the same version.
  type Schedule = RequestOf<'2.1', 'NotifyEVChargingSchedule'>['chargingSchedule'];
  const request: RequestOf<'2.1', 'NotifyEVChargingSchedule'> = {
    timeBase: core.timestamp(),
    evseId: evse.id,
    chargingSchedule: chargingSchedule as Schedule,
    ...(core.version === '2.1' ? { selectedChargingScheduleId: Number(given.id) } : {}),
  };
  void core.call('NotifyEVChargingSchedule', request as JsonObject);
}
