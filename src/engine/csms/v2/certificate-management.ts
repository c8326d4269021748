import type { Behaviours2 } from '../behaviour.ts';

const NOT_CONNECTED = { reasonCode: 'UnsupportedRequest' } as const;

/** Block M, Certificate Management. This CSMS has neither a contract certificate pool nor an OCSP responder. */
export const certificateManagement: Behaviours2<'Get15118EVCertificate' | 'GetCertificateStatus'> = {
  Get15118EVCertificate: () => ({ status: 'Failed', exiResponse: '', statusInfo: NOT_CONNECTED }),
  // M06.FR.04: the status could not be retrieved.
  GetCertificateStatus: () => ({ status: 'Failed', statusInfo: NOT_CONNECTED }),
};
