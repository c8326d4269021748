import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import type { Refused } from '../profile-faults.ts';
import { type Reply, reply } from '../reply.ts';
import { admits } from '../reservations.ts';
import { readProfile } from './charging-profile.ts';
import { customTrigger, type Triggered } from './custom-triggers.ts';
import { because, type Common, type Station2 } from './station-2.ts';

/** Block F. */
export const REMOTE_CONTROL: Common<
  'RequestStartTransaction' | 'RequestStopTransaction' | 'TriggerMessage' | 'UnlockConnector'
> = {
  RequestStartTransaction({ evseId, groupIdToken, idToken, remoteStartId, chargingProfile }, { core, model }) {
    // B02.FR.05.
    if (core.registration !== 'Accepted') return reply({ status: 'Rejected', ...because('CSNotAccepted') });
    if (evseId !== undefined && !core.evse(evseId)) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    const token = { token: idToken.idToken, type: idToken.type };
    const candidates = core.evses.filter(({ id }) => evseId === undefined || id === evseId);
    const evse = candidates.find(
      (one) => core.takesTransaction(one) && admits(one.reservation, token, groupIdToken?.idToken),
    );
    if (!evse) return reply({ status: 'Rejected', ...because('TxInProgress', 'No EVSE is free for this driver.') });
    const read = chargingProfile && readProfile(core, chargingProfile, evse.id);
    if (read?.refused) return rejected(read.refused);
    const profile = read?.profile;
    // F01.FR.09, FR.11.
    if (profile && (profile.purpose !== 'TxProfile' || profile.transactionId !== undefined)) {
      return reply({ status: 'Rejected', ...because('InvalidProfile') });
    }
    return reply({ status: 'Accepted' }, () =>
      core.runner.remoteStart(evse, {
        idToken: token,
        remoteStartId,
        authorizeFirst: model.authorizeRemoteStart(),
        onStart: ({ id }) =>
          profile && core.profiles.install({ ...profile, transactionId: id }, chargingProfile as JsonObject),
      }),
    );
  },

  RequestStopTransaction({ transactionId }, { core }) {
    if (core.registration !== 'Accepted') return reply({ status: 'Rejected', ...because('CSNotAccepted') });
    const evse = core.evses.find(({ transaction }) => transaction?.id === transactionId);
    if (!evse) return reply({ status: 'Rejected', ...because('TxNotFound') });
    return reply({ status: 'Accepted' }, () => core.runner.stop(evse, 'remote'));
  },

  TriggerMessage(
    { requestedMessage, evse, customTrigger: name },
    station,
  ): Reply<ResponseOf<'2.0.1', 'TriggerMessage'>> {
    if (evse && !station.core.evse(evse.id)) return reply({ status: 'Rejected', ...because('UnknownEvse') });
    const task =
      requestedMessage === 'CustomTrigger' ? customTrigger(name, station) : TRIGGERED[requestedMessage](station, evse);
    return typeof task === 'string' ? reply({ status: task }) : reply({ status: 'Accepted' }, task);
  },

  /** F05. The lock of the connector opens at any time but in a transaction. */
  UnlockConnector({ evseId, connectorId }, { core }) {
    const evse = core.evse(evseId);
    if (!evse || connectorId !== 1) return reply({ status: 'UnknownConnector' });
    return reply({ status: evse.transaction ? 'OngoingAuthorizedTransaction' : 'Unlocked' });
  },
};

function rejected({ reasonCode, additionalInfo }: Refused): Reply<ResponseOf<'2.0.1', 'RequestStartTransaction'>> {
  return reply({ status: 'Rejected', ...because(reasonCode, additionalInfo) });
}

type Trigger = RequestOf<'2.1', 'TriggerMessage'>;
type Message = Exclude<Trigger['requestedMessage'], 'CustomTrigger'>;

const notImplemented = (): Triggered => 'NotImplemented';

/** What each message's trigger sets off, or why it does not (F06). */
const TRIGGERED: Readonly<Record<Message, (station: Station2, evse: Trigger['evse']) => Triggered>> = {
  // F06.FR.17.
  BootNotification: ({ core }) => (core.registration === 'Accepted' ? 'Rejected' : () => core.bootTriggered()),
  FirmwareStatusNotification: ({ firmware, speaker }) => {
    const status = firmware.ongoing ?? { status: 'Idle' as const };
    return () => void speaker.callTriggered('FirmwareStatusNotification', status);
  },
  Heartbeat:
    ({ speaker }) =>
    () =>
      void speaker.callTriggered('Heartbeat', {}),
  LogStatusNotification: ({ log, speaker }) => {
    const status = log.ongoing ?? { status: 'Idle' as const };
    return () => void speaker.callTriggered('LogStatusNotification', status);
  },
  MeterValues:
    ({ core, speaker }, asked) =>
    () => {
      for (const evse of core.evses) {
        const request = !asked || evse.id === asked.id ? speaker.meterValuesOf(evse) : undefined;
        if (request) void speaker.callTriggered('MeterValues', request);
      }
    },
  StatusNotification({ core, speaker }, asked) {
    const evse = asked && core.evse(asked.id);
    // F06.FR.12: only of a connector.
    if (!evse || asked?.connectorId !== 1) return 'Rejected';
    return () => void speaker.callTriggered('StatusNotification', speaker.statusOf(evse));
  },
  TransactionEvent({ core, speaker }, asked) {
    const evses = core.evses.filter(({ id, transaction }) => transaction && (!asked || asked.id === id));
    if (evses.length === 0) return 'Rejected';
    return () => {
      for (const evse of evses) {
        core.runner.refresh(evse);
        if (evse.transaction) speaker.sampled(evse, evse.transaction, 'trigger');
      }
    };
  },
  SignChargingStationCertificate:
    ({ core }) =>
    () =>
      void core.renewal.request(),
  // A02.FR.22, FR.23.
  SignV2GCertificate: ({ v2g }) => (v2g.enabled ? () => v2g.request('V2GCertificate') : 'Rejected'),
  SignV2G20Certificate: ({ v2g }) => (v2g.enabled ? () => v2g.request('V2G20Certificate') : 'Rejected'),
  // The station has a certificate of its own for each use (A02.FR.13), and publishes no firmware.
  SignCombinedCertificate: notImplemented,
  PublishFirmwareStatusNotification: notImplemented,
};
