import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block K, Smart Charging. */
export const smartCharging: Behaviours2<
  | 'ClearedChargingLimit'
  | 'NotifyChargingLimit'
  | 'NotifyEVChargingNeeds'
  | 'NotifyEVChargingSchedule'
  | 'ReportChargingProfiles'
> = {
  ClearedChargingLimit: acknowledge,
  NotifyChargingLimit: acknowledge,
  // K15.FR.04: no charging schedule will follow.
  NotifyEVChargingNeeds: () => ({ status: 'Rejected' }),
  NotifyEVChargingSchedule: () => ({ status: 'Accepted' }),
  ReportChargingProfiles: acknowledge,
};
