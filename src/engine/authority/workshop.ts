import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';
import type { BadKind, HierarchyName, NewKeyKind } from '../../session/authority.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { createHierarchy, issueLeaf, type LeafOptions } from './authority.ts';
import type { AuthorityIndex, Entry } from './authority-index.ts';
import type { AuthorityStore, Book, Draft } from './authority-store.ts';
import { makeBad } from './bad-certificates.ts';
import type { HeldCertificate, RevocationUrls } from './certificate.ts';
import { serialOf } from './certificate-facts.ts';
import { generateKey, type KeyPair, keyPairOf } from './keys.ts';
import { Revocations } from './revocation.ts';
import type { Answerable } from './revocation-responder.ts';
import { revocationUrls } from './revocation-urls.ts';
import type { SigningRequest } from './signing-request.ts';

/** Who owns what the bench issues (A00.FR.509). */
const ORGANIZATION = 'Plugscope';
/** Hierarchies are of keys that are made at once, and that every cipher suite of A00.FR.318 can lead to. */
const DEFAULT_KEY: NewKeyKind = 'ECDSA P-256';

/** What a new certificate of a CSMS or a station is to be. */
export interface NewLeaf {
  readonly role: 'csms' | 'station';
  readonly commonName: string;
  /** Of a CSMS. */
  readonly names?: LeafOptions['names'];
  readonly hierarchy: HierarchyName;
  readonly key: NewKeyKind;
  readonly bad: BadKind | null;
  readonly label: string;
  readonly use: Entry['use'];
}

/** Makes certificates in a book that is being changed, and opens the keys of the authorities that sign them. */
export class Workshop {
  readonly #store: AuthorityStore;
  readonly #now: () => number;
  /** Opened authorities by id: what an id stands for never changes. */
  readonly #held = new Map<string, HeldCertificate>();

