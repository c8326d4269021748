import { type Behaviours2, timestamp } from '../behaviour.ts';

/** Block G, Availability. */
export const availability: Behaviours2<'Heartbeat' | 'StatusNotification'> = {
  Heartbeat: (_, { now }) => ({ currentTime: timestamp(now) }),

  StatusNotification({ evseId, connectorId, connectorStatus, timestamp: at }, { station }) {
    station.report({ evseId, connectorId, status: connectorStatus, timestamp: at });
    return {};
  },
};
