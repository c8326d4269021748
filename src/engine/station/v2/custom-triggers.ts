import type { Disturbance } from '../charging-session.ts';
import { type CustomTriggerName, isCustomTrigger } from './custom-trigger-names.ts';
import { hasPriorityProfile } from './smart-charging/priority-profile.ts';
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

/** The energy management system asks for something (K11, K12, K29). */
const externally =
  (mode: 'ExternalLimits' | 'ExternalSetpoint') =>
  ({ external }: Station2): Triggered =>
    external.accepts(mode) ? () => external.set(mode) : 'Rejected';

/** A driver asks for priority charging at the station, or gives it up (K22). */
function priorityLocally({ core, speaker }: Station2): Triggered {
  const evse = core.evses.find(({ id, transaction }) => transaction && hasPriorityProfile(core, id));
  const { transaction } = evse ?? {};
  if (!evse || !transaction) return 'Rejected';
  return () => {
    const activated = evse.priority === undefined;
    evse.priority = activated ? core.now() : undefined;
    void speaker.call21('NotifyPriorityCharging', { transactionId: transaction.id, activated });
  };
}

/**
 * Names of custom triggers (2.1, F06.FR.18): what happens to a station that has a display, a payment terminal, neighbours
 * and a grid, and to this one when its CSMS says so.
 */
const CUSTOM_TRIGGERS: Readonly<Record<CustomTriggerName, (station: Station2) => Triggered>> = {
  GridOverFrequency: disturbed({ frequency: 0.6, voltage: 0 }),
  GridUnderFrequency: disturbed({ frequency: -0.6, voltage: 0 }),
  GridOverVoltage: disturbed({ frequency: 0, voltage: 25 }),
  GridUnderVoltage: disturbed({ frequency: 0, voltage: -25 }),
  ExternalLimits: externally('ExternalLimits'),
  ExternalSetpoint: externally('ExternalSetpoint'),
  ClearedChargingLimit: ({ external }) => (external.constrains ? () => external.release() : 'Rejected'),
  NotifyPriorityCharging: priorityLocally,
};

/** What a custom trigger sets off; NotImplemented where there is none of this name (F06.FR.19). */
export function customTrigger(name: string | undefined, station: Station2): Triggered {
  return isCustomTrigger(name) ? CUSTOM_TRIGGERS[name](station) : 'NotImplemented';
}
