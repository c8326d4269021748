import type { JsonObject } from '../../ocpp/json.ts';
import type { RequestOf, ResponseOf } from '../../ocpp/messages.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Credentials } from '../credentials.ts';
import type { Greeting } from './greeting.ts';

/** How a station's request for a certificate is answered, and the CertificateSigned that follows where it is Accepted. */
export interface SignDecision {
  readonly response: JsonObject;
  readonly signed?: Greeting;
}

/** Has certificates of stations signed (A02, A03; 1.6 security whitepaper, A02). */
export interface CertificateDesk {
  /** Takes a valid SignCertificate request. */
  sign(version: OcppVersion, request: JsonObject): Promise<SignDecision>;
}

/** Characters of a chain in CertificateSigned, and of the reason for a rejection. */
const CHAIN_MAX = 10_000;
const INFO_MAX = 512;
/** Certificates that are signed while a CSMS runs: each is kept, and peers decide how often they ask. */
export const SIGNED_MAX = 1000;

/**
 * A desk before a certificate authority. It asks that before it answers, so that a request that cannot be signed is
 * Rejected (A02.FR.12) and none is Accepted that nothing follows.
 */
export function createCertificateDesk(credentials: Pick<Credentials, 'sign'>): CertificateDesk {
  let signed = 0;
  return {
    async sign(version, request) {
      if (signed >= SIGNED_MAX) {
        const sentence = `This CSMS has had ${SIGNED_MAX} certificates signed, and signs no more until it is started anew.`;
        return { response: rejected(version, sentence) };
      }
      signed += 1;
      const { csr, certificateType, requestId } = request as unknown as RequestOf<'2.1', 'SignCertificate'>;
      const chain = await credentials.sign(csr, certificateType ?? 'ChargingStationCertificate');
      if (!chain.ok) {
        signed -= 1;
        return { response: rejected(version, chain.error.sentence) };
      }
      if (chain.value.length > CHAIN_MAX) {
        return { response: rejected(version, `The chain is longer than the ${CHAIN_MAX} characters that fit.`) };
      }
      // A02.FR.14 and FR.25: the type and the id are those of the request.
      const payload: RequestOf<'2.1', 'CertificateSigned'> = {
        certificateChain: chain.value,
        ...(certificateType === undefined ? {} : { certificateType }),
        ...(requestId === undefined ? {} : { requestId }),
      };
      return { response: { status: 'Accepted' }, signed: { action: 'CertificateSigned', payload } };
    },
  };
}

function rejected(version: OcppVersion, sentence: string): JsonObject {
  if (version === '1.6') return { status: 'Rejected' } satisfies ResponseOf<'1.6', 'SignCertificate'>;
  const statusInfo = { reasonCode: 'InvalidCSR', additionalInfo: sentence.slice(0, INFO_MAX) };
  return { status: 'Rejected', statusInfo } satisfies ResponseOf<'2.1', 'SignCertificate'>;
}
