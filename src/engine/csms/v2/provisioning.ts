import { acknowledge, type Behaviours2, timestamp } from '../behaviour.ts';

/** Block B, Provisioning. Every station is accepted (B01.FR.02). */
export const provisioning: Behaviours2<'BootNotification' | 'NotifyReport'> = {
  BootNotification({ chargingStation, reason }, { station, now, heartbeatInterval }) {
    station.boot = {
      vendor: chargingStation.vendorName,
      model: chargingStation.model,
      serialNumber: chargingStation.serialNumber,
      firmwareVersion: chargingStation.firmwareVersion,
      reason,
      at: now,
    };
    return { status: 'Accepted', currentTime: timestamp(now), interval: heartbeatInterval };
  },

  NotifyReport: acknowledge,
};
