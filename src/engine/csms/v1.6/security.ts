import { acknowledge, type Behaviours } from '../behaviour.ts';

/** The security extensions of 1.6 (Security Whitepaper, edition 3). */
export const security: Pick<
  Behaviours<'1.6'>,
  'LogStatusNotification' | 'SecurityEventNotification' | 'SignCertificate' | 'SignedFirmwareStatusNotification'
> = {
  LogStatusNotification: acknowledge,
  SecurityEventNotification: acknowledge,
  // A02.FR.12: this CSMS has no certificate authority, so it cannot process the request.
  SignCertificate: () => ({ status: 'Rejected' }),
  SignedFirmwareStatusNotification: acknowledge,
};
