import type { ControlType, TripType } from '../../../../ocpp/der/control.ts';
import { TRIP_TYPES } from '../../../../ocpp/der/control.ts';
import type { InstalledControl } from '../../../../ocpp/der/installed.ts';
import { readEnterService } from '../../../../ocpp/der/nominal-voltage.ts';
import type { Ratings } from '../../../../ocpp/der/ratings.ts';
import { innermostOf, isBeyond, isInZone, readTrip, type TripReading } from '../../../../ocpp/der/trip-curve.ts';
import type { GridNow } from './active-power.ts';

/** What the protection of one EVSE remembers. */
export interface TripMemory {
  /** Since when a value is beyond the innermost threshold of a curve. */
  readonly beyondSince: Map<TripType, number>;
  tripped?: TripType;
  /** Since when the grid is as it has to be for entering service, and by how many seconds that is delayed by chance. */
  back?: { readonly since: number; readonly randomDelay: number };
}

export interface TripQuestion {
  readonly grid: GridNow;
  readonly ratings: Ratings;
  active(type: ControlType): InstalledControl | undefined;
  /** At least 0 and below 1. */
  random(): number;
}

/**
 * The curve for which an EVSE exchanges no power with the grid now, if any. A curve that lets the station trip counts
 * as one that makes it (R04, scenario 3); after a trip the station waits for what EnterService asks.
 */
export function tripOf(memory: TripMemory, question: TripQuestion): TripType | undefined {
  const { grid } = question;
  let cessation: TripType | undefined;
  for (const type of TRIP_TYPES) {
    const reading = readingOf(type, question);
    const beyond = reading && isBeyondNormal(reading, grid);
    if (!reading || !beyond) {
      memory.beyondSince.delete(type);
      continue;
    }
    const since = memory.beyondSince.get(type) ?? grid.at;
    memory.beyondSince.set(type, since);
    if (!isInZone(reading, (grid.at - since) / 1000, measuredFor(reading, grid))) continue;
    if (reading.meaning.beyond === 'momentary cessation') cessation ??= type;
    else memory.tripped ??= type;
  }
  if (memory.tripped && entersService(memory, question)) {
    memory.tripped = undefined;
    memory.back = undefined;
  }
  return memory.tripped ?? cessation;
}

function entersService(memory: TripMemory, { active, grid, ratings, random }: TripQuestion): boolean {
  const setting = active('EnterService')?.control.setting;
  if (setting?.type !== 'EnterService') return memory.beyondSince.size === 0;
  const { bounds } = readEnterService(setting.enterService, ratings.vNom);
  const isIn =
    grid.voltage >= bounds.lowVoltage &&
    grid.voltage <= bounds.highVoltage &&
    grid.frequency >= bounds.lowFreq &&
    grid.frequency <= bounds.highFreq;
  if (!isIn) {
    memory.back = undefined;
    return false;
  }
  memory.back ??= { since: grid.at, randomDelay: random() * (bounds.randomDelay ?? 0) };
  return grid.at - memory.back.since >= 1000 * ((bounds.delay ?? 0) + memory.back.randomDelay);
}

function readingOf(type: TripType, { active, ratings }: TripQuestion): TripReading | undefined {
  const setting = active(type)?.control.setting;
  if (!setting || !('curve' in setting) || setting.type !== type) return undefined;
  return readTrip(type, setting.curve, ratings);
}

function isBeyondNormal(reading: TripReading, grid: GridNow): boolean {
  const threshold = innermostOf(reading);
  return threshold !== undefined && isBeyond(reading.meaning, measuredFor(reading, grid), threshold);
}

function measuredFor({ meaning }: TripReading, { frequency, voltage }: GridNow): number {
  return meaning.quantity === 'frequency' ? frequency : voltage;
}
