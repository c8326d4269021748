import type { RateUnit } from '../../../ocpp/schedule/profile.ts';

/** Of what a picture of power is asked for. */
export interface PowerQuestion {
  readonly station: string;
  /** EVSE, or connector of 1.6; 0 is the station as a whole. */
  readonly evseId: number;
  readonly from: number;
  readonly to: number;
  /** Points that a line may have. */
  readonly points: number;
  readonly unit: RateUnit;
}

/** An instant of which somebody asks why the power is what it is. */
export interface WhyQuestion {
  readonly station: string;
  readonly evseId: number;
  readonly at: number;
  readonly unit: RateUnit;
}
