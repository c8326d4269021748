import type { JsonObject } from '../../../ocpp/json.ts';
import type { Block16 } from '../action-words.ts';
import { bootAnswer } from '../boot.ts';
import { DATA_TRANSFER } from '../data-transfer.ts';
import { energy, measurements } from '../measurements.ts';
import { instant, labelled, list, names, number, object, objects, phrase, shortened, text } from '../payload.ts';
import { profile } from '../profiles.ts';
import { acknowledged, connector } from '../terms.ts';

export const CORE = {
  Authorize: { request: (payload) => labelled('Tag ', text(payload, 'idTag')), response: tagInfo },
  BootNotification: {
    request: (payload) => [
      phrase(text(payload, 'chargePointVendor'), text(payload, 'chargePointModel')),
      labelled('firmware ', text(payload, 'firmwareVersion')),
    ],
    response: bootAnswer,
  },
  ChangeAvailability: { request: (payload) => phrase(connector(payload), text(payload, 'type')) },
  ChangeConfiguration: {
    request: (payload) => `${text(payload, 'key') ?? '?'} = ${text(payload, 'value', 60) ?? '""'}`,
  },
  ClearCache: { request: () => 'Clear the authorization cache' },
  DataTransfer: DATA_TRANSFER,
  GetConfiguration: {
    request: (payload) => names(list(payload, 'key'), (key) => shortened(key)) ?? 'All keys',
    response: (payload) => [
      names(objects(payload, 'configurationKey'), setting),
      labelled(
        'unknown: ',
        names(list(payload, 'unknownKey'), (key) => shortened(key)),
      ),
    ],
  },
  Heartbeat: {
    request: () => 'Heartbeat',
    response: (payload) => labelled('Time ', instant(payload, 'currentTime')),
  },
  MeterValues: {
    request: (payload) => [connector(payload), transaction(payload), ...measurements(payload, '1.6')],
    response: acknowledged,
  },
  RemoteStartTransaction: {
    request: (payload) => [
      phrase('Start', labelled('on ', connector(payload)?.toLowerCase())),
      labelled('tag ', text(payload, 'idTag')),
      profile(object(payload, 'chargingProfile')),
    ],
  },
  RemoteStopTransaction: { request: (payload) => labelled('Stop transaction #', number(payload, 'transactionId')) },
  Reset: { request: (payload) => phrase(text(payload, 'type'), 'reset') },
  StartTransaction: {
    request: (payload) => [
      phrase(connector(payload), 'started'),
      labelled('tag ', text(payload, 'idTag')),
      meter(payload, 'meterStart'),
    ],
    response: (payload) => [transaction(payload), tagInfo(payload)],
  },
  StatusNotification: {
    request(payload) {
      const error = text(payload, 'errorCode');
      return [
        phrase(connector(payload), text(payload, 'status')),
        error === 'NoError' ? undefined : error,
        text(payload, 'info', 50),
        phrase(text(payload, 'vendorId'), text(payload, 'vendorErrorCode')),
      ];
    },
    response: acknowledged,
  },
  StopTransaction: {
    request: (payload) => [
      phrase(transaction(payload), 'stopped'),
      text(payload, 'reason'),
      meter(payload, 'meterStop'),
    ],
    response: (payload) => tagInfo(payload) ?? 'Acknowledged',
  },
  UnlockConnector: { request: (payload) => phrase('Unlock', connector(payload)?.toLowerCase()) },
} satisfies Block16<'Core'>;

function tagInfo(payload: JsonObject): string | undefined {
  const info = object(payload, 'idTagInfo');
  return phrase(labelled('Tag ', text(info, 'status')), labelled('until ', instant(info, 'expiryDate')));
}

function transaction(payload: JsonObject): string | undefined {
  return labelled('Transaction #', number(payload, 'transactionId'));
}

/** Meter readings of transactions are in Wh (1.6, 6.45 and 6.49). */
function meter(payload: JsonObject, key: string): string | undefined {
  const reading = number(payload, key);
  return reading === undefined ? undefined : `meter ${energy(reading)}`;
}

function setting(entry: JsonObject): string | undefined {
  const value = text(entry, 'value', 24);
  return value === undefined ? text(entry, 'key') : `${text(entry, 'key') ?? '?'} = ${value}`;
}
