import type { Disturbance } from '../charging-session.ts';
import { type CustomTriggerName, isCustomTrigger } from './custom-trigger-names.ts';
import type { Station2 } from './station-2.ts';

/** What a trigger sets off once it is answered, or why it does not. */
export type Triggered = (() => void) | 'Rejected' | 'NotImplemented';

/** Half a minute of a grid that is not as it should be, to which DER controls react with NotifyDERAlarm (R05). */
const disturbed =
  (disturbance: Disturbance) =>
  ({ core, der }: Station2): Triggered => {
    // Without a vehicle no power flows that could be other than planned.
    if (!core.evses.some(({ transaction }) => transaction)) return 'Rejected';
    return () => der.grid.disturb(disturbance);
  };

/**
 * Names of custom triggers (2.1, F06.FR.18): what happens to a station that has a display, a payment terminal, neighbours
 * and a grid, and to this one when its CSMS says so.
 */
const CUSTOM_TRIGGERS: Readonly<Record<CustomTriggerName, (station: Station2) => Triggered>> = {
  GridOverFrequency: disturbed({ frequency: 0.6, voltage: 0 }),
  GridUnderFrequency: disturbed({ frequency: -0.6, voltage: 0 }),
  GridOverVoltage: disturbed({ frequency: 0, voltage: 25 }),
  GridUnderVoltage: disturbed({ frequency: 0, voltage: -25 }),
};

/** What a custom trigger sets off; NotImplemented where there is none of this name (F06.FR.19). */
export function customTrigger(name: string | undefined, station: Station2): Triggered {
  return isCustomTrigger(name) ? CUSTOM_TRIGGERS[name](station) : 'NotImplemented';
}
