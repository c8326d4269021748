import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import type { Outcome } from '../../../session/outcome.ts';
import type { CallOutcome } from '../../rpc/effects.ts';
import { type CertificateHashData, hashDataOf } from '../certificate-store.ts';
import { CertificateRenewal } from '../security/certificate-renewal.ts';
import type { StationCore } from '../station-core.ts';
import type { DeviceModel } from './device-model.ts';

/** Certificates with which the station shows vehicles who it is, by ISO 15118-2 and ISO 15118-20. */
export const V2G_TYPES = ['V2GCertificate', 'V2G20Certificate'] as const;
export type V2gType = (typeof V2G_TYPES)[number];

/** A chain, named as GetInstalledCertificateIds names it (M03.FR.05). */
export interface V2gChain {
  readonly leaf: CertificateHashData;
  readonly children: readonly CertificateHashData[];
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The station's certificates for its connections with vehicles, each with a key of its own (A02.FR.13, FR.22, FR.23). */
export class V2gCertificates {
  readonly #core: StationCore;
  readonly #model: DeviceModel;
  readonly #renewals: Readonly<Record<V2gType, CertificateRenewal>>;
  /** In PEM, the station's own first; the newest of each type (A02.FR.15). */
  readonly #chains = new Map<V2gType, string>();

  constructor(core: StationCore, model: DeviceModel) {
    this.#core = core;
    this.#model = model;
    this.#renewals = {
      V2GCertificate: this.#renewal('V2GCertificate'),
      V2G20Certificate: this.#renewal('V2G20Certificate'),
    };
  }

  /** Whether certificates are installed at all (ISO15118Ctrlr.V2GCertificateInstallationEnabled). */
  get enabled(): boolean {
    return this.#model.text('ISO15118Ctrlr', 'V2GCertificateInstallationEnabled') === 'true';
  }

  /** Makes a key and asks for its certificate. */
  request(type: V2gType): void {
    void this.#renewals[type].request();
  }

  /** Takes what CertificateSigned brings. */
  take(type: V2gType, chain: string, requestId: number | undefined): Outcome<null> {
    return this.#renewals[type].take(chain, requestId);
  }

  /** Every chain that can be named: a root that is not installed leaves its last certificate without a name. */
  list(): readonly V2gChain[] {
    return [...this.#chains.values()].flatMap((chain) => {
      const [leaf, ...children] = this.#named(chain);
      return leaf ? [{ leaf, children }] : [];
    });
  }

  /** Removes the chain whose own certificate is named so; whether there was one (M04). */
  remove(name: CertificateHashData): boolean {
    for (const [type, chain] of this.#chains) {
      const [leaf] = this.#named(chain);
      if (!leaf || leaf.hashAlgorithm !== name.hashAlgorithm) continue;
      const same = (['issuerNameHash', 'issuerKeyHash', 'serialNumber'] as const).every(
        (part) => leaf[part].toLowerCase() === name[part].toLowerCase(),
      );
      if (same) return this.#chains.delete(type);
    }
    return false;
  }

  #renewal(type: V2gType): CertificateRenewal {
    const core = this.#core;
    const model = this.#model;
    return new CertificateRenewal({
      subject: () => ({
        commonName: model.text('ISO15118Ctrlr', 'SeccId'),
        organization: model.text('ISO15118Ctrlr', 'OrganizationName'),
        country: model.text('ISO15118Ctrlr', 'CountryName'),
      }),
      settings: () => model.signing(),
      roots: async () => [],
      installedRoots: () => core.certificates.rootsOfV2g().map(({ pem }) => pem),
      newRequestId: () => core.newRequestId(),
      send: (csr, requestId) => this.#send(type, csr, requestId),
      after: (seconds, task) => core.after(seconds, task),
      now: () => core.now(),
      onCertificate: ({ chain }) => void this.#chains.set(type, chain),
      onRefused: (sentence) => core.certificateRefused(sentence),
    });
  }

  #send(type: V2gType, csr: string, requestId: number): Promise<CallOutcome> {
    const [root] = this.#core.certificates.rootsOfV2g();
    // A02.FR.24 and FR.27 came with 2.1.
    const of21 = { requestId, ...(root ? { hashRootCertificate: root.hashData.SHA256 } : {}) };
    const request: RequestOf<'2.1', 'SignCertificate'> = {
      csr,
      certificateType: type,
      ...(this.#core.version === '2.1' ? of21 : {}),
    };
    return this.#core.callTriggered('SignCertificate', { ...request } as JsonObject);
  }

  #named(chain: string): readonly CertificateHashData[] {
    const certificates = (chain.match(BLOCK) ?? []).map((pem) => new X509Certificate(pem));
    const roots = this.#core.certificates.rootsOfV2g().map(({ pem }) => new X509Certificate(pem));
    return certificates.flatMap((one, at) => {
      const issuer = [certificates[at + 1], ...roots].find((each) => each && one.checkIssued(each));
      return issuer ? [hashDataOf(one, issuer, 'SHA256')] : [];
    });
  }
}
