import 'reflect-metadata';
import { createPublicKey } from 'node:crypto';
import { Pkcs10CertificateRequest, type PublicKeyType, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { anyName, serverNames, stationName } from './host-names.ts';
import { keyWords } from './keys.ts';
import type { ServerNames } from './machine-names.ts';

/** What a request for a certificate asks for, once it was found sound. */
export interface SigningRequest {
  readonly commonName: string;
  /** Undefined where it names none. */
  readonly organization: string | undefined;
  readonly names: ServerNames;
  readonly publicKey: PublicKeyType;
}

/** Longer than any request with a key that is taken. */
const TEXT_MAX = 100_000;
const RSA_BITS_MIN = 2048;
const RSA_BITS_MAX = 8192;
const PEM = /-----BEGIN (NEW )?CERTIFICATE REQUEST-----[A-Za-z0-9+/=\s]+-----END (NEW )?CERTIFICATE REQUEST-----/;

/**
 * Reads a request (PKCS#10, RFC 2986) in PEM and checks what an authority has to: that who asks has the private key, that
 * the key is strong enough (A00.FR.501 to A00.FR.503), and that it says whose it is (A00.FR.510, A00.FR.511).
 */
export async function readSigningRequest(text: string, role: 'csms' | 'station'): Promise<Outcome<SigningRequest>> {
  const pem = text.length > TEXT_MAX ? undefined : PEM.exec(text)?.[0];
  if (pem === undefined) {
    return failure('csr-not-pem', 'This is no certificate signing request in PEM (BEGIN CERTIFICATE REQUEST).');
  }
  let request: Pkcs10CertificateRequest;
  try {
    request = new Pkcs10CertificateRequest(pem.replaceAll('NEW CERTIFICATE', 'CERTIFICATE'));
  } catch {
    return failure('csr-damaged', 'The certificate signing request is damaged: it cannot be decoded.');
  }
  try {
    const key = checkKey(request);
    if (!key.ok) return key;
    if (!(await signs(request))) {
      const sentence =
        'The signature of the request is wrong: who made it does not have the private key of what it asks for.';
      return failure('csr-signature', sentence);
    }
    const [given = ''] = request.subjectName.getField('CN');
    const commonName = role === 'station' ? stationName(given) : anyName(given);
    if (!commonName.ok) return commonName;
    const names = namesOf(request, role);
    if (!names.ok) return names;
    const [organization] = request.subjectName.getField('O');
    const publicKey = request.publicKey;
    return success({ commonName: commonName.value, organization, names: names.value, publicKey });
  } catch (error) {
    return failure('csr-damaged', `The certificate signing request cannot be understood: ${(error as Error).message}.`);
  }
}

/** Whether the request is signed by the key that it is for; a signature that cannot be checked is not one. */
async function signs(request: Pkcs10CertificateRequest): Promise<boolean> {
  try {
    return await request.verify();
  } catch {
    return false;
  }
}

function checkKey(request: Pkcs10CertificateRequest): Outcome<null> {
  let words: string;
  let bits: number | undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(request.publicKey.rawData), type: 'spki', format: 'der' });
    words = keyWords(key);
    bits = key.asymmetricKeyDetails?.modulusLength;
  } catch {
    return failure('csr-key-unsupported', 'The key of the request is of a kind that is not known here.');
  }
  if (/^ECDSA P-(256|384|521)$/.test(words)) return success(null);
  if (words.startsWith('RSA') && bits !== undefined) {
    if (bits >= RSA_BITS_MIN && bits <= RSA_BITS_MAX) return success(null);
    const sentence =
      bits < RSA_BITS_MIN
        ? `The key of the request is too weak: ${words}, and RSA needs ${RSA_BITS_MIN} bits (A00.FR.501, A00.FR.502).`
        : `The key of the request has ${bits} bits, and at most ${RSA_BITS_MAX} are taken.`;
    return failure(bits < RSA_BITS_MIN ? 'csr-key-weak' : 'csr-key-unsupported', sentence);
  }
  if (/^ECDSA .*(160|163|192|193)/.test(words)) {
    const sentence = `The key of the request is too weak: ${words}, and 224 bits are needed (A00.FR.501, A00.FR.503).`;
    return failure('csr-key-weak', sentence);
  }
  return failure(
    'csr-key-unsupported',
    `Keys of the kind ${words} are not signed here: ECDSA P-256, P-384, P-521 and RSA are.`,
  );
}

/** Names and addresses that a CSMS asks for; a station has none (A00.FR.511). */
function namesOf(request: Pkcs10CertificateRequest, role: 'csms' | 'station'): Outcome<ServerNames> {
  if (role === 'station') return success({ dns: [], addresses: [] });
  const asked = request.extensions
    .filter((extension) => extension instanceof SubjectAlternativeNameExtension)
    .flatMap(({ names }) => names.items)
    .filter(({ type }) => type === 'dns' || type === 'ip')
    .map(({ value }) => value);
  const [commonName = ''] = request.subjectName.getField('CN');
  return serverNames(asked.length > 0 ? asked : [commonName]);
}
