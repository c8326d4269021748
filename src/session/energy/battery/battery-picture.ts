import type { SlotStay, SwapEvent, SwapRequest } from './swaps.ts';

/** Of which station, EVSE and transaction, over what range, and for how many points there is room. */
export interface BatteryQuestion {
  readonly station: string;
  readonly evseId: number | null;
  readonly transaction: string | null;
  readonly range: { readonly from: number; readonly to: number };
  readonly points: number;
}

/** Values over time. */
export interface BatterySeries {
  readonly at: readonly number[];
  /** Null is a gap. */
  readonly value: readonly (number | null)[];
  /** Entry of the message behind each; 0 where there is none. */
  readonly entry: readonly number[];
}

/** The batteries that a station has to do with. */
export interface BatteryPicture {
  /** Of the EV; null where no state of charge and no need of it was told. */
  readonly ev: EvBattery | null;
  /** Null for a station that swaps none. */
  readonly swaps: SwapPicture | null;
  readonly storages: readonly StoragePicture[];
}

/** The battery of the EV at an EVSE. */
export interface EvBattery {
  readonly evseId: number;
  readonly stateOfCharge: BatterySeries;
  /** W; discharging is negative. */
  readonly power: BatterySeries;
  /** `limitAtSoC` of the profiles that were installed over the range. */
  readonly limits: readonly LimitAtSoC[];
  readonly balance: EnergyBalance | null;
  readonly needs: readonly NeedsAndReached[];
}

/** A charging rate beyond a state of charge (V2X.06 and its like). */
export interface LimitAtSoC {
  readonly soc: number;
  readonly limit: number;
  readonly unit: 'A' | 'W';
  readonly profileId: number;
  readonly entry: number;
  readonly from: number;
  /** Null where it is still installed. */
  readonly to: number | null;
}

/** What went into a battery and came out of it. Energy in Wh. */
export interface EnergyBalance {
  readonly from: number;
  readonly to: number;
  readonly taken: number | null;
  readonly given: number | null;
  readonly socAtStart: number | null;
  readonly socAtEnd: number | null;
  readonly roundTrip: RoundTrip | null;
  /** Why there is no round trip. */
  readonly noRoundTrip: string | null;
}

/**
 * How much of the energy that a battery takes comes out again, as the meter and the state of charge together tell: Wh at
 * the meter for each percent, charging and discharging.
 */
export interface RoundTrip {
  readonly efficiency: number;
  /** Wh at the meter a percent. */
  readonly takenPerPercent: number;
  readonly givenPerPercent: number;
  /** Percent of state of charge in both directions that it was seen over. */
  readonly up: number;
  readonly down: number;
}

/** What an EV asked for (NotifyEVChargingNeeds), and what became of it. */
export interface NeedsAndReached {
  readonly at: number;
  readonly entry: number;
  readonly transfer: string | null;
  readonly departure: number | null;
  readonly targetSoC: number | null;
  /** Wh. */
  readonly energy: number | null;
  /** The moment up to which it is looked at: departure, end of the transaction, or the latest value. */
  readonly until: number | null;
  readonly untilIs: 'departure' | 'end' | 'latest';
  readonly soc: number | null;
  /** Wh into the EV since then, less what it gave back. */
  readonly net: number | null;
  /** Null where nothing was asked for, or nothing is known of what came. */
  readonly verdict: 'reached' | 'missed' | 'open' | null;
}

/** What a slot for batteries has in it. */
export interface SlotRow {
  readonly slot: number;
  /** As the station says; null where it did not. */
  readonly state: string | null;
  readonly serialNumber: string | null;
  /** The latest value, from a meter or from the swap. */
  readonly soc: number | null;
  readonly socAt: number | null;
  readonly soH: number | null;
  readonly entry: number | null;
}

/** Batteries that are swapped. */
export interface SwapPicture {
  readonly slots: readonly SlotRow[];
  /** State of charge in each slot over the range. */
  readonly course: readonly { readonly slot: number; readonly series: BatterySeries }[];
  /** The latest 500, whatever the range: swaps are few, and those of one driver may lie far apart. */
  readonly events: readonly SwapEvent[];
  readonly requests: readonly SwapRequest[];
  readonly stays: readonly SlotStay[];
  readonly eventsInAll: number;
  /** `BatterySwapCtrlr`: from which state of charge on a battery is given out, and to which it is charged. */
  readonly targetSoC: number | null;
  readonly maxSoC: number | null;
}

/** A stationary battery. */
export interface StoragePicture {
  readonly instance: string;
  readonly identity: string | null;
  /** Wh. */
  readonly capacity: number | null;
  readonly stateOfCharge: BatterySeries;
  /** W; discharging is negative, as the station says. */
  readonly power: BatterySeries;
  readonly balance: EnergyBalance | null;
}
