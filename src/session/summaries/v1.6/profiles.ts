import type { Block16 } from '../action-words.ts';
import { count, instant, labelled, list, number, phrase, text } from '../payload.ts';
import { acknowledged, connector } from '../terms.ts';

/** The small feature profiles of 1.6. */
export const RESERVATION = {
  CancelReservation: { request: (payload) => labelled('Cancel reservation #', number(payload, 'reservationId')) },
  ReserveNow: {
    request: (payload) => [
      phrase(
        labelled('Reservation #', number(payload, 'reservationId')),
        labelled('on ', connector(payload)?.toLowerCase()),
      ),
      labelled('tag ', text(payload, 'idTag')),
      labelled('until ', instant(payload, 'expiryDate')),
    ],
  },
} satisfies Block16<'Reservation'>;

export const FIRMWARE_MANAGEMENT = {
  DiagnosticsStatusNotification: { request: (payload) => text(payload, 'status'), response: acknowledged },
  FirmwareStatusNotification: { request: (payload) => text(payload, 'status'), response: acknowledged },
  GetDiagnostics: {
    request: (payload) => labelled('Upload to ', text(payload, 'location', 80)),
    response: (payload) => text(payload, 'fileName', 80) ?? 'No diagnostics',
  },
  UpdateFirmware: {
    request: (payload) => [
      labelled('Update from ', text(payload, 'location', 60)),
      labelled('at ', instant(payload, 'retrieveDate')),
    ],
    response: acknowledged,
  },
} satisfies Block16<'FirmwareManagement'>;

export const LOCAL_AUTH_LIST_MANAGEMENT = {
  GetLocalListVersion: {
    request: () => 'Ask for the version of the local list',
    response: (payload) => labelled('Local list version ', number(payload, 'listVersion')),
  },
  SendLocalList: {
    request: (payload) => [
      phrase(text(payload, 'updateType'), labelled('list version ', number(payload, 'listVersion'))),
      count(list(payload, 'localAuthorizationList').length, 'entry', 'entries'),
    ],
  },
} satisfies Block16<'LocalAuthListManagement'>;

export const REMOTE_TRIGGER = {
  TriggerMessage: { request: (payload) => [text(payload, 'requestedMessage'), connector(payload)] },
} satisfies Block16<'RemoteTrigger'>;
