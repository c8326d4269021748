import type { Block16 } from '../action-words.ts';
import { DELETE_CERTIFICATE, GET_INSTALLED_CERTIFICATE_IDS, INSTALL_CERTIFICATE } from '../certificates.ts';
import { GET_LOG, LOG_STATUS_NOTIFICATION } from '../logs.ts';
import { instant, labelled, object, text } from '../payload.ts';
import { acknowledged, connector, request } from '../terms.ts';

export const SECURITY = {
  CertificateSigned: { request: () => 'Install signed certificate' },
  DeleteCertificate: DELETE_CERTIFICATE,
  ExtendedTriggerMessage: { request: (payload) => [text(payload, 'requestedMessage'), connector(payload)] },
  GetInstalledCertificateIds: GET_INSTALLED_CERTIFICATE_IDS,
  GetLog: GET_LOG,
  InstallCertificate: INSTALL_CERTIFICATE,
  LogStatusNotification: LOG_STATUS_NOTIFICATION,
  SecurityEventNotification: {
    request: (payload) => [
      text(payload, 'type'),
      text(payload, 'techInfo', 60),
      labelled('at ', instant(payload, 'timestamp')),
    ],
    response: acknowledged,
  },
  SignCertificate: { request: () => 'Sign certificate' },
  SignedFirmwareStatusNotification: {
    request: (payload) => [text(payload, 'status'), request(payload)],
    response: acknowledged,
  },
  SignedUpdateFirmware: {
    request(payload) {
      const firmware = object(payload, 'firmware');
      return [
        labelled('Update from ', text(firmware, 'location', 60)),
        labelled('at ', instant(firmware, 'retrieveDateTime')),
        request(payload),
      ];
    },
  },
} satisfies Block16<'Security (whitepaper)'>;
