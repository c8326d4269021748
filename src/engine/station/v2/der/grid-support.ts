import { type ControlType, isTripType } from '../../../../ocpp/der/control.ts';
import { responseShare } from '../../../../ocpp/der/droop.ts';
import { rampTo } from '../../../../ocpp/der/grid-return.ts';
import type { InstalledControl } from '../../../../ocpp/der/installed.ts';
import type { Ratings } from '../../../../ocpp/der/ratings.ts';
import { TRIP_MEANINGS } from '../../../../ocpp/der/trip-curve.ts';
import type { Disturbance, OfferNow } from '../../charging-session.ts';
import type { Evse } from '../../evse.ts';
import type { StationCore } from '../../station-core.ts';
import { type GridNow, type Held, type Wanted, wantedPower } from './active-power.ts';
import type { Deviation } from './der-alarms.ts';
import { inverterRatings, NOMINAL_FREQUENCY } from './inverter.ts';
import { reactivePower } from './reactive-power.ts';
import { type TripMemory, tripOf } from './trips.ts';

export interface GridSupportOptions {
  readonly core: StationCore;
  active(type: ControlType): InstalledControl | undefined;
  /** What an EVSE deviates for from its profiles, if it does. */
  onDeviation(evseId: number, deviation: Deviation | undefined): void;
}

interface Memory extends TripMemory {
  readonly held: Held;
  /** Where active power was on its way to what is asked, and when. */
  on?: { readonly at: number; readonly power: number; readonly responseTime: number };
  /** Comes back after a trip, or begins: on the softer ramp. */
  soft: boolean;
}

const DISTURBANCE_MS = 30_000;
/** Watts below which power is what was planned. */
const TOLERANCE = 50;

/** Makes of what the profiles let an EVSE do what the DER controls ask for (R05; R03.FR.03). */
export class GridSupport {
  readonly #options: GridSupportOptions;
  readonly #ratings: Required<Ratings>;
  readonly #memories = new Map<Evse, Memory>();
  #disturbance: (Disturbance & { readonly until: number }) | undefined;

  constructor(options: GridSupportOptions) {
    this.#options = options;
    this.#ratings = inverterRatings(options.core.hardware);
  }

