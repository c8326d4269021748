import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  PemConverter,
  type Pkcs10CertificateRequestCreateParams,
  Pkcs10CertificateRequestGenerator,
} from '@peculiar/x509';

/** A new key pair of a station with its request for a certificate. */
export interface KeyRequest {
  /** PKCS#10 (RFC 2986) in PEM, as SignCertificate carries it (A02.FR.03). */
  readonly csr: string;
  /** PKCS#8 in PEM; it never leaves the station (A02.FR.05). */
  readonly privateKey: string;
}

/** Whom a certificate is for. */
export interface CertificateSubject {
  readonly commonName: string;
  /** Name of the operator; empty where none is set. */
  readonly organization: string;
  /** ISO 3166-1; empty where none is set. */
  readonly country?: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * Makes a key pair (A02.FR.02) and asks for a certificate for this name (A00.FR.511) and, where it is set, this
 * organization (A00.FR.509; 1.6 security whitepaper, A02.FR.13).
 */
export async function makeKeyRequest(commonName: string, organization: string, country = ''): Promise<KeyRequest> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({
    name: [
      { CN: [commonName] },
      ...(organization === '' ? [] : [{ O: [organization] }]),
      ...(country === '' ? [] : [{ C: [country] }]),
    ],
    // The library's types are those of browsers, which differ from Node's in name alone.
    keys: keys as Pkcs10CertificateRequestCreateParams['keys'],
    signingAlgorithm: ALGORITHM,
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { csr: request.toString('pem'), privateKey: PemConverter.encode(privateKey, 'PRIVATE KEY') };
}
