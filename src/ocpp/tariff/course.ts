import type { EvseKind } from './tariff.ts';

/** A measured value; it holds until the next one. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** From when on the EV charged (or discharged), or did not. */
export interface ChargingChange {
  readonly at: number;
  readonly charging: boolean;
}

/** What a transaction did, as far as it matters to its cost. Times are milliseconds since 1970 in UTC. */
export interface Course {
  readonly from: number;
  /** The end, or until when anything is known. */
  readonly to: number;
  readonly ended: boolean;
  /** Ascending. Before the first one the EV did not charge. */
  readonly charging: readonly ChargingChange[];
  /** Energy register in Wh, ascending in time: what was taken less what was given back. */
  readonly register: readonly Sample[];
  /** In W, negative while discharging. */
  readonly power: readonly Sample[];
  /** In A, the sum over all phases, negative while discharging. */
  readonly current: readonly Sample[];
  readonly evseKind?: EvseKind;
  readonly paymentBrand?: string;
  readonly paymentRecognition?: string;
  /** When the ReserveNow that this transaction used was received. */
  readonly reservedAt?: number;
}
