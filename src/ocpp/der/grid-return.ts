import type { EnterService } from './control.ts';

/** A measured value that holds until the next one. */
export interface Sample {
  readonly at: number;
  readonly value: number;
}

/** Since when a condition holds without a break up to an instant; undefined where it does not hold then. */
export function holdsSince(
  samples: readonly Sample[],
  at: number,
  condition: (value: number) => boolean,
): number | undefined {
  let since: number | undefined;
  for (const sample of samples) {
    if (sample.at > at) break;
    if (!condition(sample.value)) since = undefined;
    else since ??= sample.at;
  }
  return since;
}

/** Power on its way from one value to another, when all of `rated` takes `seconds`; 0 seconds are at once. */
export function rampTo(from: number, to: number, rated: number, seconds: number, elapsed: number): number {
  if (seconds <= 0) return to;
  const most = (Math.abs(rated) * Math.max(0, elapsed)) / seconds;
  return from <= to ? Math.min(to, from + most) : Math.max(to, from - most);
}

/** Whether an inverter may enter service. */
export interface EnterServiceState {
  readonly voltage: boolean | null;
  readonly frequency: boolean | null;
  /** Since when both are within their bounds. */
  readonly since: number | null;
  /** When it may enter at the earliest, and at the latest with the random delay. */
  readonly earliest: number | null;
  readonly latest: number | null;
}

/** What measured voltage and frequency mean for entering service at an instant; null where nothing was measured. */
export function enterServiceAt(
  { highVoltage, lowVoltage, highFreq, lowFreq, delay = 0, randomDelay = 0 }: EnterService,
  voltages: readonly Sample[],
  frequencies: readonly Sample[],
  at: number,
): EnterServiceState {
  const voltageSince = holdsSince(voltages, at, (value) => value >= lowVoltage && value <= highVoltage);
  const frequencySince = holdsSince(frequencies, at, (value) => value >= lowFreq && value <= highFreq);
  const known = (samples: readonly Sample[]) => samples.some((sample) => sample.at <= at);
  const both = voltageSince !== undefined && frequencySince !== undefined;
  const since = both ? Math.max(voltageSince, frequencySince) : null;
  return {
    voltage: known(voltages) ? voltageSince !== undefined : null,
    frequency: known(frequencies) ? frequencySince !== undefined : null,
    since,
    earliest: since === null ? null : since + delay * 1000,
    latest: since === null ? null : since + (delay + randomDelay) * 1000,
  };
}
