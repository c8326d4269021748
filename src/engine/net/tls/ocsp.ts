import { createHash, X509Certificate } from 'node:crypto';
import type { RevocationStatus } from './credential.ts';
import { type Der, members, oidOf, readDer, TAG, timeOf, writeDer } from './der.ts';
import { freshness } from './freshness.ts';
import { nameKey, rawFields, readCertificate } from './read-certificate.ts';
import { isSignedBy } from './signed-data.ts';

const NONCE = '1.3.6.1.5.5.7.48.1.2';
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** AlgorithmIdentifiers and OIDs in DER. SHA-1 only names the issuer here: RFC 5019, 2.1.1 has every responder know it. */
const SHA_1 = Buffer.from('300906052b0e03021a0500', 'hex');
const NONCE_OID = Buffer.from('06092b0601050507300102', 'hex');
/** Certificates that an answer may bring, so that a hostile one costs little. */
const SIGNERS_MAX = 4;

/** A question to an OCSP responder, and what its answer is held against. */
export interface OcspQuestion {
  readonly request: Uint8Array;
  readonly certificateId: string;
  readonly nonce: Uint8Array;
  readonly issuer: X509Certificate;
}

/** Asks about a certificate (RFC 6960, 4.1.1). @param nonce 32 bytes of chance (RFC 9654) */
export function ocspQuestion(certificate: X509Certificate, issuer: X509Certificate, nonce: Uint8Array): OcspQuestion {
  const { serial } = rawFields(certificate);
  const { subject, key } = rawFields(issuer);
  const sha1 = (bytes: Uint8Array = new Uint8Array()): Uint8Array => createHash('sha1').update(bytes).digest();
  const id = writeDer(
    TAG.sequence,
    SHA_1,
    writeDer(TAG.octetString, sha1(subject?.whole)),
    writeDer(TAG.octetString, sha1(key?.content.subarray(1))),
    serial?.whole ?? new Uint8Array(),
  );
  const extension = writeDer(TAG.sequence, NONCE_OID, writeDer(TAG.octetString, writeDer(TAG.octetString, nonce)));
  const requests = writeDer(TAG.sequence, writeDer(TAG.sequence, id));
  const extensions = writeDer(0xa2, writeDer(TAG.sequence, extension));
  const request = writeDer(TAG.sequence, writeDer(TAG.sequence, requests, extensions));
  return { request, certificateId: idKey(readDer(id)?.[0]), nonce, issuer };
}

/**
 * Reads the answer to a question (RFC 6960, 4.2). It counts where it is signed by the issuer of the certificate, or by
 * whom that issuer has delegated it to, where it is fresh, and where a nonce in it is ours: many responders answer with
 * what they signed some time ago and leave the nonce out, which RFC 5019 allows. The sentence of `not-known` goes on from
 * the name of the responder.
 *
 * @param now milliseconds since 1970
 */
export function readOcspAnswer(bytes: Uint8Array, question: OcspQuestion, now: number): RevocationStatus {
  const [answer] = readDer(bytes) ?? [];
  const [status, wrapped] = members(answer);
  if (status?.tag !== TAG.enumerated) return notKnown('did not answer with OCSP');
  const code = status.content[0] ?? 0;
  if (code !== 0) return notKnown(`refuses to answer (${REFUSALS[code] ?? `status ${code}`})`);
  const octets = members(members(wrapped)[0])[1];
  const [data, algorithm, signature, certificates] = members(octets && readDer(octets.content)?.[0]);
  if (!data || !algorithm || !signature) return notKnown('answered with something that cannot be read');
  const signers = [question.issuer, ...delegates(certificates, question.issuer, now)];
  if (!signers.some(({ publicKey }) => isSignedBy(publicKey, data.whole, algorithm, signature))) {
    return notKnown('answered with a signature that is not that of the issuer, nor of whom it has delegated to');
  }
  const fields = members(data);
  // What stands before the answers may have the same tag as the extensions after them.
  const place = fields.findIndex(({ tag }) => tag === TAG.sequence);
  const nonce = nonceOf(fields.slice(place + 1).find(({ tag }) => tag === 0xa1));
  if (nonce && !Buffer.from(nonce).equals(question.nonce)) {
    return notKnown('answered with the nonce of another question');
  }
  const responses = members(fields[place]);
  const response = responses.map(members).find(([id]) => idKey(id) === question.certificateId);
  if (!response) return notKnown('answered about other certificates');
  return statusOf(response, now);
}

/** OCSPResponseStatus of RFC 6960, 4.2.1. */
const REFUSALS: Readonly<Record<number, string>> = {
  1: 'it could not read the question',
  2: 'it has an error',
  3: 'it asks to try later',
  5: 'it wants the question signed',
  6: 'it is not authorized to answer for this certificate',
};

function statusOf([, status, thisUpdate, ...rest]: readonly Der[], now: number): RevocationStatus {
  const from = thisUpdate && timeOf(thisUpdate);
  const [next] = members(rest.find(({ tag }) => tag === 0xa0));
  const flaw = freshness(from, next && timeOf(next), now);
  if (flaw !== undefined) return notKnown(`answered with a status that ${flaw}`);
  switch (status?.tag) {
    case 0x80:
      return { state: 'good' };
    case 0xa1: {
      const [at] = members(status);
      return { state: 'revoked', at: (at && timeOf(at)) ?? from ?? now };
    }
    default:
      return notKnown('does not know this certificate');
  }
}

/** Certificates in an answer that the issuer has made for signing it (RFC 6960, 4.2.2.2). */
function delegates(certificates: Der | undefined, issuer: X509Certificate, now: number): readonly X509Certificate[] {
  return members(members(certificates)[0])
    .slice(0, SIGNERS_MAX)
    .flatMap(({ whole }) => {
      try {
        const signer = new X509Certificate(whole);
        const { facts, extendedKeyUsage } = readCertificate(signer);
        const isDelegate =
          extendedKeyUsage?.includes(OCSP_SIGNING) &&
          nameKey(signer, 'issuer') === nameKey(issuer, 'subject') &&
          facts.notBefore <= now &&
          now <= facts.notAfter &&
          signer.verify(issuer.publicKey);
        return isDelegate && signer.publicKey ? [signer] : [];
      } catch {
        // Not a certificate, or one with a key of an unknown kind.
        return [];
      }
    });
}

/** A CertID to be compared. The parameters of its hash may be NULL or left out, so that the hash stands for itself. */
function idKey(id: Der | undefined): string {
  const [algorithm, name, key, serial] = members(id);
  const parts = [name, key, serial].map((part) => Buffer.from(part?.content ?? []).toString('hex'));
  return [oidOf(members(algorithm)[0]), ...parts].join(' ');
}

function nonceOf(extensions: Der | undefined): Uint8Array | undefined {
  const extension = members(members(extensions)[0]).find((each) => oidOf(members(each)[0]) === NONCE);
  const octets = members(extension).find(({ tag }) => tag === TAG.octetString);
  // Some responders echo the nonce without the OCTET STRING around it.
  return octets && (readDer(octets.content)?.[0]?.content ?? octets.content);
}

function notKnown(sentence: string): RevocationStatus {
  return { state: 'not-known', sentence };
}
