import { plainNumber } from '../../../components/chart/value-words.ts';

/** What an event of BatterySwap says. */
export const EVENT_WORDS: Readonly<Record<string, string>> = {
  BatteryIn: 'Put in',
  BatteryOut: 'Taken out',
  BatteryOutTimeout: 'Not taken in time',
};

/** A percentage, such as `53.2 %`; a dash where nothing is known. */
export function percent(value: number | null): string {
  return value === null ? '–' : `${plainNumber(value, 1)}\u00a0%`;
}
