import { acknowledge, type Behaviours, timestamp } from '../behaviour.ts';

type Core =
  | 'Authorize'
  | 'BootNotification'
  | 'DataTransfer'
  | 'Heartbeat'
  | 'MeterValues'
  | 'StartTransaction'
  | 'StatusNotification'
  | 'StopTransaction';

/** The Core profile of 1.6 (chapter 4). Every station and every id tag is accepted. */
export const core: Pick<Behaviours<'1.6'>, Core> = {
  Authorize: () => ({ idTagInfo: { status: 'Accepted' } }),

  BootNotification(request, { station, now, heartbeatInterval }) {
    station.boot = {
      vendor: request.chargePointVendor,
      model: request.chargePointModel,
      serialNumber: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber,
      firmwareVersion: request.firmwareVersion,
      at: now,
    };
    return { status: 'Accepted', currentTime: timestamp(now), interval: heartbeatInterval };
  },

  // 4.3: UnknownVendorId where no vendor's extension is known.
  DataTransfer: () => ({ status: 'UnknownVendorId' }),

  Heartbeat: (_, { now }) => ({ currentTime: timestamp(now) }),

  MeterValues: acknowledge,

  StartTransaction({ connectorId, idTag, timestamp: startedAt }, { station, nextTransactionId }) {
    const transactionId = nextTransactionId();
    station.update({ id: String(transactionId), connectorId, idToken: idTag, startedAt });
    return { transactionId, idTagInfo: { status: 'Accepted' } };
  },

  StatusNotification({ connectorId, status, errorCode, timestamp: at }, { station }) {
    station.report({ connectorId, status, errorCode: errorCode === 'NoError' ? undefined : errorCode, timestamp: at });
    return {};
  },

  // 4.10: the transaction has ended, whatever is answered; there is an idTagInfo where an id tag was given.
  StopTransaction({ transactionId, idTag }, { station }) {
    station.end(String(transactionId));
    return idTag === undefined ? {} : { idTagInfo: { status: 'Accepted' } };
  },
};
