import { OPERATION_MODES, type OperationMode, type Quantity, type ValueName } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';

/** Whether a period of a mode has a quantity. `external`: it exists, and somebody else than the CSMS sets it. */
export type Allowance = 'required' | 'optional' | 'external' | 'none';

/**
 * "Limits and setpoints per operation mode" in block Q. LocalLoadBalancing has limits all the same, which cap the setpoint
 * that the station calculates (Q09.FR.05).
 */
const ALLOWED: Record<OperationMode, Record<Quantity, Allowance>> = {
  ChargingOnly: { limit: 'required', dischargeLimit: 'none', setpoint: 'none', setpointReactive: 'none' },
  CentralSetpoint: {
    limit: 'optional',
    dischargeLimit: 'optional',
    setpoint: 'required',
    setpointReactive: 'optional',
  },
  CentralFrequency: { limit: 'optional', dischargeLimit: 'optional', setpoint: 'required', setpointReactive: 'none' },
  LocalFrequency: { limit: 'none', dischargeLimit: 'none', setpoint: 'none', setpointReactive: 'none' },
  ExternalSetpoint: {
    limit: 'optional',
    dischargeLimit: 'optional',
    setpoint: 'external',
    setpointReactive: 'external',
  },
  ExternalLimits: { limit: 'external', dischargeLimit: 'external', setpoint: 'none', setpointReactive: 'none' },
  LocalLoadBalancing: { limit: 'optional', dischargeLimit: 'optional', setpoint: 'none', setpointReactive: 'none' },
  Idle: { limit: 'none', dischargeLimit: 'none', setpoint: 'none', setpointReactive: 'none' },
};

/** Whether a period of a mode may have a quantity; before 2.1 there is only `limit`. */
export function allowanceOf(mode: OperationMode, quantity: Quantity, version: OcppVersion): Allowance {
  if (version === '2.1') return ALLOWED[mode][quantity];
  return quantity === 'limit' ? 'required' : 'none';
}

/** Whether a number may be written in a period of a mode. */
export function isWritable(mode: OperationMode, name: ValueName, version: OcppVersion): boolean {
  const allowance = allowanceOf(mode, quantityOf(name), version);
  return (allowance === 'required' || allowance === 'optional') && (version === '2.1' || name === 'limit');
}

/** The quantity that a number is of, on whatever phase. */
export function quantityOf(name: ValueName): Quantity {
  return name.replace(/_L[23]$/, '') as Quantity;
}

/** Modes of a version. */
export function modesOf(version: OcppVersion): readonly OperationMode[] {
  return version === '2.1' ? OPERATION_MODES : ['ChargingOnly'];
}
