import type { AuthorityState, ExportedFile, ExportForm, IssueRequest } from '../../bridge/methods/authority.ts';
import type { HierarchyName, NewKeyKind } from '../../session/authority.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import type { Credential, RevocationCheck } from '../net/tls/credential.ts';
import type { Entry } from './authority-index.ts';
import {
  benchCertificates,
  chainOf,
  csoRoot,
  FactsById,
  ownStatus,
  revokedAtOf,
  rootUrls,
  trustedRoots,
} from './authority-state.ts';
import { AuthorityStore, type Book, type Draft } from './authority-store.ts';
import type { Works } from './desk-works.ts';
import { anyName, serverNames, stationName } from './host-names.ts';
import type { ServerNames } from './machine-names.ts';
import {
  findOwn,
  machineCertificates,
  makeOwn,
  noSuchCertificate,
  stationCertificate,
  type Wanted,
} from './own-certificates.ts';
import type { RevocationResponderOptions } from './revocation-responder.ts';
import { PORTS_MAX, revocationUrls } from './revocation-urls.ts';
import type { Vault } from './vault.ts';
import type { Workshop } from './workshop.ts';

export interface DeskOptions {
  readonly clock: Clock;
  /** Where certificates and keys are kept; made at first use. */
  readonly folder: string;
  /** The key ring of this session, asked for once, at first use; null where there is none. */
  vault(): Promise<Vault | null>;
  /** Names and addresses of this machine, as they are now. */
  machine(): ServerNames;
  /** How the port of the responder is opened. */
  readonly listen: RevocationResponderOptions['listen'];
  /** Port of the responder that is tried first; 9228 where it is left out, 0 for any. */
  readonly responderPort?: number;
  /** Port for stations; null where none is open. */
  stationPort(): number | null;
  /** Asks the authorities of certificates that the bench did not issue. */
  readonly revocation: RevocationCheck;
}

/** The longest chain that CertificateSigned carries (`certificateChain` of 2.0.1 and 2.1, and of the 1.6 whitepaper). */
const CHAIN_MAX = 10_000;

/** Changes what there is; the port is that of the responder. */
type ChangeTask<T> = (draft: Draft, port: number | undefined, works: Works) => Promise<Outcome<T>>;

/**
 * The bench certificate authority: what parts of a bench present and trust, and what people do with certificates. Nothing
 * is made, opened or kept before it is first asked for something.
 */
export class AuthorityDesk implements Credentials {
  readonly revocation: RevocationCheck;
  readonly #options: DeskOptions;
  readonly #store: AuthorityStore;
  readonly #facts = new FactsById();
  readonly #listeners = new Set<(state: AuthorityState) => void>();
  #loading: Promise<Works> | undefined;
  #starting: Promise<number | undefined> | undefined;
  #lastStationPort: number | null = null;

