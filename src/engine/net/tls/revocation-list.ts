import type { X509Certificate } from 'node:crypto';
import type { RevocationStatus } from './credential.ts';
import { type Der, members, oidOf, readDer, TAG, timeOf } from './der.ts';
import { freshness } from './freshness.ts';
import { KEY_USAGE, type ReadCertificate, rawFields, readCertificate } from './read-certificate.ts';
import { isSignedBy } from './signed-data.ts';

const ISSUING_POINT = '2.5.29.28';

/**
 * Looks for a certificate in a list of what its issuer revoked (RFC 5280, 6.3.3). Lists of other issuers, parts of lists
 * (deltas, or of some reasons alone) and those with what is not understood here do not count. The sentence of `not-known`
 * goes on from the name of the list.
 *
 * @param bytes DER, or PEM as some servers have it
 * @param now milliseconds since 1970
 */
export function readRevocationList(
  bytes: Uint8Array,
  certificate: X509Certificate,
  issuer: X509Certificate,
  now: number,
): RevocationStatus {
  const [list] = readDer(unarmoured(bytes)) ?? [];
  const [data, algorithm, signature] = members(list);
  const fields = members(data);
  const [first] = fields;
  const [, name, thisUpdate, ...rest] = first?.tag === TAG.integer ? fields.slice(1) : fields;
  if (!data || !algorithm || !signature || !name || !thisUpdate) return notKnown('is none that can be read');
  const read = readCertificate(issuer);
  if (!isSame(name, rawFields(issuer).subject)) return notKnown('is that of another authority');
  if (read.keyUsage && !read.keyUsage.includes(KEY_USAGE.cRLSign)) {
    return notKnown('is signed by an authority that may not sign lists');
  }
  if (!isSignedBy(issuer.publicKey, data.whole, algorithm, signature)) return notKnown('has a wrong signature');
  const next = rest.find(({ tag }) => tag === 0x17 || tag === 0x18);
  const flaw = freshness(timeOf(thisUpdate), next && timeOf(next), now);
  if (flaw !== undefined) return notKnown(flaw);
  const extensions = members(members(rest.find(({ tag }) => tag === 0xa0))[0]);
  const scope = scopeFlaw(extensions, readCertificate(certificate));
  if (scope !== undefined) return notKnown(scope);
  return entryOf(
    rest.find(({ tag }) => tag === TAG.sequence),
    rawFields(certificate).serial,
    now,
  );
}

/** Without an entry it was not revoked. */
function entryOf(entries: Der | undefined, serial: Der | undefined, now: number): RevocationStatus {
  if (serial === undefined) return notKnown('cannot be searched for a certificate without a serial number');
  // An entry begins with the serial number: of a long list, all but one are passed over by that.
  const found = members(entries).find(
    ({ content }) => Buffer.compare(content.subarray(0, serial.whole.length), serial.whole) === 0,
  );
  if (!found) return { state: 'good' };
  const [, at] = members(found);
  return { state: 'revoked', at: (at && timeOf(at)) ?? now };
}

/** Why a list does not tell all of a certificate (RFC 5280, 5.2); undefined where it does. */
function scopeFlaw(extensions: readonly Der[], { isAuthority, lists }: ReadCertificate): string | undefined {
  for (const extension of extensions) {
    const [type, critical] = members(extension);
    if (critical?.tag !== TAG.boolean || critical.content[0] === 0) continue;
    const oid = oidOf(type);
    if (oid !== ISSUING_POINT) return `has an extension that is not understood here (${oid})`;
    const octets = members(extension).find(({ tag }) => tag === TAG.octetString);
    const fields = members(octets && readDer(octets.content)?.[0]);
    const isSet = (tag: number) => fields.some((field) => field.tag === tag && field.content[0] !== 0);
    const point = fields.find(({ tag }) => tag === 0xa0);
    if (isSet(0x83) || isSet(0x84) || isSet(0x85)) return 'is a part of a list';
    if (isSet(isAuthority ? 0x81 : 0x82)) return 'is for certificates of another kind';
    if (point && !lists.some((url) => Buffer.from(point.content).includes(url))) return 'was made for another address';
  }
  return undefined;
}

function isSame(one: Der | undefined, other: Der | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.compare(one.whole, other.whole) === 0;
}

function unarmoured(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === TAG.sequence) return bytes;
  const [, base64] = /-----BEGIN X509 CRL-----([^-]*)-----END/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return base64 === undefined ? bytes : Buffer.from(base64, 'base64');
}

function notKnown(sentence: string): RevocationStatus {
  return { state: 'not-known', sentence };
}
