import { type ECDSA, ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { brainpoolP256r1, brainpoolP384r1 } from '@noble/curves/misc.js';
import { p256, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** The curves of the signing methods of OCPP (Signed Meter Values, table 12) and of OCMF (table 22). */
export const CURVES = [
  'secp192k1',
  'secp256k1',
  'secp192r1',
  'secp256r1',
  'brainpool256r1',
  'secp384r1',
  'brainpool384r1',
] as const;

export type Curve = (typeof CURVES)[number];

/** By the object identifier of the curve in a public key (RFC 5480, RFC 5639, SEC 2). */
export const CURVE_OF_OID: ReadonlyMap<string, Curve> = new Map([
  ['1.3.132.0.31', 'secp192k1'],
  ['1.3.132.0.10', 'secp256k1'],
  ['1.2.840.10045.3.1.1', 'secp192r1'],
  ['1.2.840.10045.3.1.7', 'secp256r1'],
  ['1.3.36.3.3.2.8.1.1.7', 'brainpool256r1'],
  ['1.3.132.0.34', 'secp384r1'],
  ['1.3.36.3.3.2.8.1.1.11', 'brainpool384r1'],
]);

/**
 * The curve that a signing method names, such as `ECDSA-secp256r1-SHA256`; undefined for one that no list has. Meters
 * in the field write `brainpoolP256r1`, as RFC 5639 does, for what the lists call `brainpool256r1`.
 */
export function curveOfMethod(method: string): Curve | undefined {
  const name = /^ECDSA-(\w+)-SHA-?256$/i.exec(method)?.[1]?.toLowerCase().replace('brainpoolp', 'brainpool');
  return CURVES.find((curve) => curve === name);
}

/** SEC 2, 2.2.1 and 2.2.2; nothing newer than meters uses them, so that the library has only the means to build them. */
const secp192k1 = ecdsa(
  weierstrass({
    p: 0xfffffffffffffffffffffffffffffffffffffffeffffee37n,
    n: 0xfffffffffffffffffffffffe26f2fc170f69466a74defd8dn,
    h: 1n,
    a: 0n,
    b: 3n,
    Gx: 0xdb4ff10ec057e9ae26b07d0280b7f4341da5d1b1eae06c7dn,
    Gy: 0x9b2f2f6d9c5628a7844163d015be86344082aa88d95e2f9dn,
  }),
  sha256,
);
const secp192r1 = ecdsa(
  weierstrass({
    p: 0xfffffffffffffffffffffffffffffffeffffffffffffffffn,
    n: 0xffffffffffffffffffffffff99def836146bc9b1b4d22831n,
    h: 1n,
    a: 0xfffffffffffffffffffffffffffffffefffffffffffffffcn,
    b: 0x64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1n,
    Gx: 0x188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012n,
    Gy: 0x07192b95ffc8da78631011ed6b24cdd573f977a11e794811n,
  }),
  sha256,
);

const IMPLEMENTATIONS: Readonly<Record<Curve, ECDSA>> = {
  secp192k1,
  secp256k1,
  secp192r1,
  secp256r1: p256,
  brainpool256r1: brainpoolP256r1,
  secp384r1: p384,
  brainpool384r1: brainpoolP384r1,
};

/** Whether bytes are the coordinates of a point on a curve, as SEC 1, 2.3.4 writes it. */
export function isPoint(curve: Curve, point: Uint8Array): boolean {
  return IMPLEMENTATIONS[curve].utils.isValidPublicKey(point);
}

/**
 * Whether a signature (DER) over the SHA-256 of a message is of the holder of a public key. Both values of `s` that belong
 * to a signature are valid: meters do not choose the lower one.
 */
export function isSignatureOf(curve: Curve, point: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const options = { prehash: false, lowS: false, format: 'der' } as const;
    return IMPLEMENTATIONS[curve].verify(signature, sha256(message), point, options);
  } catch {
    // The library throws where the signature is none, by its length or encoding.
    return false;
  }
}
