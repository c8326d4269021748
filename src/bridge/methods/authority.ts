import { z } from 'zod';
import {
  BAD_KINDS,
  type BadKind,
  EXPORT_FORMS,
  HIERARCHY_NAMES,
  type HierarchyName,
  NEW_KEY_KINDS,
} from '../../session/authority.ts';
import type { CertificateFacts } from '../../session/certificate.ts';
import type { Outcome } from '../../session/outcome.ts';
import { method } from '../method.ts';

/** A certificate that the bench has. Its private key is never told. */
export interface BenchCertificate extends CertificateFacts {
  /** Stable, of letters, digits and dashes. */
  readonly id: string;
  /** What people call it. */
  readonly label: string;
  readonly role: 'root' | 'issuing' | 'csms' | 'station';
  readonly origin: 'bench' | 'imported';
  readonly hierarchy: HierarchyName | null;
  /** Id of the certificate that signed it, where that is here. */
  readonly issuedBy: string | null;
  readonly hasKey: boolean;
  /** Whether peers whose certificates lead to this root are trusted; for roots alone. */
  readonly trusted: boolean;
  readonly bad: BadKind | null;
  /** Milliseconds since 1970; null where it was not revoked. */
  readonly revokedAt: number | null;
}

/** The bench certificate authority. */
export interface AuthorityState {
  readonly certificates: readonly BenchCertificate[];
  /** Where its revocation is answered for; null where that port could not be opened. */
  readonly responder: { readonly ocsp: string; readonly crl: string } | null;
  /** How private keys are kept. */
  readonly keys: 'file-0600' | 'key-ring';
  /** How to get the root of the CSO hierarchy onto a station; empty where no port for stations is open. */
  readonly rootUrls: readonly { readonly url: string; readonly command: string }[];
  /** Names and addresses of this machine, for a certificate of a CSMS. */
  readonly machine: { readonly dns: readonly string[]; readonly addresses: readonly string[] };
}

const id = z.string().min(1).max(100);
const name = z.string().min(1).max(255);

const issueRequest = z.object({
  role: z.enum(['csms', 'station']),
  /** Common name: of a station its serial number or identity, of a CSMS its FQDN. */
  commonName: name,
  /** Further names and addresses of a CSMS. */
  names: z.array(name).max(50),
  key: z.enum(NEW_KEY_KINDS),
  hierarchy: z.enum(HIERARCHY_NAMES),
  bad: z.enum(BAD_KINDS).nullable(),
});
export type IssueRequest = z.infer<typeof issueRequest>;

export type ExportForm = (typeof EXPORT_FORMS)[number];

/** Something to be saved as a file, in base64. */
export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

/** The bench certificate authority, shared by all clients. What changes it answers with its new state. */
export const AUTHORITY_METHODS = {
  /** Makes the CSO hierarchy where there is none yet. */
  'authority.get': method<Outcome<AuthorityState>>()(z.tuple([])),
  /** Makes a certificate with its key. */
  'authority.issue': method<Outcome<AuthorityState>>()(z.tuple([issueRequest])),
  /** Makes a hierarchy anew, where it is wanted with other keys; what the old one issued stays, untrusted. */
  'authority.renew': method<Outcome<AuthorityState>>()(z.tuple([z.enum(HIERARCHY_NAMES), z.enum(NEW_KEY_KINDS)])),
  /** Signs a certificate signing request in PEM for a station or a CSMS. */
  'authority.sign': method<Outcome<AuthorityState>>()(
    z.tuple([z.string().min(1).max(100_000), z.enum(['csms', 'station'])]),
  ),
  'authority.revoke': method<Outcome<AuthorityState>>()(z.tuple([id])),
  /** Removes a certificate and its key; roots and issuing authorities of the bench cannot be removed. */
  'authority.remove': method<Outcome<AuthorityState>>()(z.tuple([id])),
  /** Whether a root counts. */
  'authority.trust': method<Outcome<AuthorityState>>()(z.tuple([id, z.boolean()])),
  /**
   * Takes in PEM (certificates, a key, or both), DER or PKCS#12: its bytes in base64, its name as its owner has it, and
   * the password that it may need.
   */
  'authority.import': method<Outcome<AuthorityState>>()(
    z.tuple([z.string().min(1).max(4_000_000), z.string().max(255), z.string().max(255)]),
  ),
  /**
   * A file of a certificate. `key` and `pkcs12` hold the private key, which no other answer has: the latter always under
   * the password, the former where there is one. `crl` is for an authority of the bench.
   */
  'authority.export': method<Outcome<ExportedFile>>()(z.tuple([id, z.enum(EXPORT_FORMS), z.string().max(255)])),
} as const;

export interface AuthorityEvents {
  authorityChanged(state: AuthorityState): void;
}
