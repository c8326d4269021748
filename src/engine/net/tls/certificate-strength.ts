import type { Finding } from './peer-name.ts';
import { KEY_USAGE, type ReadCertificate } from './read-certificate.ts';
import { isBroken } from './signature-method.ts';

/** Whether the key is as strong as 112 bits at least. */
export function checkKey({ key }: ReadCertificate): Finding {
  const { family, bits, text } = key;
  const isCurve = family === 'EC' || family === 'EdDSA';
  const requirements = ['A00.FR.501', isCurve ? 'A00.FR.503' : 'A00.FR.502'];
  if (bits === undefined) {
    return { outcome: 'failed', sentence: `Its key is ${text}, whose strength is not known.`, requirements };
  }
  const least = isCurve ? 224 : 2048;
  return bits < least
    ? { outcome: 'failed', sentence: `Its key is ${text}; at least ${least} bits are required.`, requirements }
    : { outcome: 'passed', sentence: `Its key is ${text}.`, requirements };
}

/** Whether its issuer signed it with what is still safe, and as OCPP recommends. */
export function checkSignature({ signature }: ReadCertificate): Finding {
  const { scheme, hash, text } = signature;
  if (isBroken(signature)) {
    const sentence = `It is signed using ${text}, which can be forged.`;
    return { outcome: 'failed', sentence, requirements: ['A00.FR.504', 'A00.FR.506'] };
  }
  if (scheme === 'other' || (hash === undefined && scheme !== 'EdDSA')) {
    const sentence = `It is signed using ${text}, which is not known here.`;
    return { outcome: 'advice', sentence, requirements: ['A00.FR.504'] };
  }
  if (hash === 'SHA-224') {
    const sentence = `It is signed using ${text}; SHA-256 is recommended.`;
    return { outcome: 'advice', sentence, requirements: ['A00.FR.506'] };
  }
  if (scheme !== 'RSA-PSS' && scheme !== 'ECDSA') {
    const sentence = `It is signed using ${text}; RSA-PSS or ECDSA is recommended.`;
    return { outcome: 'advice', sentence, requirements: ['A00.FR.505'] };
  }
  return { outcome: 'passed', sentence: `It is signed using ${text}.`, requirements: ['A00.FR.505', 'A00.FR.506'] };
}

const PURPOSES = {
  csms: { oid: '1.3.6.1.5.5.7.3.1', name: 'serverAuth' },
  station: { oid: '1.3.6.1.5.5.7.3.2', name: 'clientAuth' },
} as const;
const ANY_PURPOSE = '2.5.29.37.0';

/** Whether the peer's own certificate may be used on its side of TLS (RFC 5280, 4.2.1.3 and 4.2.1.12). */
export function checkOwnUsage({ keyUsage, extendedKeyUsage }: ReadCertificate, kind: keyof typeof PURPOSES): Finding {
  const side = PURPOSES[kind];
  const signs = keyUsage?.includes(KEY_USAGE.digitalSignature) || keyUsage?.includes(KEY_USAGE.keyEncipherment);
  if (keyUsage && !signs) {
    const sentence = 'Its Key Usage allows neither digitalSignature nor keyEncipherment, so it is not for TLS.';
    return { outcome: 'failed', sentence, requirements: ['A00.FR.512', 'RFC 5280, 4.2.1.3'] };
  }
  if (extendedKeyUsage && !extendedKeyUsage.some((oid) => oid === side.oid || oid === ANY_PURPOSE)) {
    const sentence = `Its Extended Key Usage leaves ${side.name} out, so it is not for a ${kind === 'csms' ? 'CSMS' : 'charging station'}.`;
    return { outcome: 'failed', sentence, requirements: ['A00.FR.514', 'RFC 5280, 4.2.1.12'] };
  }
  if (extendedKeyUsage) {
    const sentence = `It has an Extended Key Usage, with ${side.name}; OCPP recommends to have none.`;
    return { outcome: 'advice', sentence, requirements: ['A00.FR.514'] };
  }
  if (!keyUsage) {
    const sentence = 'It has no Key Usage that restricts what it is for.';
    return { outcome: 'advice', sentence, requirements: ['A00.FR.512'] };
  }
  return { outcome: 'passed', sentence: 'Its Key Usage allows TLS.', requirements: ['A00.FR.512'] };
}

/** Whether a certificate may have issued another, with so many authorities between it and the peer (RFC 5280, 6.1.4). */
export function checkIssuerUsage({ isAuthority, keyUsage, pathLength }: ReadCertificate, between: number): Finding {
  const requirements = ['RFC 5280, 6.1.4'];
  if (!isAuthority) {
    return { outcome: 'failed', sentence: 'It is no certificate authority, but issued another one.', requirements };
  }
  if (keyUsage && !keyUsage.includes(KEY_USAGE.keyCertSign)) {
    return { outcome: 'failed', sentence: 'Its Key Usage does not allow it to sign certificates.', requirements };
  }
  if (pathLength !== undefined && between > pathLength) {
    const sentence = `It allows ${pathLength} authorities below it; there are ${between}.`;
    return { outcome: 'failed', sentence, requirements };
  }
  return { outcome: 'passed', sentence: 'It may issue certificates.', requirements };
}
