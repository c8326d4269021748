import type { ResponseOf } from '../../../ocpp/messages.ts';
import { type Reply, reply } from '../reply.ts';
import { because, type Common } from './station-2.ts';

type Chains = NonNullable<ResponseOf<'2.0.1', 'GetInstalledCertificateIds'>['certificateHashDataChain']>;

type Children = NonNullable<Chains[number]['childCertificateHashData']>;

const V2G_CHAIN = 'V2GCertificateChain' satisfies Chains[number]['certificateType'];

/** Block M. */
export const CERTIFICATE_MANAGEMENT: Common<'DeleteCertificate' | 'GetInstalledCertificateIds' | 'InstallCertificate'> =
  {
    DeleteCertificate({ certificateHashData }, { core, v2g }) {
      const removed = core.certificates.remove(certificateHashData) || v2g.remove(certificateHashData);
      return reply({ status: removed ? 'Accepted' : 'NotFound' });
    },

    GetInstalledCertificateIds(
      { certificateType },
      { core, v2g },
    ): Reply<ResponseOf<'2.0.1', 'GetInstalledCertificateIds'>> {
      const wanted: readonly string[] | undefined = certificateType;
      const found = core.certificates.list().filter(({ use }) => wanted?.includes(use) ?? true);
      // M03.FR.05.
      const chains = (wanted?.includes(V2G_CHAIN) ?? true) ? v2g.list() : [];
      const [first, ...others]: Chains[number][] = [
        ...found.map(({ use, hashData }) => ({
          // The use came with a request of the same version.
          certificateType: use as Chains[number]['certificateType'],
          certificateHashData: hashData.SHA256,
        })),
        ...chains.map(({ leaf, children: [child, ...more] }) => ({
          certificateType: V2G_CHAIN as Chains[number]['certificateType'],
          certificateHashData: leaf,
          ...(child ? { childCertificateHashData: [child, ...more] as Children } : {}),
        })),
      ];
      // M03.FR.02.
      return reply(
        first ? { status: 'Accepted', certificateHashDataChain: [first, ...others] } : { status: 'NotFound' },
      );
    },

    InstallCertificate({ certificateType, certificate }, { core }) {
      const status = core.certificates.install(certificateType, certificate, core.now());
      return reply(status === 'Accepted' ? { status } : { status, ...because('InvalidCertificate') });
    },
  };