  constructor(store: AuthorityStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The ids of a hierarchy, made where there is none yet, or where its issuing authority has expired. */
  async hierarchy(draft: Draft, name: HierarchyName, port: number | undefined): Promise<Outcome<{ issuing: string }>> {
    const there = draft.index.hierarchies[name];
    const pem = there && draft.certificates.get(there.issuing);
    if (there && pem && new X509Certificate(pem).notAfter.getTime() > this.#now()) return success(there);
    return this.makeHierarchy(draft, name, DEFAULT_KEY, port);
  }

  /** Makes a hierarchy; one that was there before stays, but is not trusted any more. */
  async makeHierarchy(
    { index, add }: Draft,
    name: HierarchyName,
    keyKind: NewKeyKind,
    port: number | undefined,
  ): Promise<Outcome<{ root: string; issuing: string }>> {
    const rootId = newId(`${name}-root`);
    const issuingId = newId(`${name}-issuing`);
    const revocation = port === undefined ? undefined : revocationUrls(port, rootId);
    const made = await createHierarchy({ name, organization: ORGANIZATION, keyKind, now: this.#now(), revocation });
    const { root, issuing } = made;
    const common = { origin: 'bench', hierarchy: name, bad: null, use: null } as const;
    const before = index.hierarchies[name]?.root;
    for (const entry of index.entries) if (entry.id === before) entry.trusted = false;
    for (const [id, role, held] of [
      [rootId, 'root', root],
      [issuingId, 'issuing', issuing],
    ] as const) {
      const entry = { ...common, id, role, label: commonNameOf(held), issuedBy: rootId, trusted: role === 'root' };
      // At once, since its file is written only with the whole draft. Where that comes to nothing, nobody knows the id.
      this.#held.set(id, held);
      const added = await add(entry, pemOf(held.certificate), held.key.privatePem);
      if (!added.ok) return added;
    }
    index.issued[rootId] = { [serialOf(issuing.certificate.serialNumber)]: null };
    index.issued[issuingId] = {};
    index.hierarchies[name] = { root: rootId, issuing: issuingId };
    return success({ root: rootId, issuing: issuingId });
  }

  /** Issues a certificate with its key; yields its entry. */
  async issue(draft: Draft, wanted: NewLeaf, port: number | undefined): Promise<Outcome<Entry>> {
    const { role, commonName, names, hierarchy, key: keyKind, bad, label, use } = wanted;
    const signer = await this.#signer(draft, hierarchy, port);
    if (!signer.ok) return signer;
    const { id: issuing, issuer, revocation } = signer.value;
    const options: LeafOptions = { commonName, organization: ORGANIZATION, names, now: this.#now(), revocation };
    const revoked = new Set<X509Certificate>();
    const held =
      bad === null
        ? await this.#sound(options, keyKind, issuer)
        : await makeBad(bad, options, { issuer, keyKind, revoke: ({ certificate }) => void revoked.add(certificate) });
    const isForeign = bad === 'wrong-root' || bad === 'self-signed';
    if (!isForeign) note(draft.index, issuing, held.certificate, revoked.size > 0 ? this.#now() : null);
    const id = newId(`${role}-${commonName}`);
    const issuedBy = isForeign ? null : issuing;
    const entry = { id, label, role, origin: 'bench', hierarchy, issuedBy, trusted: false, bad, use } as const;
    return draft.add(entry, pemOf(held.certificate), held.key.privatePem);
  }

  /** Signs what somebody asked for, whose key stays there; yields its entry. */
  async sign(
    draft: Draft,
    { commonName, organization = ORGANIZATION, names, publicKey }: SigningRequest,
    {
      role,
      hierarchy,
      domainComponent,
    }: { role: 'csms' | 'station'; hierarchy: HierarchyName; domainComponent?: string },
    port: number | undefined,
  ): Promise<Outcome<Entry>> {
    const signer = await this.#signer(draft, hierarchy, port);
    if (!signer.ok) return signer;
    const { id: issuing, issuer, revocation } = signer.value;
    const certificate = await issueLeaf(
      {
        commonName,
        organization,
        domainComponent,
        names: role === 'csms' ? names : undefined,
        now: this.#now(),
        revocation,
      },
      publicKey,
      issuer,
    );
    note(draft.index, issuing, certificate, null);
    const entry = {
      id: newId(`${role}-${commonName}`),
      label: commonName,
      role,
      origin: 'bench',
      hierarchy,
      issuedBy: issuing,
      trusted: false,
      bad: null,
      use: null,
    } as const;
    return draft.add(entry, pemOf(certificate), null);
  }

  /**
   * The authorities of the bench whose keys can be opened, those of hierarchies that were made anew included, with what
   * they issued.
   */
  async authorities(book: Book): Promise<readonly Answerable[]> {
    const found: Answerable[] = [];
    for (const [id, issued] of Object.entries(book.index.issued)) {
      const issuer = await this.held(book, id);
      if (issuer.ok) found.push({ id, issuer: issuer.value, revocations: Revocations.of(issued) });
    }
    return found;
  }

  /** A certificate of an authority of the bench with its key. */
  async held(book: Book, id: string): Promise<Outcome<HeldCertificate>> {
    const known = this.#held.get(id);
    if (known) return success(known);
    const entry = book.index.entries.find((each) => each.id === id);
    const pem = book.certificates.get(id);
    if (!entry || pem === undefined) return failure('no-such-certificate', `There is no certificate ${id}.`);
    const read = await this.#store.key(entry);
    if (!read.ok) return read;
    const key = keyPairOf(read.value);
    if (!key) return failure('key-unreadable', `The private key of “${entry.label}” is damaged.`);
    const held = { certificate: new X509Certificate(pem), key };
    this.#held.set(id, held);
    return success(held);
  }

  async #sound(options: LeafOptions, kind: NewKeyKind, issuer: HeldCertificate): Promise<HeldCertificate> {
    const key: KeyPair = await generateKey(kind);
    return { key, certificate: await issueLeaf(options, key.publicKey, issuer) };
  }

  async #signer(
    draft: Draft,
    name: HierarchyName,
    port: number | undefined,
  ): Promise<Outcome<{ id: string; issuer: HeldCertificate; revocation: RevocationUrls | undefined }>> {
    const hierarchy = await this.hierarchy(draft, name, port);
    if (!hierarchy.ok) return hierarchy;
    const id = hierarchy.value.issuing;
    const issuer = await this.held(draft, id);
    if (!issuer.ok) return issuer;
    const revocation = port === undefined ? undefined : revocationUrls(port, id);
    return success({ id, issuer: issuer.value, revocation });
  }
}

/** Notes what an authority issued, so that its responder knows it. */
function note(
  index: AuthorityIndex,
  issuer: string,
  { serialNumber }: X509Certificate,
  revokedAt: number | null,
): void {
  index.issued[issuer] = { ...index.issued[issuer], [serialOf(serialNumber)]: revokedAt };
}

/** An id that nothing else has, which says to people what it is. */
export function newId(about: string): string {
  const words = about
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  return `${words === '' ? 'certificate' : words}-${randomBytes(4).toString('hex')}`;
}

/** PEM as everybody writes it: with a line break at its end. */
export function pemOf(certificate: X509Certificate): string {
  return `${certificate.toString('pem').trim()}\n`;
}

function commonNameOf({ certificate }: HeldCertificate): string {
  return certificate.subjectName.getField('CN')[0] ?? certificate.subject;
}
