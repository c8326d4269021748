/** Hierarchies of the bench: that of the operator (CSMS and stations), those of ISO 15118, and the manufacturer's. */
export const HIERARCHY_NAMES = ['CSO', 'V2G', 'MO', 'Manufacturer'] as const;
export type HierarchyName = (typeof HIERARCHY_NAMES)[number];

/** Kinds of keys that are made for who asks. */
export const NEW_KEY_KINDS = ['ECDSA P-256', 'ECDSA P-384', 'RSA 2048', 'RSA 3072'] as const;
export type NewKeyKind = (typeof NEW_KEY_KINDS)[number];

/** Certificates that a peer must refuse, each wrong in one thing, as a certification laboratory presents them. */
export const BAD_KINDS = [
  'expired',
  'not-yet-valid',
  'wrong-name',
  'wrong-root',
  'self-signed',
  'weak-key',
  'sha-1',
  'missing-key-usage',
  'revoked',
] as const;
export type BadKind = (typeof BAD_KINDS)[number];

/** What is wrong with each of them, in a sentence. */
export const BAD_SENTENCES: Readonly<Record<BadKind, string>> = {
  expired: 'Its validity ended yesterday.',
  'not-yet-valid': 'Its validity begins tomorrow.',
  'wrong-name': 'It is for another common name and, of a CSMS, for other hosts.',
  'wrong-root': 'It was issued under a root that nobody installed.',
  'self-signed': 'It is signed by its own key.',
  'weak-key': 'Its key is RSA with 1024 bits, below 112 bits of security (A00.FR.501, A00.FR.502).',
  'sha-1': 'It is signed with SHA-1 (A00.FR.506).',
  'missing-key-usage': 'Its Key Usage allows nothing that TLS needs (A00.FR.512).',
  revoked: 'It was revoked: the list and the OCSP responder of the authority say so.',
};

/** Forms of an export: `chain` is the certificate with those above it, without the root. */
export const EXPORT_FORMS = ['pem', 'chain', 'key', 'pkcs12', 'der', 'crl'] as const;
