import type { RequestOf } from '../../../ocpp/messages.ts';
import { type Reply, reply } from '../reply.ts';
import type { Handlers16, Station16 } from './station-1.6.ts';

type Message =
  | RequestOf<'1.6', 'TriggerMessage'>['requestedMessage']
  | RequestOf<'1.6', 'ExtendedTriggerMessage'>['requestedMessage'];
type Status = 'Accepted' | 'Rejected' | 'NotImplemented';

/** Profile "RemoteTrigger" of 1.6, and its extension in the security whitepaper. */
export const REMOTE_TRIGGER: Handlers16<'TriggerMessage' | 'ExtendedTriggerMessage'> = {
  TriggerMessage: ({ requestedMessage, connectorId }, station) => trigger(requestedMessage, connectorId, station),
  ExtendedTriggerMessage: ({ requestedMessage, connectorId }, station) =>
    trigger(requestedMessage, connectorId, station),
};

function trigger(message: Message, connectorId: number | undefined, station: Station16): Reply<{ status: Status }> {
  const { core } = station;
  if (connectorId !== undefined && connectorId !== 0 && !core.evse(connectorId)) return reply({ status: 'Rejected' });
  const task = TRIGGERED[message](station, connectorId);
  return typeof task === 'string' ? reply({ status: task }) : reply({ status: 'Accepted' }, task);
}

/** What each message's trigger sets off, or why it does not (1.6 5.17). */
const TRIGGERED: Readonly<Record<Message, (station: Station16, connectorId?: number) => (() => void) | Status>> = {
  // Errata 3.35: recommended, once the station is accepted.
  BootNotification: ({ core }) => (core.registration === 'Accepted' ? 'Rejected' : () => core.bootTriggered()),
  DiagnosticsStatusNotification: ({ core, diagnostics }) => {
    const status = diagnostics.ongoing?.status ?? 'Idle';
    return () => void core.callTriggered('DiagnosticsStatusNotification', { status });
  },
  FirmwareStatusNotification: ({ core, firmware }) => {
    const status = firmware.ongoing?.status ?? 'Idle';
    return () => void core.callTriggered('FirmwareStatusNotification', { status });
  },
  LogStatusNotification: ({ core, log }) => {
    const request = log.ongoing ?? { status: 'Idle' };
    return () => void core.callTriggered('LogStatusNotification', request);
  },
  Heartbeat:
    ({ core }) =>
    () =>
      void core.callTriggered('Heartbeat', {}),
  MeterValues:
    ({ core, speaker }, connectorId) =>
    () => {
      for (const evse of core.evses) {
        const request = !connectorId || evse.id === connectorId ? speaker.meterValuesOf(evse) : undefined;
        if (request) void core.callTriggered('MeterValues', request);
      }
    },
  StatusNotification:
    ({ core, speaker }, connectorId) =>
    () => {
      const connectors = connectorId === undefined ? [0, ...core.evses.map(({ id }) => id)] : [connectorId];
      for (const one of connectors) void core.callTriggered('StatusNotification', speaker.statusOf(one));
    },
  SignChargePointCertificate:
    ({ core }) =>
    () =>
      void core.renewal.request(),
};
