import { reply } from '../reply.ts';
import type { Handlers16 } from './station-1.6.ts';

/** The security whitepaper's additions to 1.6. */
export const SECURITY: Handlers16<
  | 'CertificateSigned'
  | 'DeleteCertificate'
  | 'GetInstalledCertificateIds'
  | 'GetLog'
  | 'InstallCertificate'
  | 'SignedUpdateFirmware'
> = {
  /** A02.FR.06: what is no good is Rejected, and a security event. */
  CertificateSigned({ certificateChain }, { core }) {
    const status = core.renewal.take(certificateChain, undefined).ok ? 'Accepted' : 'Rejected';
    return reply({ status }, () => core.settingsChanged());
  },

  DeleteCertificate: ({ certificateHashData }, { core }) =>
    reply({ status: core.certificates.remove(certificateHashData) ? 'Accepted' : 'NotFound' }),

  GetInstalledCertificateIds({ certificateType }, { core }) {
    const found = core.certificates.list().filter(({ use }) => use === certificateType);
    if (found.length === 0) return reply({ status: 'NotFound' });
    return reply({ status: 'Accepted', certificateHashData: found.map(({ hashData }) => hashData.SHA256) });
  },

  GetLog({ requestId }, { core, log }) {
    const status = log.ongoing ? 'AcceptedCanceled' : 'Accepted';
    return reply({ status, filename: `log-${core.now().toFixed(0)}.log` }, () => log.start(requestId));
  },

  InstallCertificate: ({ certificateType, certificate }, { core }) =>
    reply({ status: core.certificates.install(certificateType, certificate, core.now()) }),

  /** The station cannot check signatures of firmware. */
  SignedUpdateFirmware: () => reply({ status: 'Rejected' }),
};
