import type { JsonObject } from '../../ocpp/json.ts';

/** What a profile limits; the purposes that this station has, under one name for all versions. */
export type ProfilePurpose = 'station-max' | 'tx-default' | 'tx';

/** From when a schedule counts. */
export type ProfileKind = 'absolute' | 'daily' | 'weekly' | 'relative';

/** One step of a schedule, in force until the next one starts. */
export interface LimitPeriod {
  /** Seconds after the start of the schedule. */
  readonly start: number;
  /** In the unit of the schedule; amperes count a phase. */
  readonly limit: number;
  /** Phases over which a limit in amperes counts; 3 where the request does not say (K01.FR.49, 1.6 7.8). */
  readonly phases: number;
}

/** A charging profile of any version, as far as it limits this station. */
export interface ChargingProfile {
  readonly id: number;
  /** EVSE (1.6: connector) for which it was set; 0 for the whole station. */
  readonly evse: number;
  readonly stackLevel: number;
  readonly purpose: ProfilePurpose;
  readonly kind: ProfileKind;
  /** Transaction to which a `tx` profile belongs. */
  readonly transaction?: string;
  /** Milliseconds since 1970; undefined where it is not bounded. */
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly startSchedule?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly unit: 'A' | 'W';
  readonly periods: readonly LimitPeriod[];
  /** The profile as it was received. */
  readonly source: JsonObject;
}

/** The circumstances in which a limit is asked for. */
export interface LimitQuestion {
  readonly evse: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly transaction: string;
  /** When energy was released, in milliseconds since 1970: the start of relative schedules. */
  readonly startedAt: number;
  readonly phases: number;
  /** Volts, to turn amperes into watts. */
  readonly voltage: number;
  /** EVSEs that are charging now and share the limit of the station. */
  readonly sharing: number;
}

const DAY = 86_400_000;
const REPEATS: Readonly<Partial<Record<ProfileKind, number>>> = { daily: DAY, weekly: 7 * DAY };

/**
 * Watts that the profiles allow an EVSE now; Infinity where none limits it. A TxProfile overrules a TxDefaultProfile, the
 * higher stack level the lower one, and the limit of the station holds beside both (1.6 3.13.1 to 3.13.3; 2.x part 2, K,
 * 3.2 to 3.5, K01.FR.17). The station's own limit is shared equally.
 */
export function limitNow(profiles: readonly ChargingProfile[], question: LimitQuestion): number {
  const max = limitOf(profiles, 'station-max', question) / Math.max(1, question.sharing);
  const tx = limitOf(profiles, 'tx', question);
  return Math.min(max, Number.isFinite(tx) ? tx : limitOf(profiles, 'tx-default', question));
}

function limitOf(profiles: readonly ChargingProfile[], purpose: ProfilePurpose, question: LimitQuestion): number {
  let best: { readonly profile: ChargingProfile; readonly watts: number } | undefined;
  for (const profile of profiles) {
    if (profile.purpose !== purpose || !concerns(profile, question)) continue;
    const watts = wattsNow(profile, question);
    if (watts === undefined) continue;
    if (best === undefined || rank(profile) > rank(best.profile)) best = { profile, watts };
  }
  return best?.watts ?? Number.POSITIVE_INFINITY;
}

/** By stack level; on the same level what was set for the EVSE itself comes before what was set for all. */
function rank(profile: ChargingProfile): number {
  return 2 * profile.stackLevel + (profile.evse === 0 ? 0 : 1);
}

function concerns(profile: ChargingProfile, question: LimitQuestion): boolean {
  if (profile.evse !== 0 && profile.evse !== question.evse) return false;
  if (profile.purpose === 'tx' && profile.transaction !== question.transaction) return false;
  const { validFrom, validTo } = profile;
  return (validFrom === undefined || question.now >= validFrom) && (validTo === undefined || question.now < validTo);
}

/** The limit of a profile now, undefined where its schedule has not begun, is over, or has no period yet. */
function wattsNow(profile: ChargingProfile, question: LimitQuestion): number | undefined {
  const start = profile.kind === 'relative' ? question.startedAt : (profile.startSchedule ?? question.startedAt);
  if (question.now < start) return undefined;
  const repeat = REPEATS[profile.kind] ?? Number.POSITIVE_INFINITY;
  const elapsed = ((question.now - start) % repeat) / 1000;
  if (profile.duration !== undefined && elapsed >= profile.duration) return undefined;
  const period = profile.periods.findLast(({ start: from }) => from <= elapsed);
  if (period === undefined) return undefined;
  if (profile.unit === 'W') return period.limit;
  return period.limit * question.voltage * Math.min(period.phases, question.phases);
}
