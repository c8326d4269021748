import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { PKCS8ShroudedKeyBag } from 'pkijs';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import { decryptWithPassword, IterationBudget, octets, WRONG_PASSWORD } from './password-encryption.ts';
import { isPkcs12, readPkcs12 } from './pkcs12.ts';

/** What a file held. */
export interface Bundle {
  readonly certificates: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
}

/** Longer than any bundle of the roots that a system trusts. */
const BYTES_MAX = 4_000_000;
const CERTIFICATES_MAX = 300;
const KEYS_MAX = 20;
/** What can still be calculated with. */
const KEY_BITS_MAX = 16_384;

/**
 * Reads certificates and private keys from PEM, DER (a certificate or a PKCS#8 key) or PKCS#12. The password opens what is
 * encrypted. Whatever the bytes are, it neither throws nor takes long.
 */
export async function readBundle(bytes: Uint8Array, password: string): Promise<Outcome<Bundle>> {
  if (bytes.length > BYTES_MAX) return failure('file-too-long', 'The file is longer than any certificates are.');
  const text = Buffer.from(bytes).toString('latin1');
  const read = text.includes('-----BEGIN ') ? await readPem(text, password) : await readDer(bytes, password);
  if (!read.ok) return read;
  const { certificates, keys } = read.value;
  if (certificates.length > CERTIFICATES_MAX || keys.length > KEYS_MAX) {
    const sentence = `A file may hold at most ${CERTIFICATES_MAX} certificates and ${KEYS_MAX} keys.`;
    return failure('too-many-certificates', sentence);
  }
  const isTooLong = keys.some(({ asymmetricKeyDetails }) => (asymmetricKeyDetails?.modulusLength ?? 0) > KEY_BITS_MAX);
  if (isTooLong) return failure('key-unsupported', `A private key has more than ${KEY_BITS_MAX} bits.`);
  return read;
}

async function readPem(text: string, password: string): Promise<Outcome<Bundle>> {
  const certificates: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  const budget = new IterationBudget();
  for (const { block, label, body } of pemBlocks(text)) {
    if (certificates.length > CERTIFICATES_MAX || keys.length > KEYS_MAX) break;
    if (/^(X509 |TRUSTED )?CERTIFICATE$/.test(label)) {
      const certificate = certificateOf(block);
      if (!certificate.ok) return certificate;
      certificates.push(certificate.value);
    } else if (label === 'ENCRYPTED PRIVATE KEY') {
      const key = await encryptedKey(Buffer.from(body, 'base64'), password, budget);
      if (!key.ok) return key;
      keys.push(key.value);
    } else if (label.endsWith('PRIVATE KEY')) {
      const key = plainKey(block, password, /Proc-Type:.*ENCRYPTED/.test(body));
      if (!key.ok) return key;
      keys.push(key.value);
    }
  }
  if (certificates.length + keys.length > 0) return success({ certificates, keys });
  return failure('nothing-to-import', 'There is neither a certificate nor a private key in this PEM file.');
}

/** Blocks of PEM (RFC 7468), in one pass over the text: hostile text is as quick as any. */
function* pemBlocks(
  text: string,
): Generator<{ readonly block: string; readonly label: string; readonly body: string }> {
  const begin = '-----BEGIN ';
  const line = '-----';
  for (let at = text.indexOf(begin); at >= 0; ) {
    const labelEnd = text.indexOf(line, at + begin.length);
    const bodyEnd = labelEnd < 0 ? -1 : text.indexOf(line, labelEnd + line.length);
    if (bodyEnd < 0) return;
    const label = text.slice(at + begin.length, labelEnd);
    const end = `-----END ${label}-----`;
    if (text.startsWith(end, bodyEnd)) {
      const blockEnd = bodyEnd + end.length;
      yield { block: text.slice(at, blockEnd), label, body: text.slice(labelEnd + line.length, bodyEnd) };
      at = text.indexOf(begin, blockEnd);
    } else {
      at = text.indexOf(begin, at + begin.length);
    }
  }
}

async function readDer(bytes: Uint8Array, password: string): Promise<Outcome<Bundle>> {
  const certificate = certificateOf(bytes);
  if (certificate.ok) return success({ certificates: [certificate.value], keys: [] });
  if (isPkcs12(bytes)) {
    const content = await readPkcs12(bytes, password);
    if (!content.ok) return content;
    const certificates = content.value.certificates.map(certificateOf);
    const keys = content.value.keys.map(derKey);
    return success({
      certificates: certificates.flatMap((each) => (each.ok ? [each.value] : [])),
      keys: keys.flatMap((each) => (each.ok ? [each.value] : [])),
    });
  }
  const key = derKey(bytes);
  if (key.ok) return success({ certificates: [], keys: [key.value] });
  const encrypted = await encryptedKey(bytes, password, new IterationBudget());
  if (encrypted.ok) return success({ certificates: [], keys: [encrypted.value] });
  if (encrypted.error.code !== 'key-damaged') return encrypted;
  return failure('nothing-to-import', 'This is neither a certificate (PEM, DER), nor a private key, nor PKCS#12.');
}

function certificateOf(data: string | Uint8Array): Outcome<X509Certificate> {
  try {
    const certificate = new X509Certificate(data);
    // What cannot be asked for its key is of no use, and OpenSSL says so only when it is asked.
    void certificate.publicKey;
    return success(certificate);
  } catch {
    return failure('certificate-damaged', 'A certificate in this file is damaged: it cannot be decoded.');
  }
}

/** A key in PKCS#8, PKCS#1 or SEC 1, perhaps encrypted in the old way of OpenSSL, whose cost nobody can raise. */
function plainKey(pem: string, password: string, isEncrypted: boolean): Outcome<KeyObject> {
  if (isEncrypted && password === '') return PASSWORD_MISSING;
  try {
    return success(createPrivateKey({ key: pem, passphrase: password }));
  } catch {
    return isEncrypted ? WRONG_PASSWORD : KEY_DAMAGED;
  }
}

function derKey(bytes: Uint8Array): Outcome<KeyObject> {
  try {
    return success(createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' }));
  } catch {
    return KEY_DAMAGED;
  }
}

/** A key in encrypted PKCS#8 (RFC 5958, 3). */
async function encryptedKey(der: Uint8Array, password: string, budget: IterationBudget): Promise<Outcome<KeyObject>> {
  let info: PKCS8ShroudedKeyBag;
  try {
    info = PKCS8ShroudedKeyBag.fromBER(new Uint8Array(der));
  } catch {
    return KEY_DAMAGED;
  }
  if (password === '') return PASSWORD_MISSING;
  const plain = await decryptWithPassword(info.encryptionAlgorithm, octets(info.encryptedData), password, budget);
  if (!plain.ok) return plain;
  // A wrong password yields something that cannot be told from padding once in a few hundred times.
  const key = derKey(plain.value);
  return key.ok ? key : WRONG_PASSWORD;
}

const KEY_DAMAGED = failure('key-damaged', 'A private key in this file is damaged: it cannot be decoded.');
const PASSWORD_MISSING = failure('password-missing', 'The private key is encrypted: its password is needed.');
