import 'reflect-metadata';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  Set as Asn1Set,
  BmpString,
  Constructed,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Primitive,
  Sequence,
} from 'asn1js';
import {
  AuthenticatedSafe,
  CertBag,
  type ContentInfo,
  EncryptedData,
  PFX,
  PKCS8ShroudedKeyBag,
  PrivateKeyInfo,
  SafeContents,
} from 'pkijs';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import {
  algorithm,
  decryptWithPassword,
  encryptWithPassword,
  IterationBudget,
  octetString,
  octets,
  pkcs12Bytes,
  TOO_MANY_ITERATIONS,
  WRONG_PASSWORD,
} from './password-encryption.ts';

/** What a PKCS#12 file held, in DER. */
export interface Pkcs12Content {
  readonly certificates: readonly Uint8Array[];
  /** PKCS#8. */
  readonly keys: readonly Uint8Array[];
}

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERT_BAG = '1.2.840.113549.1.12.10.1.3';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21';
const SHA256 = '2.16.840.1.101.3.4.2.1';
const MAC_HASHES: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = {
  '1.3.14.3.2.26': 'sha1',
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
const MAC_ITERATIONS = 10_000;
const PARTS_MAX = 20;
const BAGS_MAX = 200;

/** Whether bytes are a PKCS#12 file, whatever its password is. */
export function isPkcs12(bytes: Uint8Array): boolean {
  try {
    return PFX.fromBER(new Uint8Array(bytes)).version === 3;
  } catch {
    return false;
  }
}

/** Reads a PKCS#12 file (RFC 7292) and checks that it is whole. Never throws, and bounds what its author has calculated. */
export async function readPkcs12(bytes: Uint8Array, password: string): Promise<Outcome<Pkcs12Content>> {
  try {
    return await read(PFX.fromBER(new Uint8Array(bytes)), password);
  } catch {
    return failure('pkcs12-damaged', 'The PKCS#12 file is damaged: it cannot be decoded.');
  }
}

async function read(pfx: PFX, password: string): Promise<Outcome<Pkcs12Content>> {
  const budget = new IterationBudget();
  const { content } = pfx.authSafe;
  if (pfx.authSafe.contentType !== DATA || !(content instanceof OctetString)) {
    return failure('pkcs12-unsupported', 'The PKCS#12 file is protected by a key pair, and not by a password.');
  }
  const safe = octets(content);
  const whole = await checkMac(pfx, safe, password, budget);
  if (!whole.ok) return whole;
  const certificates: Uint8Array[] = [];
  const keys: Uint8Array[] = [];
  for (const part of AuthenticatedSafe.fromBER(new Uint8Array(safe)).safeContents.slice(0, PARTS_MAX)) {
    const plain = await contentOf(part, password, budget);
    if (!plain.ok) return plain;
    for (const { bagValue } of SafeContents.fromBER(new Uint8Array(plain.value)).safeBags.slice(0, BAGS_MAX)) {
      if (bagValue instanceof PKCS8ShroudedKeyBag) {
        const { encryptionAlgorithm, encryptedData } = bagValue;
        const key = await decryptWithPassword(encryptionAlgorithm, octets(encryptedData), password, budget);
        if (!key.ok) return key;
        keys.push(key.value);
      } else if (bagValue instanceof PrivateKeyInfo) {
        keys.push(new Uint8Array(bagValue.toSchema().toBER()));
      } else if (bagValue instanceof CertBag && bagValue.certId === X509_CERTIFICATE) {
        if (bagValue.certValue instanceof OctetString) certificates.push(octets(bagValue.certValue));
      }
    }
  }
  return success({ certificates, keys });
}

/** Whether the file is as it was written by who knew the password (RFC 7292, 4). */
async function checkMac(
  { macData }: PFX,
  safe: Uint8Array,
  password: string,
  budget: IterationBudget,
): Promise<Outcome<null>> {
  if (macData === undefined) return success(null);
  const { mac, macSalt, iterations = 1 } = macData;
  const hash = MAC_HASHES[mac.digestAlgorithm.algorithmId];
  if (hash === undefined) {
    const sentence =
      'What says that the PKCS#12 file is whole is of a kind that is not supported here (PBMAC1, perhaps).';
    return failure('pkcs12-unsupported', sentence);
  }
  if (!budget.take(iterations)) return TOO_MANY_ITERATIONS;
  const said = octets(mac.digest);
  const key = await pkcs12Bytes(hash, password, octets(macSalt), iterations, 3, said.length);
  const found = createHmac(hash, key).update(safe).digest();
  return found.length === said.length && timingSafeEqual(found, said) ? success(null) : WRONG_PASSWORD;
}

async function contentOf(part: ContentInfo, password: string, budget: IterationBudget): Promise<Outcome<Uint8Array>> {
  if (part.contentType === DATA && part.content instanceof OctetString) return success(octets(part.content));
  if (part.contentType !== ENCRYPTED_DATA) {
    return failure(
      'pkcs12-unsupported',
      'A part of the PKCS#12 file is protected by a key pair, and not by a password.',
    );
  }
  const { encryptedContentInfo } = new EncryptedData({ schema: part.content });
  const data = new Uint8Array(encryptedContentInfo.getEncryptedContent());
  return decryptWithPassword(encryptedContentInfo.contentEncryptionAlgorithm, data, password, budget);
}

/**
 * Writes a PKCS#12 file: the key and the certificates under a password, with PBES2 and AES-256, authenticated with
 * HMAC-SHA-256.
 * @param certificates in DER, that of the key first
 * @param key PKCS#8 in DER
 */
export async function writePkcs12(
  certificates: readonly Uint8Array[],
  key: Uint8Array,
  password: string,
  name: string,
): Promise<Uint8Array> {
  const attributes = new Asn1Set({
    value: [
      attribute(FRIENDLY_NAME, new BmpString({ value: name })),
      attribute(LOCAL_KEY_ID, octetString(Buffer.from([1]))),
    ],
  });
  const shrouded = await encryptWithPassword(key, password);
  const keyBag = bag(SHROUDED_KEY_BAG, new Sequence({ value: [shrouded.algorithm, shrouded.data] }), attributes);
  const certificateBags = certificates.map((der, index) => {
    const value = new Sequence({
      value: [new ObjectIdentifier({ value: X509_CERTIFICATE }), explicit(octetString(der))],
    });
    return bag(CERT_BAG, value, index === 0 ? attributes : undefined);
  });
  const encrypted = await encryptWithPassword(berOf(new Sequence({ value: certificateBags })), password);
  const { valueBlock } = encrypted.data;
  const encryptedContent = new Sequence({
    value: [
      new ObjectIdentifier({ value: DATA }),
      encrypted.algorithm,
      // [0] IMPLICIT OCTET STRING
      new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: valueBlock.valueHexView.slice().buffer }),
    ],
  });
  const encryptedData = new Sequence({ value: [new Integer({ value: 0 }), encryptedContent] });
  const safe = berOf(
    new Sequence({
      value: [
        contentInfo(ENCRYPTED_DATA, encryptedData),
        contentInfo(DATA, octetString(berOf(new Sequence({ value: [keyBag] })))),
      ],
    }),
  );
  const salt = randomBytes(16);
  const macKey = await pkcs12Bytes('sha256', password, salt, MAC_ITERATIONS, 3, 32);
  const digest = createHmac('sha256', macKey).update(safe).digest();
  const macData = new Sequence({
    value: [
      new Sequence({ value: [algorithm(SHA256, new Null()), octetString(digest)] }),
      octetString(salt),
      new Integer({ value: MAC_ITERATIONS }),
    ],
  });
  return berOf(new Sequence({ value: [new Integer({ value: 3 }), contentInfo(DATA, octetString(safe)), macData] }));
}

function bag(id: string, value: Sequence, attributes: Asn1Set | undefined): Sequence {
  const parts = [new ObjectIdentifier({ value: id }), explicit(value)];
  return new Sequence({ value: attributes === undefined ? parts : [...parts, attributes] });
}

function attribute(id: string, value: BmpString | OctetString): Sequence {
  return new Sequence({ value: [new ObjectIdentifier({ value: id }), new Asn1Set({ value: [value] })] });
}

function contentInfo(id: string, content: Sequence | OctetString): Sequence {
  return new Sequence({ value: [new ObjectIdentifier({ value: id }), explicit(content)] });
}

/** `[0] EXPLICIT` */
function explicit(value: Sequence | OctetString): Constructed {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber: 0 }, value: [value] });
}

function berOf(value: Sequence): Uint8Array {
  return new Uint8Array(value.toBER());
}
