import type { Behaviours2 } from '../behaviour.ts';

/** Block C, Authorization. Every id token is accepted. */
export const authorization: Behaviours2<'Authorize'> = {
  Authorize({ certificate, iso15118CertificateHashData }) {
    const withCertificate = certificate !== undefined || iso15118CertificateHashData !== undefined;
    // C07.FR.14: a contract certificate's status goes beside that of the token.
    return {
      idTokenInfo: { status: 'Accepted' },
      ...(withCertificate ? { certificateStatus: 'Accepted' } : {}),
    };
  },
};
