import type { JsonObject } from '../../../ocpp/json.ts';
import type { ResponseOf } from '../../../ocpp/messages.ts';
import { isEnergised } from '../charging-session.ts';
import { type Reply, reply } from '../reply.ts';
import { admits } from '../reservations.ts';
import { profileOf } from './smart-charging.ts';
import type { Handlers16 } from './station-1.6.ts';

/** Profile "Core" of 1.6. */
export const CORE: Handlers16<
  | 'ChangeAvailability'
  | 'ChangeConfiguration'
  | 'ClearCache'
  | 'DataTransfer'
  | 'GetConfiguration'
  | 'RemoteStartTransaction'
  | 'RemoteStopTransaction'
  | 'Reset'
  | 'UnlockConnector'
> = {
  ChangeAvailability({ connectorId, type }, { core, speaker }) {
    const evse = core.evse(connectorId);
    if (connectorId !== 0 && !evse) return reply({ status: 'Rejected' });
    const evses = evse ? [evse] : core.evses;
    const operative = type === 'Operative';
    // 5.2: connector 0 stands for the charge point and all its connectors.
    if (!evse) core.operative = operative;
    for (const one of evses) {
      one.operative = operative;
      // 5.13: a reservation ends where its connector becomes unavailable.
      if (!operative && one.reservation) core.reservations.cancel(one.reservation.id);
    }
    const scheduled = !operative && evses.some(({ transaction }) => transaction);
    return reply({ status: scheduled ? 'Scheduled' : 'Accepted' }, () => {
      if (!evse) speaker.reportStation(false);
      for (const one of evses) speaker.reportStatus(one, false);
    });
  },

  ChangeConfiguration({ key, value }, { core, configuration }) {
    const status = configuration.set(key, value);
    return reply({ status }, () => core.settingsChanged());
  },

  /** There is no authorization cache (errata: then it is rejected). */
  ClearCache: () => reply({ status: 'Rejected' }),

  /** No vendor's extensions are known. */
  DataTransfer: () => reply({ status: 'UnknownVendorId' }),

  GetConfiguration({ key: asked }, { configuration }) {
    if (!asked || asked.length === 0) return reply({ configurationKey: configuration.list(), unknownKey: [] });
    const found = asked.map((name) => ({ name, key: configuration.find(name) }));
    return reply({
      configurationKey: found.flatMap(({ key }) => (key ? [key] : [])),
      unknownKey: found.flatMap(({ name, key }) => (key ? [] : [name])),
    });
  },

  RemoteStartTransaction(
    { connectorId, idTag, chargingProfile },
    { core, configuration },
  ): Reply<ResponseOf<'1.6', 'RemoteStartTransaction'>> {
    const idToken = { token: idTag, type: 'Central' };
    const candidates = connectorId === undefined ? core.evses : core.evses.filter(({ id }) => id === connectorId);
    const evse = candidates.find((one) => core.takesTransaction(one) && admits(one.reservation, idToken));
    // 4.2: not allowed before the station is accepted.
    if (!evse || core.registration !== 'Accepted') return reply({ status: 'Rejected' });
    const payload = chargingProfile as JsonObject | undefined;
    const profile = payload && profileOf(core, payload, evse.id);
    // Errata 3.41: a TxProfile without a transaction id.
    const fits = profile?.purpose === 'TxProfile' && profile.transactionId === undefined;
    if (payload && !fits) return reply({ status: 'Rejected' });
    return reply({ status: 'Accepted' }, () =>
      core.runner.remoteStart(evse, {
        idToken,
        authorizeFirst: configuration.authorizeRemoteStart(),
        onStart: ({ id }) => payload && profile && core.profiles.install({ ...profile, transactionId: id }, payload),
      }),
    );
  },

  RemoteStopTransaction({ transactionId }, { core, speaker }) {
    const evse = core.evses.find(({ transaction }) => transaction && speaker.idOf(transaction) === transactionId);
    if (!evse || core.registration !== 'Accepted') return reply({ status: 'Rejected' });
    return reply({ status: 'Accepted' }, () => core.runner.stop(evse, 'remote'));
  },

  Reset({ type }, { core }) {
    const cause = type === 'Hard' ? 'immediate-reset' : 'reset';
    return reply({ status: 'Accepted' }, () => core.reboot({ cause, reason: 'RemoteReset' }, 'now'));
  },

  /** 5.18: a transaction on the connector is finished first. */
  UnlockConnector({ connectorId }, { core }) {
    const evse = core.evse(connectorId);
    if (!evse) return reply({ status: 'NotSupported' });
    if (isEnergised(evse.session.phase)) core.runner.stop(evse, 'unlock');
    return reply({ status: 'Unlocked' });
  },
};
