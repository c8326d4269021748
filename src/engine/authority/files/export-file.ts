import 'reflect-metadata';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { PemConverter } from '@peculiar/x509';
import { Sequence } from 'asn1js';
import type { ExportedFile, ExportForm } from '../../../bridge/methods/authority.ts';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { Entry } from '../authority-index.ts';
import { chainOf } from '../authority-state.ts';
import type { Book } from '../authority-store.ts';
import { encryptWithPassword } from './password-encryption.ts';
import { writePkcs12 } from './pkcs12.ts';

/** Where an export takes what is not in the book from. */
export interface ExportMeans {
  /** The private key of a certificate, PKCS#8 in PEM. */
  key(): Promise<Outcome<string>>;
  /** The list of what an authority of the bench revoked, in DER; undefined for everything else. */
  list(): Promise<Uint8Array | undefined>;
}

const PEM = 'application/x-pem-file';

/** A file of a certificate. Its name is its id, which is fit for every file system, with an ending. */
export async function exportFile(
  book: Book,
  { id, label }: Entry,
  form: ExportForm,
  password: string,
  means: ExportMeans,
): Promise<Outcome<ExportedFile>> {
  const pem = book.certificates.get(id) ?? '';
  switch (form) {
    case 'pem':
      return file(`${id}.pem`, PEM, pem);
    case 'chain':
      return file(`${id}-chain.pem`, PEM, chainOf(book, id));
    case 'der':
      return file(`${id}.cer`, 'application/pkix-cert', new X509Certificate(pem).raw);
    case 'key': {
      const key = await means.key();
      if (!key.ok) return key;
      return file(`${id}.key.pem`, PEM, password === '' ? key.value : await encryptedPem(key.value, password));
    }
    case 'pkcs12': {
      if (password === '')
        return failure('password-missing', 'A PKCS#12 file holds the private key, so it needs a password.');
      const key = await means.key();
      if (!key.ok) return key;
      const chain = chainOf(book, id).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      const certificates = chain.map((each) => new X509Certificate(each).raw);
      const bytes = await writePkcs12(certificates, derOf(key.value), password, label);
      return file(`${id}.p12`, 'application/x-pkcs12', bytes);
    }
    case 'crl': {
      const list = await means.list();
      if (list === undefined) {
        return failure('no-list', `“${label}” is no authority of this bench, so there is no list of what it revoked.`);
      }
      return file(`${id}.crl`, 'application/pkix-crl', list);
    }
  }
}

function file(name: string, type: string, content: string | Uint8Array): Outcome<ExportedFile> {
  return success({ name, type, base64: Buffer.from(content).toString('base64') });
}

function derOf(pem: string): Buffer {
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
}

/** PKCS#8 under a password (RFC 5958, 3), in PEM. */
async function encryptedPem(pem: string, password: string): Promise<string> {
  const { algorithm, data } = await encryptWithPassword(derOf(pem), password);
  const info = new Sequence({ value: [algorithm, data] });
  return `${PemConverter.encode(info.toBER(), 'ENCRYPTED PRIVATE KEY').trim()}\n`;
}