  /** What the EVSE may do now; to be asked as time passes, while a contactor is closed. */
  adjust(evse: Evse, offer: OfferNow): OfferNow {
    const { core, active, onDeviation } = this.#options;
    const memory = this.#memoryOf(evse);
    const grid = gridOf(evse, core.now());
    const planned = plannedPower(offer, this.#ratings.maxChargeRateW);
    const trip = tripOf(memory, { grid, ratings: this.#ratings, active, random: () => core.random() });
    const wanted = trip
      ? { power: 0, by: trip }
      : wantedPower({ planned, grid, ratings: this.#ratings, held: memory.held, active });
    const most = Math.min(offer.limit, this.#ratings.maxChargeRateW);
    const least = Math.max(offer.dischargeLimit, -this.#ratings.maxW);
    const bounded = { ...wanted, power: Math.max(least, Math.min(most, wanted.power)) };
    const power = this.#onItsWay(memory, bounded, planned, grid.at);
    memory.soft = trip !== undefined || (memory.soft && Math.abs(power - bounded.power) > TOLERANCE);
    const { by } = wanted;
    const deviates = by !== undefined && Math.abs(bounded.power - planned) > TOLERANCE;
    const info = `EVSE ${evse.id}: ${watts(bounded.power)} from the grid instead of ${watts(planned)}.`;
    onDeviation(evse.id, deviates ? { controlType: by, fault: this.#faultOf(by, grid), info } : undefined);
    const moved = Math.abs(power - planned) > TOLERANCE ? heldTo(power, offer) : {};
    const reactive = evse.session.phase === 'charging' ? reactivePower(grid, this.#ratings, active) : 0;
    return { ...offer, ...moved, reactive, disturbance: this.#disturbanceAt(grid.at) };
  }

  /** Lets the grid at the station be other than it should, for half a minute. */
  disturb(disturbance: Disturbance): void {
    this.#disturbance = { ...disturbance, until: this.#options.core.now() + DISTURBANCE_MS };
  }

  #disturbanceAt(at: number): Disturbance | undefined {
    return this.#disturbance && at < this.#disturbance.until ? this.#disturbance : undefined;
  }

  /** The transaction at an EVSE is over: what was asked of it is too. */
  forget(evse: Evse): void {
    if (this.#memories.delete(evse)) this.#options.onDeviation(evse.id, undefined);
  }

  /** The response time of a control, and the ramps of Gradients, on the way to what is wanted. */
  #onItsWay(memory: Memory, wanted: Wanted, planned: number, at: number): number {
    const ramp = this.#rampSeconds(memory);
    const before = memory.on ?? { at, power: ramp > 0 ? 0 : planned, responseTime: 0 };
    const seconds = (at - before.at) / 1000;
    const responseTime = wanted.by ? (wanted.responseTime ?? 0) : before.responseTime;
    const tripping = wanted.by !== undefined && isTripType(wanted.by);
    const share = tripping ? 1 : responseShare(seconds, responseTime);
    const responded = before.power + (wanted.power - before.power) * share;
    const power = tripping ? 0 : rampTo(before.power, responded, this.#ratings.maxW, ramp, seconds);
    const arrived = wanted.by === undefined && ramp <= 0 && Math.abs(power - planned) <= TOLERANCE;
    memory.on = arrived ? undefined : { at, power, responseTime };
    return power;
  }

  /** Seconds for all of the rated power; the softer ramp is for coming back. */
  #rampSeconds({ soft }: Memory): number {
    const setting = this.#options.active('Gradients')?.control.setting;
    if (setting?.type !== 'Gradients') return 0;
    return soft ? setting.softGradient : setting.gradient;
  }

  /** What is wrong with the grid where a control of this type takes over; LimitMaxDischarge needs no fault. */
  #faultOf(type: ControlType, { frequency, voltage }: GridNow): Deviation['fault'] {
    if (type === 'LimitMaxDischarge') return undefined;
    const meaning = isTripType(type) ? TRIP_MEANINGS[type] : undefined;
    const ofVoltage = (meaning?.quantity ?? (type === 'VoltWatt' ? 'voltage' : 'frequency')) === 'voltage';
    const over = ofVoltage ? voltage > this.#ratings.vNom : frequency > NOMINAL_FREQUENCY;
    // A trip outlasts its fault until service is entered again.
    const above = meaning ? meaning.side === 'above' : over;
    if (ofVoltage) return above ? 'OverVoltage' : 'UnderVoltage';
    return above ? 'OverFrequency' : 'UnderFrequency';
  }

  #memoryOf(evse: Evse): Memory {
    const known = this.#memories.get(evse);
    if (known) return known;
    const memory: Memory = { held: new Map(), beyondSince: new Map(), soft: true };
    this.#memories.set(evse, memory);
    return memory;
  }
}

function gridOf({ session }: Evse, at: number): GridNow {
  const { frequency, voltage, power, reactive } = session;
  return { at, frequency, voltage, activePower: power, reactivePower: reactive };
}

/** What a vehicle that takes all that it may would do. */
function plannedPower({ limit, dischargeLimit, setpoint }: OfferNow, most: number): number {
  const free = Math.min(limit, most);
  return setpoint === undefined ? free : Math.max(dischargeLimit, -most, Math.min(free, setpoint));
}

/** A setpoint that holds at whatever voltage there is. */
function heldTo(setpoint: number, { limit, dischargeLimit }: OfferNow): Partial<OfferNow> {
  return setpoint < 0
    ? { setpoint, dischargeLimit: Math.max(dischargeLimit, setpoint) }
    : { setpoint, limit: Math.min(limit, setpoint) };
}

function watts(value: number): string {
  return `${Math.round(value)} W`;
}
