import 'reflect-metadata';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import type { CertificateFacts } from '../../session/certificate.ts';
import { keyWords } from './keys.ts';

/**
 * What a certificate says of itself.
 * @throws where it is none, or of a kind that is not understood
 */
export function certificateFacts(pem: string): CertificateFacts {
  const parsed = new NodeCertificate(pem);
  const { notBefore, notAfter, signatureAlgorithm } = new X509Certificate(parsed.raw);
  return {
    subject: distinguishedName(parsed.subject),
    issuer: distinguishedName(parsed.issuer),
    serialNumber: serialOf(parsed.serialNumber),
    notBefore: notBefore.getTime(),
    notAfter: notAfter.getTime(),
    key: keyWords(parsed.publicKey),
    // The library's type is that of browsers, which is not known here.
    signature: signatureWords(signatureAlgorithm as SignatureAlgorithm),
    names: namesIn(parsed.subjectAltName),
    fingerprint: parsed.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** A serial number as it is written everywhere here: hexadecimal, lower case, without leading zeros. */
export function serialOf(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/, '');
}

/** RFC 4514, 2.1: the last of the sequence comes first. Node yields them escaped, each on a line. */
function distinguishedName(lines: string | undefined): string {
  return (lines ?? '').split('\n').toReversed().join(',');
}

interface SignatureAlgorithm {
  readonly name: string;
  readonly hash?: { readonly name: string };
}

function signatureWords(algorithm: SignatureAlgorithm): string {
  const names: Readonly<Record<string, string>> = { 'RSASSA-PKCS1-v1_5': 'RSA', 'RSA-PSS': 'RSA-PSS' };
  const { name, hash } = algorithm;
  return hash ? `${names[name] ?? name} with ${hash.name}` : name;
}

/** Host names and addresses of what Node says of a Subject Alternative Name; it quotes what could be misread. */
function namesIn(text: string | undefined): readonly string[] {
  const found = (text ?? '').matchAll(/(?:^|, )(DNS|IP Address|[^:,]+):("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...found].flatMap(([, kind, name = '']) => {
    if (kind === 'DNS') return [name];
    return kind === 'IP Address' ? [plainAddress(name)] : [];
  });
}

/** An address as people write it: Node writes all eight groups of IPv6. */
export function plainAddress(address: string): string {
  if (!address.includes(':')) return address;
  return URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? address;
}
