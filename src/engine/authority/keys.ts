import 'reflect-metadata';
import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto';
import { PemConverter, PublicKey, type PublicKeyType, type X509CertificateCreateWithKeyParams } from '@peculiar/x509';

/** Kinds of keys that the authority makes. `RSA 1024` is one of those that a peer should refuse (A00.FR.502). */
export const KEY_KINDS = ['ECDSA P-256', 'ECDSA P-384', 'RSA 2048', 'RSA 3072', 'RSA 1024'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** A private key with its public half. */
export interface KeyPair {
  readonly kind: KeyKind;
  readonly publicKey: PublicKeyType;
  /** PKCS#8 in PEM. */
  readonly privatePem: string;
}

/** How a certificate is signed: as A00.FR.505 and A00.FR.506 recommend, or in the old way that a peer should refuse. */
export type SigningMethod = 'recommended' | 'SHA-1';

type KeyAlgorithm = (webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams) & { readonly hash: string };
/** What signs: the key as WebCrypto wants it for a method, and the method as the certificate names it. */
export interface Signer {
  readonly key: X509CertificateCreateWithKeyParams['signingKey'];
  readonly algorithm: KeyAlgorithm & { readonly saltLength?: number };
}

const PUBLIC_EXPONENT = new Uint8Array([1, 0, 1]);

function algorithmOf(kind: KeyKind, method: SigningMethod = 'recommended'): KeyAlgorithm {
  const [family, size = ''] = kind.split(' ');
  if (family === 'ECDSA') {
    const hash = method === 'SHA-1' ? 'SHA-1' : size === 'P-384' ? 'SHA-384' : 'SHA-256';
    return { name: 'ECDSA', namedCurve: size, hash };
  }
  const common = { modulusLength: Number(size), publicExponent: PUBLIC_EXPONENT };
  return method === 'SHA-1'
    ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1', ...common }
    : { name: 'RSA-PSS', hash: 'SHA-256', ...common };
}

/** Makes a key pair. */
export async function generateKey(kind: KeyKind): Promise<KeyPair> {
  const pair = await webcrypto.subtle.generateKey(algorithmOf(kind), true, ['sign', 'verify']);
  // An algorithm that signs yields a pair.
  const { publicKey, privateKey } = pair as webcrypto.CryptoKeyPair;
  const bytes = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  // The library's types are those of browsers, which differ from Node's in name alone.
  return { kind, publicKey: publicKey as PublicKeyType, privatePem: PemConverter.encode(bytes, 'PRIVATE KEY') };
}

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/** A key in a few words, such as `ECDSA P-256` or `RSA 2048`. */
export function keyWords({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const type: string = asymmetricKeyType ?? 'unknown';
  const { modulusLength, namedCurve = '' } = asymmetricKeyDetails ?? {};
  if (type === 'ec') return `ECDSA ${CURVES[namedCurve] ?? namedCurve}`;
  return modulusLength === undefined ? type : `${type.toUpperCase()} ${modulusLength}`;
}

/** The pair of a private key that was kept; undefined where it is none that the authority makes. */
export function keyPairOf(privatePem: string): KeyPair | undefined {
  try {
    const key = createPrivateKey(privatePem);
    const kind = KEY_KINDS.find((each) => each === keyWords(key));
    const bytes = createPublicKey(key).export({ type: 'spki', format: 'der' });
    return kind && { kind, publicKey: new PublicKey(new Uint8Array(bytes)), privatePem };
  } catch {
    return undefined;
  }
}

/** The key that signs in a way. */
export async function signerOf({ kind, privatePem }: KeyPair, method: SigningMethod = 'recommended'): Promise<Signer> {
  const algorithm = algorithmOf(kind, method);
  const key = await webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(privatePem), algorithm, false, [
    'sign',
  ]);
  return {
    key: key as Signer['key'],
    algorithm: algorithm.name === 'RSA-PSS' ? { ...algorithm, saltLength: 32 } : algorithm,
  };
}
