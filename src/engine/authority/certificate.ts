import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  AuthorityInfoAccessExtension,
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  type Extension,
  type JsonGeneralName,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  type PublicKeyType,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { type KeyPair, type SigningMethod, signerOf } from './keys.ts';
import type { ServerNames } from './machine-names.ts';

/** A certificate whose private key is here. */
export interface HeldCertificate {
  readonly certificate: X509Certificate;
  readonly key: KeyPair;
}

/** What a certificate may be used for; `unsuitable` is for nothing that TLS needs. */
export type Usage = 'authority' | 'tls' | 'unsuitable';

/** Where others learn whether a certificate was revoked. */
export interface RevocationUrls {
  readonly crl: string;
  readonly ocsp: string;
}

/** What a certificate is to say. */
export interface Template {
  /** Common name: the FQDN of a CSMS (A00.FR.510), the serial number of a station (A00.FR.511). */
  readonly commonName: string;
  /** The owner (A00.FR.509). */
  readonly organization: string;
  readonly domainComponent?: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly usage: Usage;
  /** Authorities below this one; for `authority` alone. */
  readonly pathLength?: number;
  readonly names?: ServerNames;
  readonly revocation?: RevocationUrls;
}

const TLS_USAGE = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment;
/** For a signature that is to be relied on, and for no TLS (RFC 5280, 4.2.1.3). */
const UNSUITABLE_USAGE = KeyUsageFlags.nonRepudiation;

/**
 * Issues a certificate, signed by an issuer or, where that is null, by its own key. The usages are restricted by Key Usage
 * (A00.FR.512) and not by Extended Key Usage, which A00.FR.514 advises against.
 */
export async function issue(
  template: Template,
  subject: PublicKeyType,
  issuer: HeldCertificate | { readonly self: KeyPair },
  method: SigningMethod = 'recommended',
): Promise<X509Certificate> {
  const self = 'self' in issuer;
  const signer = await signerOf(self ? issuer.self : issuer.key, method);
  const name = nameOf(template);
  return X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: name,
    issuer: self ? name : issuer.certificate.subjectName.toJSON(),
    notBefore: new Date(template.notBefore),
    notAfter: new Date(template.notAfter),
    publicKey: subject,
    signingKey: signer.key,
    signingAlgorithm: signer.algorithm,
    extensions: await extensionsOf(template, subject, self ? issuer.self.publicKey : issuer.certificate.publicKey),
  });
}

function nameOf({ commonName, organization, domainComponent }: Template): JsonName {
  return [
    { O: [organization] },
    { CN: [commonName] },
    ...(domainComponent === undefined ? [] : [{ DC: [domainComponent] }]),
  ];
}

async function extensionsOf(
  { usage, pathLength, names, revocation }: Template,
  subject: PublicKeyType,
  issuer: PublicKeyType,
): Promise<Extension[]> {
  const isAuthority = usage === 'authority';
  const usages = isAuthority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature
    : usage === 'tls'
      ? TLS_USAGE
      : UNSUITABLE_USAGE;
  return [
    new BasicConstraintsExtension(isAuthority, isAuthority ? pathLength : undefined, true),
    new KeyUsagesExtension(usages, true),
    await SubjectKeyIdentifierExtension.create(subject),
    await AuthorityKeyIdentifierExtension.create(issuer),
    ...(names ? [new SubjectAlternativeNameExtension(alternativeNames(names))] : []),
    ...(revocation
      ? [
          new CRLDistributionPointsExtension([revocation.crl]),
          new AuthorityInfoAccessExtension({ ocsp: [revocation.ocsp] }),
        ]
      : []),
  ];
}

function alternativeNames({ dns, addresses }: ServerNames): JsonGeneralName[] {
  return [
    ...dns.map((value): JsonGeneralName => ({ type: 'dns', value })),
    ...addresses.map((value): JsonGeneralName => ({ type: 'ip', value })),
  ];
}

/** 127 random bits, positive (RFC 5280, 4.1.2.2). */
function newSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
