import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  type JsonName,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { generateKey, type KeyKind, type KeyPair, type SigningMethod, signerOf } from '../../authority/keys.ts';

/** A certificate as a test wants it, with anything in it that the bench's own authority would not put there. */
export interface MadeOptions {
  readonly subject: JsonName;
  readonly names?: readonly JsonGeneralName[];
  readonly keyUsage?: number;
  readonly extendedKeyUsage?: readonly string[];
  readonly constraints?: { readonly isAuthority: boolean; readonly pathLength?: number };
  readonly kind?: KeyKind;
  readonly method?: SigningMethod;
  /** Signed by itself where it is left out. */
  readonly issuer?: MadeCertificate;
}

export interface MadeCertificate {
  readonly certificate: X509Certificate;
  readonly subject: JsonName;
  readonly key: KeyPair;
}

const DAY = 24 * 3_600_000;

/** Makes a certificate that is valid today. */
export async function makeCertificate(options: MadeOptions): Promise<MadeCertificate> {
  const { subject, names, keyUsage, extendedKeyUsage, constraints, issuer } = options;
  const key = await generateKey(options.kind ?? 'ECDSA P-256');
  const signer = await signerOf(issuer?.key ?? key, options.method);
  const made = await X509CertificateGenerator.create({
    serialNumber: '01',
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
    publicKey: key.publicKey,
    signingKey: signer.key,
    signingAlgorithm: signer.algorithm,
    extensions: [
      ...(names ? [new SubjectAlternativeNameExtension([...names])] : []),
      ...(keyUsage === undefined ? [] : [new KeyUsagesExtension(keyUsage, true)]),
      ...(extendedKeyUsage ? [new ExtendedKeyUsageExtension([...extendedKeyUsage])] : []),
      ...(constraints ? [new BasicConstraintsExtension(constraints.isAuthority, constraints.pathLength, true)] : []),
    ],
  });
  return { certificate: new X509Certificate(made.toString('pem')), subject, key };
}
