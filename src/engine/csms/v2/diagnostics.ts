import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block N, Diagnostics. */
export const diagnostics: Behaviours2<
  'LogStatusNotification' | 'NotifyCustomerInformation' | 'NotifyEvent' | 'NotifyMonitoringReport'
> = {
  LogStatusNotification: acknowledge,
  NotifyCustomerInformation: acknowledge,

  NotifyEvent({ eventData }, { station }) {
    for (const { component, variable, actualValue, timestamp } of eventData) {
      // B01.FR.05: this is how a station tells the status of a connector where it sends no StatusNotification.
      const { name, evse } = component;
      if (name !== 'Connector' || variable.name !== 'AvailabilityState' || evse?.connectorId === undefined) continue;
      station.report({ evseId: evse.id, connectorId: evse.connectorId, status: actualValue, timestamp });
    }
    return {};
  },

  NotifyMonitoringReport: acknowledge,
};
