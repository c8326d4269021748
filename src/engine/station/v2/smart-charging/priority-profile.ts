import type { StationCore } from '../../station-core.ts';

/** Whether there is a profile by which an EVSE could charge with priority (K21.FR.01). */
export function hasPriorityProfile({ profiles }: StationCore, evse: number): boolean {
  return profiles
    .list()
    .some(({ purpose, evseId }) => purpose === 'PriorityCharging' && (evseId === 0 || evseId === evse));
}
