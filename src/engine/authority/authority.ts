import type { PublicKeyType, X509Certificate } from '@peculiar/x509';
import type { HierarchyName } from '../../session/authority.ts';
import { type HeldCertificate, issue, type RevocationUrls, type Template, type Usage } from './certificate.ts';
import { generateKey, type KeyKind, type SigningMethod } from './keys.ts';
import type { ServerNames } from './machine-names.ts';

/** A root with the authority below it that issues. */
export interface Hierarchy {
  readonly root: HeldCertificate;
  readonly issuing: HeldCertificate;
}

const DAY = 24 * 60 * 60 * 1000;
const ROOT_DAYS = 20 * 365;
const ISSUING_DAYS = 10 * 365;
const LEAF_DAYS = 365;
/** A certificate begins a while ago: the clock of a peer may be behind. */
const BACKDATED = DAY;

/** The hierarchies of OCPP (2.1: 1.4.2) and of ISO 15118-2 that the certificate use cases need. */
const COMMON_NAMES: Readonly<Record<HierarchyName, readonly [root: string, issuing: string]>> = {
  CSO: ['Plugscope CSO Root CA', 'Plugscope CSO Sub-CA'],
  V2G: ['Plugscope V2G Root CA', 'Plugscope CPO Sub-CA'],
  MO: ['Plugscope MO Root CA', 'Plugscope MO Sub-CA'],
  Manufacturer: ['Plugscope Manufacturer Root CA', 'Plugscope Firmware Signing Sub-CA'],
};

export interface HierarchyOptions {
  readonly name: HierarchyName;
  readonly organization: string;
  readonly keyKind: KeyKind;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly revocation?: RevocationUrls;
}

/** Makes a root and, below it, the authority that issues. */
export async function createHierarchy(options: HierarchyOptions): Promise<Hierarchy> {
  const { name, organization, keyKind, now, revocation } = options;
  const [rootName, issuingName] = COMMON_NAMES[name];
  const common = { organization, usage: 'authority', notBefore: now - BACKDATED } as const;
  const rootKey = await generateKey(keyKind);
  const rootTemplate = { ...common, commonName: rootName, notAfter: now + ROOT_DAYS * DAY };
  const root = { key: rootKey, certificate: await issue(rootTemplate, rootKey.publicKey, { self: rootKey }) };
  const key = await generateKey(keyKind);
  const template = {
    ...common,
    commonName: issuingName,
    notAfter: now + ISSUING_DAYS * DAY,
    pathLength: 0,
    revocation,
  };
  return { root, issuing: { key, certificate: await issue(template, key.publicKey, root) } };
}

/** What somebody's certificate is to be. */
export interface LeafOptions {
  readonly commonName: string;
  readonly organization: string;
  /** For a CSMS: its further names (A00.FR.511, RFC 2818). */
  readonly names?: ServerNames;
  readonly domainComponent?: string;
  readonly now: number;
  readonly revocation?: RevocationUrls;
}

/** Where a certificate differs from a sound one. */
export interface LeafFaults {
  readonly notBefore?: number;
  readonly notAfter?: number;
  readonly usage?: Usage;
  readonly method?: SigningMethod;
}

/** Issues the certificate of a CSMS or of a charging station for a public key, such as that of a CSR. */
export function issueLeaf(
  { now, ...options }: LeafOptions,
  subject: PublicKeyType,
  issuer: HeldCertificate,
  { method, ...faults }: LeafFaults = {},
): Promise<X509Certificate> {
  const sound = { notBefore: now - BACKDATED, notAfter: now + LEAF_DAYS * DAY, usage: 'tls' } as const;
  const template: Template = { ...sound, ...options, ...faults };
  return issue(template, subject, issuer, method);
}

/** Issues a certificate with a key of its own. */
export async function issueWithKey(
  options: LeafOptions,
  kind: KeyKind,
  issuer: HeldCertificate,
): Promise<HeldCertificate> {
  const key = await generateKey(kind);
  return { key, certificate: await issueLeaf(options, key.publicKey, issuer) };
}
