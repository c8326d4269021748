import { createHash, X509Certificate } from 'node:crypto';

/** Hash algorithms by which certificates are named. */
export type HashAlgorithm = 'SHA256' | 'SHA384' | 'SHA512';

/** What names a certificate in the protocol (CertificateHashDataType). */
export interface CertificateHashData {
  readonly hashAlgorithm: HashAlgorithm;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialNumber: string;
}

/** A root certificate that the CSMS installed. */
export interface InstalledCertificate<Use extends string> {
  readonly use: Use;
  readonly pem: string;
  /** Its hash data by each algorithm that a request may use. */
  readonly hashData: Readonly<Record<HashAlgorithm, CertificateHashData>>;
}

/** The most certificates that are held at a time. */
export const CERTIFICATES_MAX = 20;

/** The root certificates that are installed. Those for a CSMS are trusted at the next connection (M05). */
export class CertificateStore<Use extends string = string> {
  #certificates: InstalledCertificate<Use>[] = [];

  list(): readonly InstalledCertificate<Use>[] {
    return this.#certificates;
  }

  /** Installs a root certificate: `Rejected` where it is none, is not valid now, or there is no room (M05.FR.06, FR.07). */
  install(use: Use, pem: string, now: number): 'Accepted' | 'Rejected' {
    const hashData = hashDataOfRoot(pem, now);
    if (hashData === undefined || this.#certificates.length >= CERTIFICATES_MAX) return 'Rejected';
    this.#certificates = this.#certificates.filter((one) => one.use !== use || !isNamed(one, hashData.SHA256));
    this.#certificates.push({ use, pem, hashData });
    return 'Accepted';
  }

  /** Roots that the certificate of a CSMS may lead to, in PEM (2.x CSMSRootCertificate; 1.6 CentralSystemRootCertificate). */
  rootsOfCsms(): readonly string[] {
    const uses: readonly string[] = ['CSMSRootCertificate', 'CentralSystemRootCertificate'];
    return this.#certificates.filter(({ use }) => uses.includes(use)).map(({ pem }) => pem);
  }

  /** Roots of the V2G hierarchy, to which the certificates for vehicles lead (2.x V2GRootCertificate). */
  rootsOfV2g(): readonly InstalledCertificate<Use>[] {
    const use: string = 'V2GRootCertificate';
    return this.#certificates.filter((one) => one.use === use);
  }

  /** Removes a certificate; false where none is named so. */
  remove(name: CertificateHashData): boolean {
    const before = this.#certificates.length;
    this.#certificates = this.#certificates.filter((one) => !isNamed(one, name));
    return this.#certificates.length < before;
  }
}

function isNamed(certificate: InstalledCertificate<string>, name: CertificateHashData): boolean {
  const own = certificate.hashData[name.hashAlgorithm];
  // M04.FR.07: hexadecimal digits, so the case of letters does not matter.
  return (['issuerNameHash', 'issuerKeyHash', 'serialNumber'] as const).every(
    (part) => own[part].toLowerCase() === name[part].toLowerCase(),
  );
}

/** The hash data of a self-signed certificate that is valid now; undefined for anything else. Never throws. */
export function hashDataOfRoot(
  pem: string,
  now: number,
): Readonly<Record<HashAlgorithm, CertificateHashData>> | undefined {
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.verify(certificate.publicKey)) return undefined;
    if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) return undefined;
    const hashed = (algorithm: HashAlgorithm) => hashDataOf(certificate, certificate, algorithm);
    return { SHA256: hashed('SHA256'), SHA384: hashed('SHA384'), SHA512: hashed('SHA512') };
  } catch {
    return undefined;
  }
}

/** The hash data of a certificate, of which the issuer's is needed too. Throws where one of them is no sound DER. */
export function hashDataOf(
  certificate: X509Certificate,
  issuer: X509Certificate,
  hashAlgorithm: HashAlgorithm,
): CertificateHashData {
  return {
    hashAlgorithm,
    issuerNameHash: hash(hashAlgorithm, partsOf(certificate.raw).issuer),
    issuerKeyHash: hash(hashAlgorithm, partsOf(issuer.raw).publicKey),
    // CertificateHashDataType: hexadecimal without leading zeros.
    serialNumber: certificate.serialNumber.replace(/^0+(?=.)/, '').toLowerCase(),
  };
}

function hash(algorithm: HashAlgorithm, data: Uint8Array): string {
  return createHash(algorithm.toLowerCase()).update(data).digest('hex');
}

/** The DER of the issuer's name, and the bits of the public key without tag, length and count (RFC 6960, 4.1.1). */
function partsOf(der: Uint8Array): { issuer: Uint8Array; publicKey: Uint8Array } {
  const [tbs] = children(der.subarray(element(der, 0).start));
  // TBSCertificate (RFC 5280, 4.1): [version,] serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo.
  const fields = children(content(tbs));
  const first = fields[0]?.[0] === 0xa0 ? 1 : 0;
  const [, key] = children(content(fields[first + 5]));
  return { issuer: present(fields[first + 2]), publicKey: content(key).subarray(1) };
}

function present(der: Uint8Array | undefined): Uint8Array {
  if (der === undefined) throw new RangeError('The certificate is cut off.');
  return der;
}

function content(der: Uint8Array | undefined): Uint8Array {
  const whole = present(der);
  const { start, end } = element(whole, 0);
  return whole.subarray(start, end);
}

function children(der: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < der.length; ) {
    const { end } = element(der, at);
    found.push(der.subarray(at, end));
    at = end;
  }
  return found;
}

/** Where the content of the DER element at an offset starts and ends. */
function element(der: Uint8Array, at: number): { start: number; end: number } {
  const first = der[at + 1] ?? 0;
  const bytes = first & 0x80 ? first & 0x7f : 0;
  let length = bytes === 0 ? first : 0;
  for (let n = 0; n < bytes; n++) length = length * 256 + (der[at + 2 + n] ?? 0);
  const start = at + 2 + bytes;
  return { start, end: start + length };
}
