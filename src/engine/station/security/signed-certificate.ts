import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { failure, type Outcome, success } from '../../../session/outcome.ts';

/** What a certificate that was signed for the station must fit. */
export interface Expected {
  /** PKCS#8 in PEM, of the key that a certificate was asked for. */
  readonly privateKey: string;
  readonly commonName: string;
  /** Empty where the station has none. */
  readonly organization: string;
  /** Roots of the operator's hierarchy in PEM; where none is known, the chain's own sequence is looked at alone. */
  readonly roots: readonly string[];
  /** Milliseconds since 1970, by the station's clock. */
  readonly now: number;
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/**
 * Looks at the chain of a CertificateSigned (A02.FR.06): that it is for the key that was asked for, valid now, for this
 * station, and part of the operator's hierarchy. Yields the chain in PEM as it is to be presented. Never throws.
 */
export function checkSigned(text: string, expected: Expected): Outcome<string> {
  try {
    return check(text, expected);
  } catch {
    // Parts of a certificate are read when they are asked for, its key for one.
    return invalid('A certificate of the chain cannot be read.');
  }
}

function check(text: string, expected: Expected): Outcome<string> {
  const blocks = text.match(PEM) ?? [];
  const chain = blocks.map(read);
  const [own] = chain;
  if (!own || chain.includes(undefined)) return invalid('The chain is no sequence of certificates in PEM.');
  const certificates = chain.filter((one) => one !== undefined);
  if (!own.publicKey.equals(createPublicKey(createPrivateKey(expected.privateKey)))) {
    return invalid('The certificate is for another key than the one that a certificate was asked for.');
  }
  const outside = certificates.find((one) => !isValid(one, expected.now));
  if (outside) return invalid(`The certificate of ${nameOf(outside)} is not valid at this moment.`);
  if (!fields(own, 'CN').includes(expected.commonName)) {
    return invalid('The common name is not that of the station.');
  }
  if (expected.organization !== '' && !fields(own, 'O').includes(expected.organization)) {
    return invalid('The organization is not that of the station.');
  }
  const broken = certificates.findIndex((one, at) => at > 0 && !issued(certificates[at - 1], one));
  if (broken > 0) return invalid(`The certificate at place ${broken} of the chain was not issued by the one after it.`);
  const last = certificates.at(-1);
  const roots = expected.roots.map(read).filter((one) => one !== undefined);
  if (roots.length > 0 && !roots.some((root) => last?.fingerprint256 === root.fingerprint256 || issued(last, root))) {
    return invalid('The chain does not lead to a root of the operator.');
  }
  return success(`${blocks.join('\n')}\n`);
}

function read(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function isValid({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

function issued(certificate: X509Certificate | undefined, issuer: X509Certificate): boolean {
  try {
    return (
      certificate !== undefined && issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
    );
  } catch {
    return false;
  }
}

/** The values of one type in a subject, without the escapes that its text has. */
function fields(certificate: X509Certificate, type: 'CN' | 'O'): readonly string[] {
  const { subject } = certificate.toLegacyObject();
  // Where a type is there more than once, Node yields a list, which its types do not say.
  const value = (subject as Partial<Record<string, string | string[]>> | undefined)?.[type] ?? [];
  return typeof value === 'string' ? [value] : value;
}

function nameOf(certificate: X509Certificate): string {
  return fields(certificate, 'CN')[0]?.slice(0, 60) ?? 'no name';
}

function invalid(sentence: string): Outcome<never> {
  return failure('invalid-certificate', sentence);
}
