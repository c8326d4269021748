import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  Pkcs10CertificateRequest,
  type X509Certificate,
  type X509CertificateCreateParamsBase,
  X509CertificateGenerator,
} from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** The certificate authority of an operator, as small as can be. */
export interface Operator {
  /** PEM. */
  readonly root: string;
  /** Signs a request, with what differs from what it asks for. Yields the chain without the root, in PEM. */
  sign(
    csr: string,
    changes?: Partial<Omit<X509CertificateCreateParamsBase, 'subject'>> & { subject?: string },
  ): Promise<string>;
}

/** Makes an operator with a root and an issuing authority, valid at this time and some days around it. */
export async function makeOperator(now: number): Promise<Operator> {
  const around = { notBefore: new Date(now - 86_400_000), notAfter: new Date(now + 86_400_000) };
  const keys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']) as Promise<never>;
  const rootKeys = await keys();
  const issuingKeys: { readonly publicKey: never; readonly privateKey: never } = await keys();
  const root = await X509CertificateGenerator.createSelfSigned({
    ...around,
    name: 'CN=Operator root',
    keys: rootKeys,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true)],
  });
  const issuing = await X509CertificateGenerator.create({
    ...around,
    subject: 'CN=Operator issuing',
    issuer: root.subject,
    publicKey: issuingKeys.publicKey,
    signingKey: (rootKeys as { readonly privateKey: never }).privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new BasicConstraintsExtension(true)],
  });
  return {
    root: root.toString('pem'),
    async sign(csr, changes = {}) {
      const request = new Pkcs10CertificateRequest(csr);
      const own: X509Certificate = await X509CertificateGenerator.create({
        ...around,
        subject: request.subject,
        issuer: issuing.subject,
        publicKey: request.publicKey,
        signingKey: issuingKeys.privateKey,
        signingAlgorithm: ALGORITHM,
        ...changes,
      });
      return `${own.toString('pem')}\n${issuing.toString('pem')}`;
    },
  };
}
