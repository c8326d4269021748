import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../session/certificate.ts';
import { readCertificate } from '../net/tls/read-certificate.ts';

/**
 * What a certificate says of itself.
 * @throws where it is none
 */
export function certificateFacts(pem: string): CertificateFacts {
  return readCertificate(new X509Certificate(pem)).facts;
}

/** A serial number as it is written everywhere here: hexadecimal, lower case, without leading zeros. */
export function serialOf(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/, '');
}

/** An address as `CertificateFacts.names` has it, IPv6 as RFC 5952 writes it. */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  return URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? address;
}
