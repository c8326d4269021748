import type { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../../session/certificate.ts';
import { bitsOf, type Der, members, oidOf, readDer, TAG, timeOf } from './der.ts';
import { nameOf, nameText, valuesOf } from './distinguished-name.ts';
import { type SignatureMethod, signatureMethod } from './signature-method.ts';

/** Key Usage bits of RFC 5280, 4.2.1.3. */
export const KEY_USAGE = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 } as const;

/** A public key, as far as its strength goes: `bits` is undefined where it cannot be told. */
export interface KeyFacts {
  readonly family: 'RSA' | 'DSA' | 'EC' | 'EdDSA' | 'other';
  readonly bits: number | undefined;
  readonly text: string;
}

/** A certificate with all that is looked at in it. Everything is the word of whoever presented it. */
export interface ReadCertificate {
  readonly certificate: X509Certificate;
  readonly facts: CertificateFacts;
  readonly commonNames: readonly string[];
  readonly organizations: readonly string[];
  /** dNSNames, iPAddresses and URIs of the Subject Alternative Name. */
  readonly dnsNames: readonly string[];
  readonly addresses: readonly string[];
  readonly uris: readonly string[];
  readonly key: KeyFacts;
  readonly signature: SignatureMethod;
  /** Bits of Key Usage; undefined where there is no such extension. */
  readonly keyUsage: readonly number[] | undefined;
  /** OIDs of Extended Key Usage; undefined where there is no such extension. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** Basic Constraints: whether it may issue others, and how many authorities may follow below it. */
  readonly isAuthority: boolean;
  readonly pathLength: number | undefined;
  /** Addresses of OCSP responders and of revocation lists. */
  readonly ocsp: readonly string[];
  readonly lists: readonly string[];
}

/** The longest name, and the most alternative names, that facts hold: a peer may present certificates of 100 kB. */
const NAME_MAX = 500;
const NAMES_MAX = 100;

/** Reads a certificate. What OpenSSL has taken but cannot be read here is left out; it never throws. */
export function readCertificate(certificate: X509Certificate): ReadCertificate {
  const [tbs, algorithm] = members(readDer(certificate.raw)?.[0]);
  // A version stands before the others where it is not 1.
  const [serial, , issuer, validity, subject, , ...rest] = members(tbs).filter(({ tag }) => tag !== 0xa0);
  const extensions = extensionsOf(rest);
  const names = nameOf(subject);
  const key = keyOf(certificate);
  const signature = signatureMethod(algorithm);
  const [notBefore, notAfter] = validityOf(certificate, validity);
  const alternatives = members(extensions.get('2.5.29.17'));
  const constraints = members(extensions.get('2.5.29.19'));
  const usage = extensions.get('2.5.29.15');
  const extended = extensions.get('2.5.29.37');
  const dnsNames = texts(alternatives, 0x82);
  const uris = texts(alternatives, 0x86);
  const addresses = alternatives.flatMap(({ tag, content }) => (tag === 0x87 ? (addressOf(content) ?? []) : []));
  return {
    certificate,
    facts: {
      subject: short(nameText(names)),
      issuer: short(nameText(nameOf(issuer))),
      serialNumber: short(
        Buffer.from(serial?.content ?? [])
          .toString('hex')
          .replace(/^0+(?=.)/, ''),
      ),
      notBefore,
      notAfter,
      key: key.text,
      signature: signature.text,
      names: [...dnsNames, ...addresses, ...uris].slice(0, NAMES_MAX).map(short),
      fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    },
    commonNames: valuesOf(names, 'CN'),
    organizations: valuesOf(names, 'O'),
    dnsNames,
    addresses,
    uris,
    key,
    signature,
    keyUsage: usage && bitsOf(usage),
    extendedKeyUsage: extended && members(extended).map(oidOf),
    isAuthority: constraints.some(({ tag, content }) => tag === TAG.boolean && content[0] !== 0),
    pathLength: constraints
      .find(({ tag }) => tag === TAG.integer)
      ?.content.reduce((sum, octet) => sum * 256 + octet, 0),
    ocsp: members(extensions.get('1.3.6.1.5.5.7.1.1')).flatMap((access) => {
      const [method, location] = members(access);
      return oidOf(method) === '1.3.6.1.5.5.7.48.1' && location ? texts([location], 0x86) : [];
    }),
    lists: members(extensions.get('2.5.29.31')).flatMap(listsOf),
  };
}

/** The common name or, where there is none, the whole name: how a sentence calls a certificate. */
export function calledName({ commonNames, facts }: ReadCertificate): string {
  return short(commonNames[0] ?? (facts.subject === '' ? 'a certificate without a name' : facts.subject));
}

