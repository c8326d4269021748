import { reply } from '../reply.ts';
import { because, type Common } from './station-2.ts';

/** Block A. */
export const SECURITY: Common<'CertificateSigned'> = {
  /** A02.FR.06: what is no good is Rejected, and a security event. */
  CertificateSigned({ certificateChain, certificateType = OWN, requestId }, { core, v2g }) {
    const taken =
      certificateType === OWN
        ? core.renewal.take(certificateChain, requestId)
        : v2g.take(certificateType, certificateChain, requestId);
    if (taken.ok) return reply({ status: 'Accepted' }, () => core.settingsChanged());
    const { code, sentence } = taken.error;
    return reply({ status: 'Rejected', ...because(REASONS[code] ?? 'InvalidMessageSeq', sentence) });
  },
};

const OWN = 'ChargingStationCertificate';

/** Reason codes of appendix 5. */
const REASONS: Readonly<Record<string, string>> = {
  'invalid-certificate': 'InvalidCertificate',
  'unknown-request': 'InvalidMessageSeq',
};
