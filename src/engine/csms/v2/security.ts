import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block A, Security. */
export const security: Behaviours2<'SecurityEventNotification' | 'SignCertificate'> = {
  SecurityEventNotification: acknowledge,
  // A02.FR.12: this CSMS has no certificate authority, so it cannot process the request.
  SignCertificate: () => ({ status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedRequest' } }),
};
