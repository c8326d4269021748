import { createCipheriv, createDecipheriv, createHash, pbkdf2 as pbkdf2Callback, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import type { AlgorithmIdentifier } from 'pkijs';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import { decryptRc2 } from './rc2.ts';

const pbkdf2 = promisify(pbkdf2Callback);

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA256 = '1.2.840.113549.2.9';
const AES_256_CBC = '2.16.840.1.101.3.4.1.42';
/** Ciphers of old PKCS#12 (RFC 7292, appendix C): Triple DES for keys, RC2 for certificates. */
const OLD_CIPHERS: Readonly<Record<string, { readonly name: string; readonly keyBytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyBytes: 24 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyBytes: 5 },
};
/** Pseudorandom functions of PBKDF2 (RFC 8018, B.1). */
const PRFS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  [HMAC_SHA256]: 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const CIPHERS: Readonly<
  Record<string, { readonly name: string; readonly keyBytes: number; readonly ivBytes: number }>
> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  [AES_256_CBC]: { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
};
/** Iterations of what is written: some tenths of a second for who guesses a password, and for who knows it. */
const ITERATIONS = 200_000;

/** How much a file may have calculated: its author says how often a hash is repeated. */
export class IterationBudget {
  #left = 4_000_000;

  /** Takes a number of iterations; false where they are none, or too many. */
  take(iterations: number): boolean {
    if (!Number.isSafeInteger(iterations) || iterations < 1 || iterations > this.#left) return false;
    this.#left -= iterations;
    return true;
  }
}

export const TOO_MANY_ITERATIONS = failure(
  'password-iterations',
  'Its password is to be hashed more often than is done here. Protect it anew, with openssl pkcs12 or openssl pkcs8.',
);
export const WRONG_PASSWORD = failure('password-wrong', 'The password is wrong, or the file is damaged.');

/**
 * Decrypts what a password protects: PBES2 with PBKDF2 and AES or Triple DES (RFC 8018), or the ciphers of old PKCS#12.
 */
export async function decryptWithPassword(
  { algorithmId, algorithmParams }: AlgorithmIdentifier,
  data: Uint8Array,
  password: string,
  budget: IterationBudget,
): Promise<Outcome<Buffer>> {
  if (algorithmId === PBES2) return decryptPbes2(algorithmParams, data, password, budget);
  const old = OLD_CIPHERS[algorithmId];
  const [salt, iterations] = sequence(algorithmParams);
  if (!(old && salt instanceof OctetString && iterations instanceof Integer)) return unknownEncryption(algorithmId);
  const count = numberOf(iterations);
  // The key, of 160 bits at a time, and the initialization vector have their own iterations.
  if (!budget.take(count * (Math.ceil(old.keyBytes / 20) + 1))) return TOO_MANY_ITERATIONS;
  const derive = (purpose: 1 | 2, bytes: number) => pkcs12Bytes('sha1', password, octets(salt), count, purpose, bytes);
  const [key, iv] = [await derive(1, old.keyBytes), await derive(2, 8)];
  if (old.name !== 'rc2') return decipher(old.name, key, iv, data);
  const plain = decryptRc2(key, iv, data);
  return plain ? success(plain) : WRONG_PASSWORD;
}

async function decryptPbes2(
  parameters: unknown,
  data: Uint8Array,
  password: string,
  budget: IterationBudget,
): Promise<Outcome<Buffer>> {
  const [derivation, encryption] = sequence(parameters);
  const [derivationId, derivationParameters] = sequence(derivation);
  const [cipherId, iv] = sequence(encryption);
  if (oid(derivationId) !== PBKDF2) return unknownEncryption(oid(derivationId));
  const [salt, iterations, ...rest] = sequence(derivationParameters);
  const prf = rest.find((each) => each instanceof Sequence);
  const hash = PRFS[prf === undefined ? '1.2.840.113549.2.7' : oid(sequence(prf)[0])];
  const cipher = CIPHERS[oid(cipherId)];
  const isUnderstood = salt instanceof OctetString && iterations instanceof Integer && iv instanceof OctetString;
  if (!isUnderstood || hash === undefined || cipher === undefined || octets(iv).length !== cipher.ivBytes) {
    return unknownEncryption(oid(cipherId));
  }
  const count = numberOf(iterations);
  if (!budget.take(count)) return TOO_MANY_ITERATIONS;
  const key = await pbkdf2(password, octets(salt), count, cipher.keyBytes, hash);
  return decipher(cipher.name, key, octets(iv), data);
}

/** Encrypts with a password: PBES2 with PBKDF2, HMAC-SHA-256 and AES-256 (RFC 8018). Yields the algorithm with the data. */
export async function encryptWithPassword(
  data: Uint8Array,
  password: string,
): Promise<{ readonly algorithm: Sequence; readonly data: OctetString }> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await pbkdf2(password, salt, ITERATIONS, 32, 'sha256');
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const encrypted = Buffer.concat([cipher.update(data), cipher.final()]);
  const prf = algorithm(HMAC_SHA256, new Null());
  const derivation = algorithm(
    PBKDF2,
    new Sequence({ value: [octetString(salt), new Integer({ value: ITERATIONS }), prf] }),
  );
  const encryption = algorithm(AES_256_CBC, octetString(iv));
  return {
    algorithm: algorithm(PBES2, new Sequence({ value: [derivation, encryption] })),
    data: octetString(encrypted),
  };
}

