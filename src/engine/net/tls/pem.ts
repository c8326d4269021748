import { X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/**
 * The certificates of a chain of ours, in their order.
 *
 * @throws where one cannot be read
 */
export function certificatesIn(chain: string): readonly X509Certificate[] {
  return (chain.match(CERTIFICATE) ?? []).map((pem) => new X509Certificate(pem));
}
