import { constants, type KeyObject, verify } from 'node:crypto';
import type { Der } from './der.ts';
import { isBroken, signatureMethod } from './signature-method.ts';

/**
 * Whether a signature over some bytes is that of a key, and was made with a hash that is still safe.
 *
 * @param algorithm the AlgorithmIdentifier that stands beside the signature
 * @param signature the BIT STRING
 */
export function isSignedBy(key: KeyObject, data: Uint8Array, algorithm: Der, signature: Der): boolean {
  const method = signatureMethod(algorithm);
  if (isBroken(method) || method.scheme === 'other') return false;
  // The padding is that of the algorithm named, whatever the key would allow.
  const padding =
    method.scheme === 'RSA-PSS'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
      : {};
  try {
    const hash = method.scheme === 'EdDSA' ? null : method.hash?.replace('-', '').toLowerCase();
    return hash !== undefined && verify(hash, data, { key, ...padding }, signature.content.subarray(1));
  } catch {
    // A key of another kind than the signature.
    return false;
  }
}
