import { type Der, members, oidOf, TAG } from './der.ts';

/** How a certificate, a list or an answer is signed. */
export interface SignatureMethod {
  readonly scheme: 'RSA PKCS#1 v1.5' | 'RSA-PSS' | 'ECDSA' | 'DSA' | 'EdDSA' | 'other';
  /** Such as `SHA-256`; undefined where the scheme has its own, or is not known. */
  readonly hash: string | undefined;
  readonly text: string;
}

const PKCS1 = 'RSA PKCS#1 v1.5';
const METHODS: Readonly<Record<string, readonly [scheme: SignatureMethod['scheme'], hash: string]>> = {
  '1.2.840.113549.1.1.2': [PKCS1, 'MD2'],
  '1.2.840.113549.1.1.3': [PKCS1, 'MD4'],
  '1.2.840.113549.1.1.4': [PKCS1, 'MD5'],
  '1.2.840.113549.1.1.5': [PKCS1, 'SHA-1'],
  '1.3.14.3.2.29': [PKCS1, 'SHA-1'],
  '1.2.840.113549.1.1.14': [PKCS1, 'SHA-224'],
  '1.2.840.113549.1.1.11': [PKCS1, 'SHA-256'],
  '1.2.840.113549.1.1.12': [PKCS1, 'SHA-384'],
  '1.2.840.113549.1.1.13': [PKCS1, 'SHA-512'],
  '1.2.840.10045.4.1': ['ECDSA', 'SHA-1'],
  '1.2.840.10045.4.3.1': ['ECDSA', 'SHA-224'],
  '1.2.840.10045.4.3.2': ['ECDSA', 'SHA-256'],
  '1.2.840.10045.4.3.3': ['ECDSA', 'SHA-384'],
  '1.2.840.10045.4.3.4': ['ECDSA', 'SHA-512'],
  '1.2.840.10040.4.3': ['DSA', 'SHA-1'],
  '2.16.840.1.101.3.4.3.1': ['DSA', 'SHA-224'],
  '2.16.840.1.101.3.4.3.2': ['DSA', 'SHA-256'],
};
const HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
};
const PSS = '1.2.840.113549.1.1.10';
const EDDSA: Readonly<Record<string, string>> = { '1.3.101.112': 'Ed25519', '1.3.101.113': 'Ed448' };

/** Hashes that nobody should trust a signature with any more (BSI TR-02102-1, RFC 6151, RFC 6194). */
const BROKEN: ReadonlySet<string | undefined> = new Set(['MD2', 'MD4', 'MD5', 'SHA-1']);

/** Reads an AlgorithmIdentifier of a signature. */
export function signatureMethod(algorithm: Der | undefined): SignatureMethod {
  const [type, parameters] = members(algorithm);
  const oid = oidOf(type);
  if (oid === PSS) return method('RSA-PSS', pssHash(parameters));
  const edwards = EDDSA[oid];
  if (edwards !== undefined) return { scheme: 'EdDSA', hash: undefined, text: edwards };
  const known = METHODS[oid];
  if (known) return method(...known);
  return { scheme: 'other', hash: undefined, text: oid === '' ? 'an unknown algorithm' : `the algorithm ${oid}` };
}

/** Whether a signature of this kind can be forged with a collision of its hash. */
export function isBroken({ hash }: SignatureMethod): boolean {
  return BROKEN.has(hash);
}

function method(scheme: SignatureMethod['scheme'], hash: string | undefined): SignatureMethod {
  return { scheme, hash, text: `${scheme} with ${hash ?? 'an unknown hash'}` };
}

/** RFC 4055, 3.1: the hash is in the [0] of the parameters, and SHA-1 where it is left out. */
function pssHash(parameters: Der | undefined): string | undefined {
  if (parameters?.tag !== TAG.sequence) return 'SHA-1';
  const tagged = members(parameters).find(({ tag }) => tag === 0xa0);
  if (tagged === undefined) return 'SHA-1';
  return HASHES[oidOf(members(members(tagged)[0])[0])];
}
