import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Credentials } from '../engine/credentials.ts';
import { reasonOf } from '../engine/formats/file-source.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';

/** Files of a command line that take the place of the bench's own certificates. */
export interface PemFiles {
  /** Certificate, with those that lead towards its root, and the key of it. */
  readonly certificate?: string;
  readonly key?: string;
  /** Roots. */
  readonly ca?: string;
}

/** Their contents, under ids by which a setup names them. */
export type KeptPem =
  | { readonly kind: 'credential'; readonly chain: string; readonly key: string }
  | { readonly kind: 'roots'; readonly pem: readonly string[] };

/** Ids of what was read, for a setup; undefined where there is no such file. */
export interface ReadPem {
  readonly certificate: string | undefined;
  readonly trust: string | undefined;
}

/** Certificates of the bench, and those of files beside them. */
export class FileCredentials implements Credentials {
  readonly #base: Credentials;
  readonly #kept = new Map<string, KeptPem>();

  constructor(base: Credentials) {
    this.#base = base;
  }

  get revocation(): Credentials['revocation'] {
    return this.#base.revocation;
  }

  /** Reads files; fails where one is missing, is not what it should be, or certificate and key do not fit. */
  async read({ certificate, key, ca }: PemFiles): Promise<Outcome<ReadPem>> {
    if ((certificate === undefined) !== (key === undefined)) {
      return failure('key-missing', 'A certificate needs its key, and a key its certificate: name both files.');
    }
    if (certificate !== undefined && key !== undefined) {
      const credential = await readCredential(certificate, key);
      if (!credential.ok) return credential;
      this.#kept.set(certificate, credential.value);
    }
    if (ca !== undefined) {
      const roots = await readRoots(ca);
      if (!roots.ok) return roots;
      this.#kept.set(rootsId(ca), roots.value);
    }
    return success({ certificate, trust: ca && rootsId(ca) });
  }

  async ofCsms(ids: readonly string[] | null) {
    const kept = this.#kept.get(ids?.[0] ?? '');
    return kept?.kind === 'credential' ? success([kept]) : this.#base.ofCsms(ids);
  }

  async ofStation(serialNumber: string, id: string | null) {
    const kept = this.#kept.get(id ?? '');
    return kept?.kind === 'credential' ? success(kept) : this.#base.ofStation(serialNumber, id);
  }

  async roots(ids: readonly string[] | null) {
    const kept = this.#kept.get(ids?.[0] ?? '');
    return kept?.kind === 'roots' ? success(kept.pem) : this.#base.roots(ids);
  }

  root() {
    return this.#base.root();
  }

  sign(...request: Parameters<Credentials['sign']>) {
    return this.#base.sign(...request);
  }
}

const rootsId = (file: string): string => `roots ${file}`;
/** A certificate in PEM. */
export const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

async function readCredential(certificate: string, keyFile: string): Promise<Outcome<KeptPem>> {
  const chain = await readText(certificate);
  if (!chain.ok) return chain;
  const key = await readText(keyFile);
  if (!key.ok) return key;
  const own = parsed(chain.value.match(CERTIFICATE)?.[0]);
  if (!own) return failure('no-certificate', `${certificate} has no certificate in PEM.`);
  try {
    const privateKey = createPrivateKey(key.value);
    if (!own.checkPrivateKey(privateKey)) {
      return failure('key-differs', `The key in ${keyFile} is not that of the certificate in ${certificate}.`);
    }
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    return success({ kind: 'credential', chain: chain.value, key: pem });
  } catch {
    return failure('no-key', `${keyFile} has no private key in PEM that can be read without a password.`);
  }
}

async function readRoots(file: string): Promise<Outcome<KeptPem>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const pem = text.value.match(CERTIFICATE) ?? [];
  return pem.length > 0 && pem.every(parsed)
    ? success({ kind: 'roots', pem })
    : failure('no-certificate', `${file} has no certificate in PEM.`);
}

function parsed(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<Outcome<string>> {
  try {
    return success(await readFile(file, 'utf8'));
  } catch (error) {
    return failure('file-unreadable', `${file} cannot be read: ${reasonOf(error)}.`);
  }
}
