import type { Outcome } from '../session/outcome.ts';
import type { Credential, RevocationCheck } from './net/tls/credential.ts';

/** Certificates with their keys as the parts of a bench ask for them. `authority/authority-desk.ts` implements it. */
export interface Credentials {
  /** What a CSMS presents: those of these ids or, for null, an ECDSA and an RSA one for the names of this machine. */
  ofCsms(ids: readonly string[] | null): Promise<Outcome<readonly Credential[]>>;
  /** What a station presents: that of an id or, for null, one issued to this serial number. */
  ofStation(serialNumber: string, id: string | null): Promise<Outcome<Credential>>;
  /** Roots in PEM: those of these ids or, for null, that of the bench's own CSO hierarchy first, then the imported ones. */
  roots(ids: readonly string[] | null): Promise<Outcome<readonly string[]>>;
  /** The root of the bench's own CSO hierarchy in PEM, whether it is trusted or not. */
  root(): Promise<Outcome<string>>;
  /**
   * Signs a request of a station for a certificate (SignCertificate). Yields the chain in PEM, its own certificate first,
   * as CertificateSigned carries it. Fails where the request is not one, or its key is too weak (A00.FR.501).
   */
  sign(
    csr: string,
    use: 'ChargingStationCertificate' | 'V2GCertificate' | 'V2G20Certificate',
  ): Promise<Outcome<string>>;
  /** Asks authorities whether certificates were revoked, the bench's own over its responder too. */
  readonly revocation: RevocationCheck;
}
