import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block A, Security. */
export const security: Behaviours2<'SecurityEventNotification' | 'SignCertificate'> = {
  SecurityEventNotification: acknowledge,
  // A02.FR.12: where there is no certificate authority (`certificate-desk.ts`) the request cannot be processed.
  SignCertificate: () => ({ status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedRequest' } }),
};
