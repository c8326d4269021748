import { createHierarchy, type Hierarchy, issueWithKey } from '../../authority/authority.ts';
import { makeBad } from '../../authority/bad-certificates.ts';
import type { HeldCertificate } from '../../authority/certificate.ts';
import type { Credential } from '../tls/credential.ts';

/** Certificates for both sides of a connection, issued below one root. */
export interface BenchCredentials {
  /** Of the CSMS, for localhost and 127.0.0.1: one with an ECDSA key and one with an RSA key. */
  readonly csms: readonly [ecdsa: Credential, rsa: Credential];
  /** The root, in PEM. */
  readonly root: string;
  /** One of a station. */
  station(serialNumber: string): Promise<Credential>;
  /** One that is bad in this way: of the CSMS, or of a station where a serial number is given. */
  bad(kind: Parameters<typeof makeBad>[0], serialNumber?: string): Promise<Credential>;
}

/** Makes them anew; with ECDSA keys, as far as nothing else is asked for, since those are made in no time. */
export async function benchCredentials(): Promise<BenchCredentials> {
  const now = Date.now();
  const hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: 'ECDSA P-256', now });
  const csms = {
    commonName: 'localhost',
    organization: 'Bench',
    names: { dns: ['localhost'], addresses: ['127.0.0.1'] },
    now,
  };
  const revocation = { crl: 'http://127.0.0.1:9/crl', ocsp: 'http://127.0.0.1:9/ocsp' };
  const station = (commonName: string) => ({ commonName, organization: 'Bench', now, revocation });
  const presented = (held: HeldCertificate) => credentialOf(held, hierarchy);
  return {
    csms: [
      presented(await issueWithKey(csms, 'ECDSA P-256', hierarchy.issuing)),
      presented(await issueWithKey(csms, 'RSA 2048', hierarchy.issuing)),
    ],
    root: hierarchy.root.certificate.toString('pem'),
    station: async (serial) => presented(await issueWithKey(station(serial), 'ECDSA P-256', hierarchy.issuing)),
    bad: async (kind, serial) =>
      presented(
        await makeBad(kind, serial === undefined ? csms : station(serial), {
          issuer: hierarchy.issuing,
          keyKind: 'ECDSA P-256',
          revoke: () => {},
        }),
      ),
  };
}

function credentialOf({ certificate, key }: HeldCertificate, { issuing }: Hierarchy): Credential {
  return { chain: `${certificate.toString('pem')}\n${issuing.certificate.toString('pem')}\n`, key: key.privatePem };
}