  constructor(options: DeskOptions) {
    const { clock, folder } = options;
    this.#options = options;
    this.#store = new AuthorityStore({ folder, clock, vault: () => options.vault() });
    this.revocation = async (certificate, issuer) => {
      const book = await this.#store.read();
      const own = book.ok ? ownStatus(book.value, this.#facts, certificate, issuer) : undefined;
      return own ?? options.revocation(certificate, issuer);
    };
  }

  async ofCsms(ids: readonly string[] | null): Promise<Outcome<readonly Credential[]>> {
    if (ids === null) return this.#own(machineCertificates(this.#options.machine()));
    const book = await this.#read();
    if (!book.ok) return book;
    return this.#credentials(book.value, ids);
  }

  async ofStation(serialNumber: string, id: string | null): Promise<Outcome<Credential>> {
    const wanted = stationCertificate(serialNumber);
    if (id === null && !wanted.ok) return wanted;
    const found = id === null && wanted.ok ? await this.#own([wanted.value]) : await this.ofCsms([id ?? '']);
    if (!found.ok) return found;
    const [credential] = found.value;
    return credential ? success(credential) : noSuchCertificate(id ?? serialNumber);
  }

  async roots(ids: readonly string[] | null): Promise<Outcome<readonly string[]>> {
    const book = await this.#withCso();
    if (!book.ok) return book;
    if (ids === null) return success(trustedRoots(book.value));
    const roots: string[] = [];
    for (const id of ids) {
      const pem = book.value.certificates.get(id);
      if (pem === undefined) return noSuchCertificate(id);
      roots.push(pem);
    }
    return success(roots);
  }

  async sign(
    csr: string,
    use: 'ChargingStationCertificate' | 'V2GCertificate' | 'V2G20Certificate',
  ): Promise<Outcome<string>> {
    const isV2g = use !== 'ChargingStationCertificate';
    // ISO 15118-2, annex F: the certificate of a station says so in its domain component.
    const how = isV2g
      ? ({ role: 'station', hierarchy: 'V2G', domainComponent: 'CPO' } as const)
      : ({ role: 'station', hierarchy: 'CSO' } as const);
    const signed = await this.#sign(csr, how);
    if (!signed.ok) return signed;
    const book = await this.#store.read();
    if (!book.ok) return book;
    const chain = chainOf(book.value, signed.value.id);
    if (chain.length <= CHAIN_MAX) return success(chain);
    const sentence = `The chain has ${chain.length} characters, and CertificateSigned takes ${CHAIN_MAX}.`;
    return failure('chain-too-long', sentence);
  }

  /** What there is; the CSO hierarchy is made where there is none. */
  async state(): Promise<Outcome<AuthorityState>> {
    const book = await this.#withCso();
    return book.ok ? success(await this.#stateOf(book.value)) : book;
  }

  async root(): Promise<Outcome<string>> {
    const book = await this.#withCso();
    if (!book.ok) return book;
    const root = csoRoot(book.value);
    return root === undefined ? noSuchCertificate('CSO') : success(root);
  }

  /** Makes a certificate with its key, a sound one or one that is wrong in one thing. */
  async issue({ role, commonName, names, key, hierarchy, bad }: IssueRequest): Promise<Outcome<AuthorityState>> {
    const name = role === 'station' ? stationName(commonName) : anyName(commonName);
    if (!name.ok) return name;
    const hosts = role === 'csms' ? serverNames([name.value, ...names]) : success(undefined);
    if (!hosts.ok) return hosts;
    const common = { role, commonName: name.value, names: hosts.value, hierarchy, key, bad };
    return this.#changed((draft, port, { workshop }) =>
      workshop.issue(draft, { ...common, label: name.value, use: null }, port),
    );
  }

  /** Makes a hierarchy anew. What the old one issued stays, and is not trusted any more. */
  renew(name: HierarchyName, key: NewKeyKind): Promise<Outcome<AuthorityState>> {
    return this.#changed((draft, port, { workshop }) => workshop.makeHierarchy(draft, name, key, port));
  }

  /** Signs a request in PEM. */
  async signRequest(csr: string, role: 'csms' | 'station'): Promise<Outcome<AuthorityState>> {
    const signed = await this.#sign(csr, { role, hierarchy: 'CSO' });
    return signed.ok ? this.state() : signed;
  }

  /** Has the authority that issued a certificate revoke it, now. */
  revoke(id: string): Promise<Outcome<AuthorityState>> {
    return this.#changed(async (draft) => {
      const entry = entryOf(draft, id);
      if (!entry) return noSuchCertificate(id);
      const issued = entry.issuedBy === null ? undefined : draft.index.issued[entry.issuedBy];
      if (!issued || entry.role === 'root') {
        const sentence = `“${entry.label}” was not issued by an authority of this bench, which therefore cannot revoke it.`;
        return failure('not-ours-to-revoke', sentence);
      }
      const { serialNumber } = this.#facts.of(draft, id);
      if (revokedAtOf(draft.index, entry, serialNumber) === null) issued[serialNumber] = this.#options.clock.now().wall;
      return success(null);
    });
  }

  /** Removes a certificate with its key. Whether it was revoked is answered for all the same. */
  remove(id: string): Promise<Outcome<AuthorityState>> {
    return this.#changed(async (draft) => {
      const entry = entryOf(draft, id);
      if (!entry) return noSuchCertificate(id);
      if (entry.origin === 'bench' && (entry.role === 'root' || entry.role === 'issuing')) {
        return failure(
          'authority-stays',
          'The authorities of the bench cannot be removed: they answer for what they issued.',
        );
      }
      draft.remove(id);
      draft.index.entries.forEach((each) => {
        if (each.issuedBy === id) each.issuedBy = null;
      });
      return success(null);
    });
  }

  /** Says whether peers whose certificates lead to a root are trusted. */
  trust(id: string, trusted: boolean): Promise<Outcome<AuthorityState>> {
    return this.#changed(async (draft) => {
      const entry = entryOf(draft, id);
      if (!entry) return noSuchCertificate(id);
      if (entry.role !== 'root')
        return failure('no-root', `“${entry.label}” is no root; only roots are trusted or not.`);
      entry.trusted = trusted;
      return success(null);
    });
  }

  /** Takes in what a file holds: PEM, DER or PKCS#12, in base64. */
  async import(base64: string, name: string, password: string): Promise<Outcome<AuthorityState>> {
    const { readBundle, takeIn } = await this.#works();
    const bundle = await readBundle(Buffer.from(base64, 'base64'), password);
    return bundle.ok ? this.#changed((draft) => takeIn(draft, bundle.value, name)) : bundle;
  }

  /** A file of a certificate; it alone, of all answers, may hold a private key. */
  async export(id: string, form: ExportForm, password: string): Promise<Outcome<ExportedFile>> {
    const book = await this.#read();
    if (!book.ok) return book;
    const entry = entryOf(book.value, id);
    if (!entry) return noSuchCertificate(id);
    const { workshop, exportFile, revocationList } = await this.#works();
    return exportFile(book.value, entry, form, password, {
      key: () => this.#store.key(entry),
      list: async () => {
        const found = (await workshop.authorities(book.value)).find((each) => each.id === id);
        return found && revocationList(found.issuer, found.revocations, this.#options.clock.now().wall);
      },
    });
  }

  /** Calls the listener with each new state; yields how to stop that. */
  onChange(listener: (state: AuthorityState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells who listens where the port for stations is another one than before, which the way to the root depends on. */
  portMayHaveChanged(): void {
    const port = this.#options.stationPort();
    if (port === this.#lastStationPort) return;
    this.#lastStationPort = port;
    // Before its first use there is nothing to tell of, and nothing is to be made.
    if (this.#starting) void this.#tell();
  }

  /** Closes the ports of the responder. */
  async close(): Promise<void> {
    await (await this.#loading)?.responder.close();
  }

  /** The credentials for these uses, made where they are missing or do not do any more. */
  async #own(wanted: readonly Wanted[]): Promise<Outcome<readonly Credential[]>> {
    const before = await this.#read();
    if (!before.ok) return before;
    const now = this.#options.clock.now().wall;
    const find = (book: Book, each: Wanted) => findOwn(book, each, this.#facts, now);
    if (!wanted.every((each) => find(before.value, each))) {
      const made = await this.#change(async (draft, port, { workshop }) => {
        for (const each of wanted.filter((one) => !find(draft, one))) {
          const own = await makeOwn(draft, each, workshop, this.#facts, port);
          if (!own.ok) return own;
        }
        return success(null);
      });
      if (!made.ok) return made;
    }
    const book = await this.#read();
    if (!book.ok) return book;
    return this.#credentials(
      book.value,
      wanted.map((each) => find(book.value, each)?.id ?? ''),
    );
  }

  async #credentials(book: Book, ids: readonly string[]): Promise<Outcome<readonly Credential[]>> {
    const found: Credential[] = [];
    for (const id of ids) {
      const entry = entryOf(book, id);
      if (!entry) return noSuchCertificate(id);
      const key = await this.#store.key(entry);
      if (!key.ok) return key;
      found.push({ chain: chainOf(book, id), key: key.value });
    }
    return success(found);
  }

  async #sign(csr: string, how: Parameters<Workshop['sign']>[2]): Promise<Outcome<Entry>> {
    const { readSigningRequest } = await this.#works();
    const request = await readSigningRequest(csr, how.role);
    if (!request.ok) return request;
    return this.#change((draft, port, { workshop }) => workshop.sign(draft, request.value, how, port));
  }

  /** Reads what there is, once the responder has its port. */
  async #read(): Promise<Outcome<Book>> {
    await this.#port();
    return this.#store.read();
  }

  async #withCso(): Promise<Outcome<Book>> {
    const book = await this.#read();
    if (!book.ok || book.value.index.hierarchies.CSO) return book;
    const made = await this.#change((draft, port, { workshop }) => workshop.hierarchy(draft, 'CSO', port));
    return made.ok ? this.#store.read() : made;
  }

  /** Changes something, tells who listens, and yields the new state. */
  async #changed(task: ChangeTask<unknown>): Promise<Outcome<AuthorityState>> {
    const done = await this.#change(task);
    return done.ok ? this.state() : done;
  }

  async #change<T>(task: ChangeTask<T>): Promise<Outcome<T>> {
    const port = await this.#port();
    const works = await this.#works();
    const done = await this.#store.change(async (draft) => {
      // Beyond that, several engines have this folder at once, and more ports would not help.
      const { ports } = draft.index;
      if (port !== undefined && !ports.includes(port) && ports.length < PORTS_MAX) ports.push(port);
      return task(draft, port, works);
    });
    if (done.ok) await this.#tell();
    return done;
  }

  async #tell(): Promise<void> {
    if (this.#listeners.size === 0) return;
    const book = await this.#store.read();
    if (!book.ok) return;
    const state = await this.#stateOf(book.value);
    for (const listener of this.#listeners) listener(state);
  }

  async #stateOf(book: Book): Promise<AuthorityState> {
    const port = await this.#port();
    const machine = this.#options.machine();
    const lan = machine.addresses.filter((address) => !isLoopback(address));
    const issuing = book.index.hierarchies.CSO?.issuing ?? '';
    return {
      certificates: benchCertificates(book, this.#facts),
      responder: port === undefined ? null : revocationUrls(port, issuing),
      keys: (await this.#store.vault()) === null ? 'file-0600' : 'key-ring',
      rootUrls: rootUrls(csoRoot(book), lan, this.#options.stationPort()),
      machine,
    };
  }

  /** The port of the responder, which is opened when it is first needed; undefined where none could be. */
  #port(): Promise<number | undefined> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<number | undefined> {
    const [book, { responder }] = [await this.#store.read(), await this.#works()];
    return responder.start(book.ok ? book.value.index.ports : []);
  }

  #works(): Promise<Works> {
    const { clock, listen, responderPort: port } = this.#options;
    this.#loading ??= import('./desk-works.ts').then(({ createWorks }) =>
      createWorks(this.#store, { listen, now: () => clock.now().wall, port }),
    );
    return this.#loading;
  }
}

function entryOf({ index }: Book, id: string): Entry | undefined {
  return index.entries.find((entry) => entry.id === id);
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
