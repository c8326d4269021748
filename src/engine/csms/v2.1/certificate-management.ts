import { type Behaviours21, timestamp } from '../behaviour.ts';

/** Milliseconds after which a station may ask again about a certificate. */
const ASK_AGAIN_AFTER = 60 * 60 * 1000;

/** Block M, Certificate Management: what came with 2.1. */
export const certificateManagement: Behaviours21<'GetCertificateChainStatus'> = {
  // M07.FR.02, FR.05 and FR.08: an entry for each certificate, Failed where neither OCSP nor a CRL can be had.
  GetCertificateChainStatus: ({ certificateStatusRequests }, { now }) => ({
    certificateStatus: certificateStatusRequests.map(({ certificateHashData, source }) => ({
      certificateHashData,
      source,
      status: 'Failed',
      nextUpdate: timestamp(now + ASK_AGAIN_AFTER),
    })),
  }),
};
