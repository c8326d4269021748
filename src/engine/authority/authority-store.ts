import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import { type AuthorityIndex, type Entry, emptyIndex, readIndex } from './authority-index.ts';
import { lockAuthority } from './authority-lock.ts';
import { makePrivateFolder, readPrivateFile, writePrivateFile } from './private-files.ts';
import type { Vault } from './vault.ts';

export interface StoreOptions {
  /** Its own folder; made where it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** The key ring of this session, asked for when a key is first kept or read; null where there is none. */
  vault(): Promise<Vault | null>;
}

/** What an authority has, as it was when it was read. */
export interface Book {
  readonly index: AuthorityIndex;
  /** PEM, by id. */
  readonly certificates: ReadonlyMap<string, string>;
}

/** A book that is being changed. The index is changed in place; nothing of it counts before all is written. */
export interface Draft extends Book {
  /** Adds a certificate with its key, where there is one (PKCS#8 in PEM). */
  add(entry: Omit<Entry, 'key'>, certificate: string, key: string | null): Promise<Outcome<Entry>>;
  /** Gives a certificate that is there its key. */
  addKey(id: string, key: string): Promise<Outcome<null>>;
  remove(id: string): void;
}

/**
 * Certificates and keys in a folder of their own: an index, a file for each certificate, and one for each key. A change is
 * made under a lock, on the index as it then is, so that several engines can share the folder; and who reads looks
 * whether the index was replaced. Keys are written first and the index last: what a crash leaves over is in no index.
 */
export class AuthorityStore {
  readonly #options: StoreOptions;
  #vault: Promise<Vault | null> | undefined;
  #last: { readonly stamp: string; readonly book: Book } | undefined;
  /** Changes of this process are made one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** The key ring that new keys are sealed by. */
  vault(): Promise<Vault | null> {
    this.#vault ??= this.#options.vault();
    return this.#vault;
  }

  /** What there is now. Fails where the index is damaged: it is never replaced, since it knows what the keys are for. */
  async read(): Promise<Outcome<Book>> {
    const path = this.#path('authority.json');
    let stamp = '';
    try {
      await makePrivateFolder(this.#options.folder);
      stamp = await stampOf(path);
      if (this.#last?.stamp === stamp) return success(this.#last.book);
      const index = stamp === '' ? success(emptyIndex()) : readIndex(await readFile(path, 'utf8'));
      if (!index.ok) return failure(index.error.code, this.#damaged(path, index.error.sentence));
      const known = this.#last?.book.certificates;
      const certificates = new Map<string, string>();
      for (const { id } of index.value.entries) {
        certificates.set(id, known?.get(id) ?? (await readFile(this.#path(`${id}.pem`), 'utf8')));
      }
      const book = { index: index.value, certificates };
      this.#last = { stamp, book };
      return success(book);
    } catch (error) {
      // Another engine may have removed a certificate between the index and it.
      if ((await stampOf(path).catch(() => stamp)) !== stamp) return this.read();
      return failure('authority-unreadable', this.#damaged(this.#options.folder, (error as Error).message));
    }
  }

  /** Changes what there is; where the task fails, nothing is changed. The task must not ask for another change. */
  change<T>(task: (draft: Draft) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const turn = this.#turn.then(() => this.#change(task));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** The private key of a certificate, PKCS#8 in PEM. */
  async key({ id, label, key }: Entry): Promise<Outcome<string>> {
    if (key === null) return failure('no-key', `The private key of “${label}” is not here.`);
    try {
      if (key === 'file') return success((await readPrivateFile(this.#path(`${id}.key.pem`))).toString('utf8'));
      const vault = await this.vault();
      if (vault === null) {
        const sentence =
          `The private key of “${label}” is sealed by the key ring of the desktop application, which alone can open it. ` +
          'Use the desktop application, or a folder of its own for certificates (--data).';
        return failure('key-sealed', sentence);
      }
      return await vault.open(await readPrivateFile(this.#path(`${id}.key.sealed`)));
    } catch (error) {
      return failure('key-unreadable', `The private key of “${label}” cannot be read: ${(error as Error).message}.`);
    }
  }

  async #change<T>(task: (draft: Draft) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const { folder, clock } = this.#options;
    try {
      await makePrivateFolder(folder);
    } catch (error) {
      return failure('authority-unwritable', `The folder ${folder} cannot be used: ${(error as Error).message}.`);
    }
    const lock = await lockAuthority(this.#path('lock'), clock);
    if (!lock.ok) return lock;
    try {
      const read = await this.read();
      if (!read.ok) return read;
      const { draft, files, removed } = this.#draft(read.value);
      const done = await task(draft);
      if (!done.ok) return done;
      for (const [name, content] of files) await writePrivateFile(this.#path(name), content);
      await writePrivateFile(this.#path('authority.json'), `${JSON.stringify(draft.index, undefined, 2)}\n`);
      for (const id of removed) await this.#removeFiles(id);
      return done;
    } catch (error) {
      return failure('authority-unwritable', `The certificates could not be saved: ${(error as Error).message}.`);
    } finally {
      lock.value();
    }
  }

  #draft(book: Book): { draft: Draft; files: Map<string, string | Uint8Array>; removed: Set<string> } {
    const index = structuredClone(book.index);
    const certificates = new Map(book.certificates);
    const files = new Map<string, string | Uint8Array>();
    const removed = new Set<string>();
    const keep = async (id: string, key: string): Promise<Outcome<'file' | 'sealed'>> => {
      const vault = await this.vault();
      if (vault === null) {
        files.set(`${id}.key.pem`, key);
        return success('file');
      }
      const sealed = await vault.seal(key);
      if (!sealed.ok) return sealed;
      files.set(`${id}.key.sealed`, sealed.value);
      return success('sealed');
    };
    const draft: Draft = {
      index,
      certificates,
      async add(entry, certificate, key) {
        const kept = key === null ? success(null) : await keep(entry.id, key);
        if (!kept.ok) return kept;
        const whole = { ...entry, key: kept.value };
        files.set(`${entry.id}.pem`, certificate);
        certificates.set(entry.id, certificate);
        index.entries.push(whole);
        return success(whole);
      },
      async addKey(id, key) {
        const kept = await keep(id, key);
        if (!kept.ok) return kept;
        index.entries = index.entries.map((entry) => (entry.id === id ? { ...entry, key: kept.value } : entry));
        return success(null);
      },
      remove(id) {
        index.entries = index.entries.filter((entry) => entry.id !== id);
        certificates.delete(id);
        removed.add(id);
      },
    };
    return { draft, files, removed };
  }

  async #removeFiles(id: string): Promise<void> {
    for (const end of ['key.pem', 'key.sealed', 'pem']) await rm(this.#path(`${id}.${end}`), { force: true });
  }

  #path(name: string): string {
    return join(this.#options.folder, name);
  }

  #damaged(path: string, why: string): string {
    return (
      `The certificates of the bench cannot be used (${path}): ${why}. Put back a copy of ${this.#options.folder}, or ` +
      'move that folder away, and a new authority is made; what trusts the old one then has to be told of the new one.'
    );
  }
}

/** What changes whenever a file is replaced; empty where it is not there. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(path);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
