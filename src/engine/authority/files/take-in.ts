import { type KeyObject, X509Certificate } from 'node:crypto';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { Entry } from '../authority-index.ts';
import { isIssuedBy } from '../authority-state.ts';
import type { Draft } from '../authority-store.ts';
import { newId } from '../workshop.ts';
import type { Bundle } from './read-bundle.ts';

/** What a name of an import is cut to. */
const LABEL_MAX = 200;
const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';

/**
 * Adds what a file held to the certificates of the bench, each once; a key is kept with its certificate, which may have
 * been here before. Fails where a key has no certificate, or where nothing is new.
 * @param name of the file, as its owner has it
 */
export async function takeIn(draft: Draft, { certificates, keys }: Bundle, name: string): Promise<Outcome<null>> {
  const unused = new Set(keys);
  const here = new Map([...draft.certificates].map(([id, pem]) => [new X509Certificate(pem).fingerprint256, id]));
  const added: string[] = [];
  let isNew = false;
  for (const certificate of certificates) {
    if (here.has(certificate.fingerprint256)) continue;
    const key = keyOf(certificate, unused);
    const entry = entryOf(certificate, name);
    const kept = await draft.add(entry, `${certificate.toString().trim()}\n`, key);
    if (!kept.ok) return kept;
    here.set(certificate.fingerprint256, entry.id);
    added.push(entry.id);
    isNew = true;
  }
  for (const [id, pem] of draft.certificates) {
    if (unused.size === 0) break;
    const key = keyOf(new X509Certificate(pem), unused);
    const entry = draft.index.entries.find((each) => each.id === id);
    if (key === null || !entry || entry.key !== null) continue;
    const kept = await draft.addKey(id, key);
    if (!kept.ok) return kept;
    isNew = true;
  }
  if (unused.size > 0) {
    const sentence = 'A private key in this file belongs to none of its certificates, and to none that is here.';
    return failure('key-without-certificate', sentence);
  }
  if (!isNew) return failure('already-there', 'All that is in this file is here already.');
  findIssuers(draft, added);
  return success(null);
}

/** The private key of a certificate, PKCS#8 in PEM, taken from those that are left; null where it is not among them. */
function keyOf(certificate: X509Certificate, unused: Set<KeyObject>): string | null {
  let pem: string | null = null;
  for (const key of unused) {
    if (!certificate.checkPrivateKey(key)) continue;
    unused.delete(key);
    pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
  return pem;
}

function entryOf(certificate: X509Certificate, name: string): Omit<Entry, 'key'> {
  const role = roleOf(certificate);
  const commonName = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  const label = (commonName ?? (name.trim() || certificate.subject.replaceAll('\n', ', '))).slice(0, LABEL_MAX);
  return {
    id: newId(`imported-${label}`),
    label,
    role,
    origin: 'imported',
    hierarchy: null,
    issuedBy: null,
    trusted: role === 'root',
    bad: null,
    use: null,
  };
}

/** What a certificate is for, as its constraints say: an authority, a server (which has names), or a client. */
function roleOf(certificate: X509Certificate): Entry['role'] {
  if (certificate.ca) return certificate.checkIssued(certificate) ? 'root' : 'issuing';
  const purposes = certificate.keyUsage ?? [];
  if (purposes.includes(SERVER_AUTHENTICATION)) return 'csms';
  if (purposes.includes(CLIENT_AUTHENTICATION)) return 'station';
  return certificate.subjectAltName === undefined ? 'station' : 'csms';
}

/** Notes who signed what came in, and what was here before and had nobody. */
function findIssuers({ index, certificates }: Draft, added: readonly string[]): void {
  const authorities = index.entries.filter(({ role }) => role === 'root' || role === 'issuing');
  for (const entry of index.entries) {
    if (entry.issuedBy !== null || entry.origin !== 'imported') continue;
    const candidates = added.includes(entry.id) ? authorities : authorities.filter(({ id }) => added.includes(id));
    const pem = certificates.get(entry.id) ?? '';
    entry.issuedBy = candidates.find(({ id }) => isIssuedBy(pem, certificates.get(id) ?? ''))?.id ?? null;
  }
}
