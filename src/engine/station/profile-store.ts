import type { Parsed } from '../../ocpp/fields.ts';
import { isJsonObject, type JsonObject } from '../../ocpp/json.ts';
import type { Interval } from '../../ocpp/schedule/context.ts';
import {
  type ClearCriteria,
  clear,
  endTransaction,
  type InstalledProfiles,
  install,
  updateDynamic,
} from '../../ocpp/schedule/installed.ts';
import type { ChargingProfile } from '../../ocpp/schedule/profile.ts';

/** The most charging profiles that are held at a time. */
export const PROFILES_MAX = 100;
/** The highest stack level that is taken. */
export const STACK_LEVEL_MAX = 20;
/** The most periods in a schedule. */
export const PERIODS_MAX = 100;

/** A delay of a period in a transaction, or of what goes on without one. */
interface ChosenDelay {
  readonly source: ChargingProfile['source'];
  readonly transaction: string | undefined;
  readonly seconds: number;
}

/** The charging profiles that are installed, each with its payload; they outlive reboots, but for TxProfiles. */
export class ProfileStore {
  readonly #random: () => number;
  #installed: InstalledProfiles = [];
  #sources = 0;
  /** Called after every change of what is installed. */
  onChange: () => void = () => {};
  readonly #payloads = new Map<ChargingProfile['source'], JsonObject>();
  readonly #delays = new Map<string, ChosenDelay>();

  constructor(random: () => number) {
    this.#random = random;
  }

  list(): InstalledProfiles {
    return this.#installed;
  }

  /** A name for the next profile that comes, by which the store knows it. */
  newSource(): string {
    this.#sources += 1;
    return `profile ${this.#sources}`;
  }

  /** A profile as it was received, with what updates of a dynamic one have changed since. */
  payloadOf(profile: ChargingProfile): JsonObject {
    return this.#payloads.get(profile.source) ?? {};
  }

  /** Another profile on the same place of the stack whose validity overlaps (K01.FR.06, K01.FR.39). */
  rival(profile: ChargingProfile): ChargingProfile | undefined {
    return this.#installed.find((one) => one.id !== profile.id && samePlace(one, profile) && overlap(one, profile));
  }

  /** Installs a profile in place of the one that it replaces, if any (K01.FR.05); false where there is no room. */
  install(profile: ChargingProfile, payload: JsonObject): boolean {
    const next = install(this.#installed, profile);
    if (next.length > PROFILES_MAX) return false;
    this.#payloads.set(profile.source, payload);
    this.#replace(next);
    return true;
  }

  /** Removes those that meet the criteria; how many. */
  clear(criteria: ClearCriteria): number {
    const before = this.#installed.length;
    this.#replace(clear(this.#installed, criteria));
    return before - this.#installed.length;
  }

  /** Removes a profile of the station's own. */
  remove(profileId: number): void {
    this.#replace(this.#installed.filter(({ id }) => id !== profileId));
  }

  /** Updates a dynamic profile (K28.FR.06). */
  update(profileId: number, scheduleUpdate: JsonObject, at: number): Parsed<InstalledProfiles> {
    const existing = this.#installed.find(({ id }) => id === profileId);
    const source = existing?.source ?? '';
    const updated = updateDynamic(this.#installed, { profileId, scheduleUpdate, at, source });
    if (!updated.ok || !existing) return updated;
    this.#payloads.set(source, updatedPayload(this.payloadOf(existing), scheduleUpdate, at));
    this.#replace(updated.value);
    return updated;
  }

  /** A TxProfile lives as long as its transaction (K01, 1.6 3.13.1). */
  endTransaction(evseId: number, id: string): void {
    this.#replace(endTransaction(this.#installed, evseId, id));
    this.#forgetDelays(({ transaction }) => transaction === id);
  }

  /** Profiles that cease to be valid for ever by a time without a connection (K01.FR.102). */
  endOffline({ from, to }: Interval): void {
    this.#replace(
      this.#installed.filter(
        ({ invalidAfterOfflineDuration, maxOfflineDuration }) =>
          !invalidAfterOfflineDuration || maxOfflineDuration === undefined || to - from <= 1000 * maxOfflineDuration,
      ),
    );
  }

  /** Seconds by which a period is delayed: chosen by chance, once for each transaction (K01.FR.92, K01.FR.93). */
  delayOf(profile: ChargingProfile, scheduleIndex: number, periodIndex: number, transaction?: string): number {
    const most = profile.schedules[scheduleIndex]?.randomizedDelay ?? 0;
    if (most === 0 || periodIndex === 0) return 0;
    const { source } = profile;
    const key = JSON.stringify([source, scheduleIndex, periodIndex, transaction]);
    const delay = this.#delays.get(key) ?? { source, transaction, seconds: Math.floor(this.#random() * (most + 1)) };
    this.#delays.set(key, delay);
    return delay.seconds;
  }

  #replace(next: InstalledProfiles): void {
    const kept = new Set(next.map(({ source }) => source));
    for (const { source } of this.#installed) {
      if (!kept.has(source)) this.#payloads.delete(source);
    }
    this.#forgetDelays(({ source }) => !kept.has(source));
    this.#installed = next;
    this.onChange();
  }

  #forgetDelays(over: (delay: ChosenDelay) => boolean): void {
    for (const [key, delay] of this.#delays) if (over(delay)) this.#delays.delete(key);
  }
}

function updatedPayload(payload: JsonObject, scheduleUpdate: JsonObject, at: number): JsonObject {
  const { customData: _, ...values } = scheduleUpdate;
  const schedules = Array.isArray(payload.chargingSchedule) ? payload.chargingSchedule : [];
  return {
    ...payload,
    dynUpdateTime: new Date(at).toISOString(),
    chargingSchedule: schedules.filter(isJsonObject).map((schedule) => {
      const periods = Array.isArray(schedule.chargingSchedulePeriod) ? schedule.chargingSchedulePeriod : [];
      const chargingSchedulePeriod = periods.filter(isJsonObject).map((period) => ({ ...period, ...values }));
      return { ...schedule, chargingSchedulePeriod };
    }),
  };
}

function samePlace(one: ChargingProfile, other: ChargingProfile): boolean {
  return (
    one.purpose === other.purpose &&
    one.stackLevel === other.stackLevel &&
    one.evseId === other.evseId &&
    one.transactionId === other.transactionId
  );
}

function overlap(one: ChargingProfile, other: ChargingProfile): boolean {
  const from = Math.max(one.validFrom ?? Number.NEGATIVE_INFINITY, other.validFrom ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(one.validTo ?? Number.POSITIVE_INFINITY, other.validTo ?? Number.POSITIVE_INFINITY);
  return from < to;
}
