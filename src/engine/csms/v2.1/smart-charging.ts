import { acknowledge, type Behaviours21 } from '../behaviour.ts';

/** Block K, Smart Charging: what came, or changed, with 2.1. */
export const smartCharging: Behaviours21<
  'NotifyEVChargingNeeds' | 'NotifyPriorityCharging' | 'PullDynamicScheduleUpdate'
> = {
  // NoChargingProfile: the station shall not wait for a profile, while Rejected would refuse the kind of energy transfer.
  NotifyEVChargingNeeds: () => ({ status: 'NoChargingProfile' }),
  NotifyPriorityCharging: acknowledge,
  // K28.FR.07 is about a dynamic profile of the CSMS; it has set none.
  PullDynamicScheduleUpdate: () => ({ status: 'Rejected', statusInfo: { reasonCode: 'NotFound' } }),
};
