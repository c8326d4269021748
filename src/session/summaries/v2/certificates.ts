import type { Block2 } from '../action-words.ts';
import {
  certificate,
  DELETE_CERTIFICATE,
  GET_INSTALLED_CERTIFICATE_IDS,
  INSTALL_CERTIFICATE,
} from '../certificates.ts';
import { labelled, names, number, object, objects, phrase, text } from '../payload.ts';
import { statusWithReason } from '../terms.ts';

export const CERTIFICATES = {
  DeleteCertificate: DELETE_CERTIFICATE,
  Get15118EVCertificate: {
    request: (payload) => [
      phrase(text(payload, 'action'), 'EV contract certificate'),
      text(payload, 'iso15118SchemaVersion', 50),
    ],
    response: (payload) => [
      statusWithReason(payload),
      labelled('remaining contracts ', number(payload, 'remainingContracts')),
    ],
  },
  GetCertificateChainStatus: {
    request: (payload) =>
      names(objects(payload, 'certificateStatusRequests'), (asked) =>
        phrase(text(asked, 'source'), certificate(object(asked, 'certificateHashData'))),
      ),
    response: (payload) =>
      names(objects(payload, 'certificateStatus'), (found) =>
        phrase(text(found, 'status'), certificate(object(found, 'certificateHashData'))),
      ),
  },
  GetCertificateStatus: {
    request: (payload) => {
      const asked = object(payload, 'ocspRequestData');
      return [phrase('OCSP', certificate(asked)), text(asked, 'responderURL', 60)];
    },
  },
  GetInstalledCertificateIds: GET_INSTALLED_CERTIFICATE_IDS,
  InstallCertificate: INSTALL_CERTIFICATE,
} satisfies Block2<'M Certificate Management'>;