/** Fields of a certificate that others refer to it by, as they were encoded. */
export interface RawFields {
  readonly serial: Der | undefined;
  readonly issuer: Der | undefined;
  readonly subject: Der | undefined;
  /** The BIT STRING of the public key. */
  readonly key: Der | undefined;
}

/** The fields by which other structures name a certificate. */
export function rawFields(certificate: X509Certificate): RawFields {
  const [tbs] = members(readDer(certificate.raw)?.[0]);
  const [serial, , issuer, , subject, key] = members(tbs).filter(({ tag }) => tag !== 0xa0);
  return { serial, issuer, subject, key: members(key)[1] };
}

/** A name to be compared byte for byte, as those of a chain are. */
export function nameKey(certificate: X509Certificate, which: 'subject' | 'issuer'): string {
  return Buffer.from(rawFields(certificate)[which]?.whole ?? []).toString('latin1');
}

function short(text: string): string {
  return text.length > NAME_MAX ? `${text.slice(0, NAME_MAX - 1)}…` : text;
}

/** The values of extensions by their OIDs. */
function extensionsOf(fields: readonly Der[]): ReadonlyMap<string, Der> {
  const [list] = members(fields.find(({ tag }) => tag === 0xa3));
  return new Map(
    members(list).flatMap((extension) => {
      const parts = members(extension);
      const octets = parts.find(({ tag }) => tag === TAG.octetString);
      const value = octets && readDer(octets.content)?.[0];
      return value ? [[oidOf(parts[0]), value] as const] : [];
    }),
  );
}

function texts(names: readonly Der[], wanted: number): string[] {
  return names.flatMap(({ tag, content }) => (tag === wanted ? [Buffer.from(content).toString('latin1')] : []));
}

/** URIs of a DistributionPoint: its [0] distributionPoint, of which [0] is fullName. */
function listsOf(point: Der): readonly string[] {
  const [distribution] = members(point).filter(({ tag }) => tag === 0xa0);
  const [full] = members(distribution).filter(({ tag }) => tag === 0xa0);
  return texts(members(full), 0x86);
}

function addressOf(octets: Uint8Array): string | undefined {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0)).toString(16),
  );
  // The URL parser writes addresses as RFC 5952 has them.
  return URL.parse(`http://[${groups.join(':')}]`)?.hostname.slice(1, -1);
}

/** A time that cannot be read makes a certificate valid at none. */
const NEVER = Date.UTC(9999, 11, 31);

function known(date: Date, otherwise: number): number {
  return Number.isNaN(date.getTime()) ? otherwise : date.getTime();
}

/** Begin and end in milliseconds since 1970. */
function validityOf(certificate: X509Certificate, validity: Der | undefined): readonly [number, number] {
  const [from, to] = members(validity).map(timeOf);
  return [from ?? known(certificate.validFromDate, NEVER), to ?? known(certificate.validToDate, 0)];
}

const CURVES: Readonly<Record<string, string>> = {
  prime192v1: 'P-192',
  secp224r1: 'P-224',
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

function keyOf(certificate: X509Certificate): KeyFacts {
  try {
    const { asymmetricKeyType: type = 'other', asymmetricKeyDetails: details } = certificate.publicKey;
    switch (type) {
      case 'rsa':
      case 'rsa-pss':
        return {
          family: 'RSA',
          bits: details?.modulusLength,
          text: `RSA ${details?.modulusLength ?? 'of unknown size'}`,
        };
      case 'dsa':
        return {
          family: 'DSA',
          bits: details?.modulusLength,
          text: `DSA ${details?.modulusLength ?? 'of unknown size'}`,
        };
      case 'ec': {
        const curve = details?.namedCurve;
        const bits = /\d{3}/.exec(curve ?? '')?.[0];
        return {
          family: 'EC',
          bits: bits === undefined ? undefined : Number(bits),
          text: `ECDSA ${curve === undefined ? 'on a curve without a name' : (CURVES[curve] ?? curve)}`,
        };
      }
      case 'ed25519':
        return { family: 'EdDSA', bits: 256, text: 'Ed25519' };
      case 'ed448':
        return { family: 'EdDSA', bits: 448, text: 'Ed448' };
      default:
        return { family: 'other', bits: undefined, text: type };
    }
  } catch {
    // OpenSSL takes certificates whose key it has no algorithm for.
    return { family: 'other', bits: undefined, text: 'a key of an unknown kind' };
  }
}
