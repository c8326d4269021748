import type { DeviceModelKnown } from '../energy/known.ts';
import type { RetryBackOff } from './life.ts';

const COMPONENT = 'OCPPCommCtrlr';
/** More than anybody waits, in seconds. */
const MAXIMUM = 1_000_000;

/**
 * The variables by which a station spaced its attempts at a moment: as they were told last before it, or else first
 * after it, for a station has them before anybody asks. What is no count of seconds is not known.
 */
export function retryVariables(device: DeviceModelKnown, at?: number): RetryBackOff {
  const told = (variable: string): number | null => {
    const place = { component: COMPONENT, variable };
    const value = (at === undefined ? undefined : device.value(place, at)) ?? device.value(place);
    const number = Number(value?.value.trim() || Number.NaN);
    return Number.isInteger(number) && number >= 0 && number <= MAXIMUM ? number : null;
  };
  return {
    waitMinimum: told('RetryBackOffWaitMinimum'),
    randomRange: told('RetryBackOffRandomRange'),
    repeatTimes: told('RetryBackOffRepeatTimes'),
  };
}
