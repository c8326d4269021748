import type { ControlType } from '../../../../ocpp/der/control.ts';
import { CONTROL_TYPES } from '../../../../ocpp/der/control.ts';
import type { Ratings } from '../../../../ocpp/der/ratings.ts';
import type { ChargingHardware } from '../../charging-session.ts';

/** Reactive power that the inverter can inject or absorb, as a share of its apparent power (IEEE 1547-2018, category B). */
const REACTIVE_SHARE = 0.44;
/** Power factor of the inverter where it injects or absorbs all the reactive power that it can beside active power. */
export const RATED_POWER_FACTOR = 0.9;
/** Of the grid, in hertz. */
export const NOMINAL_FREQUENCY = 50;

/** Types of controls that the station executes: all but the monitoring of power, which it does not measure fast enough. */
export const SUPPORTED_CONTROLS: readonly ControlType[] = CONTROL_TYPES.filter(
  (type) => type !== 'PowerMonitoringMustTrip',
);

/** What an inverter in an EV at this station can do. */
export function inverterRatings({ maxCurrent, nominalVoltage, phases }: ChargingHardware): Required<Ratings> {
  const most = maxCurrent * nominalVoltage * phases;
  const maxVar = Math.round(REACTIVE_SHARE * most);
  return { maxW: most, maxChargeRateW: most, maxVA: most, maxVar, maxVarNeg: maxVar, vNom: nominalVoltage };
}
