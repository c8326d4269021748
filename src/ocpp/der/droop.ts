import type { Droop } from './control.ts';

/** A droop with its frequencies in Hz. */
export interface DroopReading {
  readonly nominal: number;
  /** Between them nothing is asked: the dead band. */
  readonly from: number;
  readonly to: number;
  readonly overDroop: number;
  readonly underDroop: number;
  readonly responseTime: number;
  readonly notes: readonly string[];
}

/**
 * Reads the frequencies of a droop. They are where it starts (2.54); values that can be no frequency of a grid are read
 * as distances from nominal, as IEEE 1547 and IEEE 2030.5 give the dead band.
 */
export function readDroop(droop: Droop, nominalFrequency?: number): DroopReading {
  const distances = Math.abs(droop.overFreq) < 10 && Math.abs(droop.underFreq) < 10;
  const nominal =
    nominalFrequency ?? (distances || Math.abs((droop.overFreq + droop.underFreq) / 2 - 60) > 5 ? 50 : 60);
  const notes = distances ? [`overFreq and underFreq are read as distances from ${nominal} Hz.`] : [];
  if (nominalFrequency === undefined && distances) notes.push('The nominal frequency is not known; 50 Hz is assumed.');
  return {
    nominal,
    from: distances ? nominal - Math.abs(droop.underFreq) : droop.underFreq,
    to: distances ? nominal + Math.abs(droop.overFreq) : droop.overFreq,
    overDroop: droop.overDroop,
    underDroop: droop.underDroop,
    responseTime: droop.responseTime,
    notes,
  };
}

/**
 * The change of power into the grid that a droop asks for at a frequency, as a share of rated power: with a droop of
 * 0.05 a deviation of 5 % of nominal changes it by all of it (IEEE 1547-2018, 6.5.2.7). Undefined without a slope.
 */
export function droopAt(droop: DroopReading, frequency: number): number | undefined {
  if (frequency > droop.to) {
    return droop.overDroop > 0 ? -(frequency - droop.to) / (droop.nominal * droop.overDroop) : undefined;
  }
  if (frequency < droop.from) {
    return droop.underDroop > 0 ? (droop.from - frequency) / (droop.nominal * droop.underDroop) : undefined;
  }
  return 0;
}

/**
 * How much of a step is reached after some seconds, from 0 to 1: 90 % after the open loop response time (2.37), on the
 * curve of a first-order system. Without a time, or with 0, all of it at once.
 */
export function responseShare(seconds: number, responseTime: number | undefined): number {
  if (seconds < 0) return 0;
  if (responseTime === undefined || responseTime <= 0) return 1;
  return 1 - 10 ** (-seconds / responseTime);
}
