import type { ResponseOf } from '../../../ocpp/messages.ts';
import { type Reply, reply } from '../reply.ts';
import { because, type Common } from './station-2.ts';

type Chains = NonNullable<ResponseOf<'2.0.1', 'GetInstalledCertificateIds'>['certificateHashDataChain']>;

/** Block M. */
export const CERTIFICATE_MANAGEMENT: Common<'DeleteCertificate' | 'GetInstalledCertificateIds' | 'InstallCertificate'> =
  {
    DeleteCertificate: ({ certificateHashData }, { core }) =>
      reply({ status: core.certificates.remove(certificateHashData) ? 'Accepted' : 'NotFound' }),

    GetInstalledCertificateIds(
      { certificateType },
      { core },
    ): Reply<ResponseOf<'2.0.1', 'GetInstalledCertificateIds'>> {
      const wanted: readonly string[] | undefined = certificateType;
      const found = core.certificates.list().filter(({ use }) => wanted?.includes(use) ?? true);
      // M03.FR.02.
      if (found.length === 0) return reply({ status: 'NotFound' });
      const certificateHashDataChain = found.map(({ use, hashData }) => ({
        // The use came with a request of the same version.
        certificateType: use as Chains[number]['certificateType'],
        certificateHashData: hashData.SHA256,
      }));
      return reply({ status: 'Accepted', certificateHashDataChain });
    },

    InstallCertificate({ certificateType, certificate }, { core }) {
      const status = core.certificates.install(certificateType, certificate, core.now());
      return reply(status === 'Accepted' ? { status } : { status, ...because('InvalidCertificate') });
    },
  };
