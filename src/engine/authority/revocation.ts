import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { type X509Certificate, X509CrlGenerator, X509CrlReason } from '@peculiar/x509';
import { Constructed, Enumerated, GeneralizedTime, OctetString, Primitive } from 'asn1js';
import {
  BasicOCSPResponse,
  type CertID,
  Certificate,
  CryptoEngine,
  Extension,
  Extensions,
  id_PKIX_OCSP_Basic,
  OCSPRequest,
  OCSPResponse,
  ResponseBytes,
  SingleResponse,
} from 'pkijs';
import type { HeldCertificate } from './certificate.ts';
import { signerOf } from './keys.ts';

/** Certificates of an authority that were revoked, by their serial numbers. */
export class Revocations {
  readonly #revoked = new Map<string, number>();
  readonly #issued = new Set<string>();

  /** Those of a record of what was issued, by serial number: the time of its revocation, or null. */
  static of(issued: Readonly<Record<string, number | null>>): Revocations {
    const made = new Revocations();
    for (const [serial, at] of Object.entries(issued)) {
      made.#issued.add(serial);
      if (at !== null) made.#revoked.set(serial, at);
    }
    return made;
  }

  /** Notes a certificate that the authority issued: a responder answers for no other. */
  issued(certificate: X509Certificate): void {
    this.#issued.add(certificate.serialNumber.toLowerCase());
  }

  /** @param at milliseconds since 1970 */
  revoke(certificate: X509Certificate, at: number): void {
    this.issued(certificate);
    this.#revoked.set(certificate.serialNumber.toLowerCase(), at);
  }

