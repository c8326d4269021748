import type { ChargingProfile } from './charging-profile.ts';

/** The most charging profiles that are held at a time. */
export const PROFILES_MAX = 100;
/** The highest stack level that is taken. */
export const STACK_LEVEL_MAX = 20;
/** The most periods in a schedule. */
export const PERIODS_MAX = 100;

/** The charging profiles that are installed. */
export class ProfileStore {
  #profiles: ChargingProfile[] = [];

  list(): readonly ChargingProfile[] {
    return this.#profiles;
  }

  /** Another profile on the same place of the stack whose validity overlaps (K01.FR.06, K01.FR.39). */
  rival(profile: ChargingProfile): ChargingProfile | undefined {
    return this.#profiles.find((one) => one.id !== profile.id && samePlace(one, profile) && overlap(one, profile));
  }

  /** Installs a profile in place of the one with its id, if any (K01.FR.05); false where there is no room. */
  install(profile: ChargingProfile): boolean {
    const others = this.#profiles.filter(({ id }) => id !== profile.id);
    if (others.length >= PROFILES_MAX) return false;
    this.#profiles = [...others, profile];
    return true;
  }

  /** Removes those that match; how many. */
  remove(matches: (profile: ChargingProfile) => boolean): number {
    const before = this.#profiles.length;
    this.#profiles = this.#profiles.filter((profile) => !matches(profile));
    return before - this.#profiles.length;
  }
}

function samePlace(one: ChargingProfile, other: ChargingProfile): boolean {
  return (
    one.purpose === other.purpose &&
    one.stackLevel === other.stackLevel &&
    one.evse === other.evse &&
    one.transaction === other.transaction
  );
}

function overlap(one: ChargingProfile, other: ChargingProfile): boolean {
  const from = Math.max(one.validFrom ?? Number.NEGATIVE_INFINITY, other.validFrom ?? Number.NEGATIVE_INFINITY);
  const to = Math.min(one.validTo ?? Number.POSITIVE_INFINITY, other.validTo ?? Number.POSITIVE_INFINITY);
  return from < to;
}
