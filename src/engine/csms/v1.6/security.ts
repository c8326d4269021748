import { acknowledge, type Behaviours } from '../behaviour.ts';

/** The security extensions of 1.6 (Security Whitepaper, edition 3). */
export const security: Pick<
  Behaviours<'1.6'>,
  'LogStatusNotification' | 'SecurityEventNotification' | 'SignCertificate' | 'SignedFirmwareStatusNotification'
> = {
  LogStatusNotification: acknowledge,
  SecurityEventNotification: acknowledge,
  // A02.FR.12: where there is no certificate authority (`certificate-desk.ts`) the request cannot be processed.
  SignCertificate: () => ({ status: 'Rejected' }),
  SignedFirmwareStatusNotification: acknowledge,
};
