import type { JsonObject } from '../json.ts';

/** Something about a sampled value that is not as it should be. */
export interface SampleFault {
  readonly code:
    | 'no-object'
    | 'no-list'
    | 'no-time'
    | 'no-number'
    | 'number-for-text'
    | 'text-for-number'
    | 'unit-assumed'
    | 'unit-unknown'
    | 'unit-unfit'
    | 'measurand-unknown'
    | 'field';
  readonly sentence: string;
}

/** A sampled value of any version in one form. */
export interface SampledValue {
  /** On the wire, or the default; one that no version has is kept under its own name. */
  readonly measurand: string;
  readonly context: string;
  /** Empty where the value is of all phases together. */
  readonly phase: string;
  readonly location: string;
  /** In the base unit; undefined for signed data, and where the fault says why there is none. */
  readonly value: number | undefined;
  /** Base unit, such as `Wh`; of another standard's unit its name. */
  readonly unit: string;
  /** Signed data stand in this value: as its text in 1.6, as `signedMeterValue` in 2.x. */
  readonly signed: boolean;
  /** As it was on the wire. */
  readonly raw: JsonObject;
  readonly faults: readonly SampleFault[];
}

/** Values that were sampled at one instant. */
export interface MeterReading {
  /** Milliseconds since 1970 in UTC; undefined where the fault says why. */
  readonly at: number | undefined;
  readonly values: readonly SampledValue[];
  readonly faults: readonly SampleFault[];
}