  /** `revoked` with the time, `good`, or `unknown` for what the authority did not issue (RFC 6960, 2.2). */
  status(
    serialNumber: string,
  ): { readonly state: 'good' | 'unknown' } | { readonly state: 'revoked'; readonly at: number } {
    const serial = serialNumber.toLowerCase();
    const at = this.#revoked.get(serial);
    if (at !== undefined) return { state: 'revoked', at };
    return { state: this.#issued.has(serial) ? 'good' : 'unknown' };
  }

  get all(): readonly { readonly serialNumber: string; readonly at: number }[] {
    return [...this.#revoked].map(([serialNumber, at]) => ({ serialNumber, at }));
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** Times in certificates, lists and answers have no fractions (RFC 5280, 4.1.2.5.2). */
function wholeSecond(instant: number): Date {
  return new Date(Math.floor(instant / 1000) * 1000);
}

/** The list of what an authority revoked (RFC 5280, 5), in DER. */
export async function revocationList(
  issuer: HeldCertificate,
  revocations: Revocations,
  now: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const signer = await signerOf(issuer.key);
  const list = await X509CrlGenerator.create({
    issuer: issuer.certificate.subjectName.toJSON(),
    thisUpdate: wholeSecond(now),
    nextUpdate: wholeSecond(now + DAY),
    signingKey: signer.key,
    signingAlgorithm: signer.algorithm,
    entries: revocations.all.map(({ serialNumber, at }) => ({
      serialNumber,
      revocationDate: wholeSecond(at),
      reason: X509CrlReason.keyCompromise,
    })),
  });
  return new Uint8Array(list.rawData);
}

/** Status codes of RFC 6960, 4.2.1. */
const SUCCESSFUL = 0;
const MALFORMED_REQUEST = 1;
const NONCE = '1.3.6.1.5.5.7.48.1.2';
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
};

/** Answers a request of the Online Certificate Status Protocol (RFC 6960), signed by the issuer itself. */
export async function ocspResponse(
  request: Uint8Array,
  issuer: HeldCertificate,
  revocations: Revocations,
  now: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const asked = read(request);
  if (asked === undefined) return malformedRequest();
  const basic = new BasicOCSPResponse();
  const authority = Certificate.fromBER(issuer.certificate.rawData);
  basic.tbsResponseData.responderID = authority.subject;
  basic.tbsResponseData.producedAt = wholeSecond(now);
  const nonce = asked.tbsRequest.requestExtensions?.find(({ extnID }) => extnID === NONCE);
  if (nonce) {
    const echo = new Extension({ extnID: NONCE, extnValue: nonce.extnValue.valueBlock.valueHexView.slice().buffer });
    basic.tbsResponseData.responseExtensions = new Extensions({ extensions: [echo] }).extensions;
  }
  basic.tbsResponseData.responses = asked.tbsRequest.requestList.map(({ reqCert }) => {
    const certStatus = isOf(reqCert, authority) ? statusOf(reqCert, revocations) : status(UNKNOWN);
    return new SingleResponse({
      certID: reqCert,
      certStatus,
      thisUpdate: wholeSecond(now),
      nextUpdate: wholeSecond(now + DAY),
    });
  });
  // Who has the root alone can check the signature all the same.
  basic.certs = [authority];
  const { key, algorithm } = await signerOf(issuer.key);
  await basic.sign(key, algorithm.hash, new CryptoEngine({ name: 'node', crypto: globalThis.crypto }));
  const response = new OctetString({ valueHex: basic.toSchema().toBER() });
  return encode(
    new OCSPResponse({
      responseStatus: new Enumerated({ value: SUCCESSFUL }),
      responseBytes: new ResponseBytes({ responseType: id_PKIX_OCSP_Basic, response }),
    }),
  );
}

/** The answer to what is no request. */
export function malformedRequest(): Uint8Array<ArrayBuffer> {
  return encode(new OCSPResponse({ responseStatus: new Enumerated({ value: MALFORMED_REQUEST }) }));
}

/** Which of these authorities issued what a request asks about first; undefined where none did. */
export function issuerAsked(request: Uint8Array, issuers: readonly HeldCertificate[]): HeldCertificate | undefined {
  const [first] = read(request)?.tbsRequest.requestList ?? [];
  if (!first) return undefined;
  return issuers.find(({ certificate }) => isOf(first.reqCert, Certificate.fromBER(certificate.rawData)));
}

function encode(response: OCSPResponse): Uint8Array<ArrayBuffer> {
  return new Uint8Array(response.toSchema().toBER());
}

function read(request: Uint8Array): OCSPRequest | undefined {
  try {
    return OCSPRequest.fromBER(new Uint8Array(request));
  } catch {
    return undefined;
  }
}

/** Whether a request is about a certificate that this authority issued: by the hashes of its name and key. */
function isOf(asked: CertID, authority: Certificate): boolean {
  const hash = HASHES[asked.hashAlgorithm.algorithmId];
  if (hash === undefined) return false;
  const digest = (bytes: ArrayBuffer | Uint8Array): string =>
    createHash(hash).update(new Uint8Array(bytes)).digest('hex');
  const key = authority.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  return (
    hex(asked.issuerNameHash) === digest(authority.subject.toSchema().toBER()) &&
    hex(asked.issuerKeyHash) === digest(key)
  );
}

const GOOD = 0;
const REVOKED = 1;
const UNKNOWN = 2;

function statusOf(asked: CertID, revocations: Revocations): Primitive | Constructed {
  const serial = Buffer.from(asked.serialNumber.valueBlock.valueHexView)
    .toString('hex')
    .replace(/^00(?=..)/, '');
  const found = revocations.status(serial);
  if (found.state !== 'revoked') return status(found.state === 'good' ? GOOD : UNKNOWN);
  const value = [new GeneralizedTime({ valueDate: new Date(found.at) })];
  return new Constructed({ idBlock: { tagClass: 3, tagNumber: REVOKED }, value });
}

/** `CertStatus` of RFC 6960, 4.2.1: a tag without a content. */
function status(tagNumber: number): Primitive {
  return new Primitive({ idBlock: { tagClass: 3, tagNumber } });
}

function hex(octets: OctetString): string {
  return Buffer.from(octets.valueBlock.valueHexView).toString('hex');
}