/**
 * Bytes of a password as PKCS#12 derives them (RFC 7292, appendix B): 1 is for keys, 2 for initialization vectors, 3 for
 * authentication. It rests now and then, so that many iterations hold nobody up.
 */
export async function pkcs12Bytes(
  hash: 'sha1' | 'sha256' | 'sha384' | 'sha512',
  password: string,
  salt: Uint8Array,
  iterations: number,
  purpose: 1 | 2 | 3,
  length: number,
): Promise<Buffer> {
  const block = hash === 'sha384' || hash === 'sha512' ? 128 : 64;
  const filled = (bytes: Uint8Array): Buffer =>
    bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
  // A BMPString with its end: UTF-16, the high byte first.
  const text = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const diversifier = Buffer.alloc(block, purpose);
  let input: Buffer = Buffer.concat([filled(salt), filled(text)]);
  const made: Buffer[] = [];
  for (let bytes = 0; bytes < length; ) {
    let digest: Buffer = createHash(hash).update(diversifier).update(input).digest();
    for (let done = 1; done < iterations; done++) {
      digest = createHash(hash).update(digest).digest();
      if (done % 50_000 === 0) await setImmediate();
    }
    made.push(digest);
    bytes += digest.length;
    input = added(input, Buffer.alloc(block, digest), block);
  }
  return Buffer.concat(made).subarray(0, length);
}

/** Adds a number and one to each block of the input, modulo its size. */
function added(input: Buffer, number: Buffer, block: number): Buffer {
  const sum = Buffer.from(input);
  for (let start = 0; start < sum.length; start += block) {
    let carry = 1;
    for (let at = block - 1; at >= 0; at--) {
      carry += (sum[start + at] ?? 0) + (number[at] ?? 0);
      sum[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
  return sum;
}

function decipher(name: string, key: Buffer, iv: Uint8Array, data: Uint8Array): Outcome<Buffer> {
  try {
    const cipher = createDecipheriv(name, key, iv);
    return success(Buffer.concat([cipher.update(data), cipher.final()]));
  } catch {
    return WRONG_PASSWORD;
  }
}

function unknownEncryption(id: string): Outcome<never> {
  const sentence =
    `It is encrypted in a way that is not supported here (${id.slice(0, 60) || 'not said'}). ` +
    'Take it out with what made it, and protect it anew, with openssl pkcs12 or openssl pkcs8.';
  return failure('encryption-unsupported', sentence);
}

/** The parts of a SEQUENCE; none where it is something else. */
function sequence(value: unknown): readonly unknown[] {
  return value instanceof Sequence ? value.valueBlock.value : [];
}

function oid(value: unknown): string {
  return value instanceof ObjectIdentifier ? value.getValue() : '';
}

/** The number of an INTEGER; not a number where it is too long for one. */
function numberOf(integer: Integer): number {
  return integer.valueBlock.valueHexView.length <= 6 ? Number(integer.toBigInt()) : Number.NaN;
}

/** The bytes of an OCTET STRING, also of one in parts. */
export function octets(value: OctetString): Uint8Array {
  return new Uint8Array(value.getValue());
}

export function octetString(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: new Uint8Array(bytes).buffer });
}

/** An AlgorithmIdentifier (RFC 5280, 4.1.1.2). */
export function algorithm(id: string, parameters: Sequence | OctetString | Null): Sequence {
  return new Sequence({ value: [new ObjectIdentifier({ value: id }), parameters] });
}
