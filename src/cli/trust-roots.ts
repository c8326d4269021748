import { X509Certificate } from 'node:crypto';
import { basename } from 'node:path';
import type { AuthorityDesk } from '../engine/authority/authority-desk.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';
import type { ListedCertificate } from './certificate-lines.ts';
import { CERTIFICATE } from './pem-files.ts';

/**
 * Has the roots of a file trusted: takes them in where they are not here yet. Fails where the file holds anything but
 * roots, since nothing else can be trusted. Yields them as they are listed.
 */
export async function trustRootsOf(
  desk: AuthorityDesk,
  file: string,
  content: Buffer,
): Promise<Outcome<readonly ListedCertificate[]>> {
  const found = certificatesIn(content);
  if (found.length === 0) return failure('no-certificate', `${file} has no certificate in PEM or DER.`);
  const other = found.find((each) => !(each.ca && each.checkIssued(each)));
  if (other) {
    const subject = other.subject.replaceAll('\n', ', ');
    return failure(
      'no-root',
      `${file} holds ${subject}, which is no root; "plugscope authority import" takes in others.`,
    );
  }
  const taken = await desk.import(content.toString('base64'), basename(file), '');
  if (!taken.ok && taken.error.code !== 'already-there') return taken;
  let state = await desk.state();
  const wanted = new Set(found.map(({ fingerprint256 }) => fingerprint256.replaceAll(':', '').toLowerCase()));
  const ours = (certificates: readonly ListedCertificate[]) =>
    certificates.filter(({ fingerprint }) => wanted.has(fingerprint));
  for (const { id, trusted } of state.ok ? ours(state.value.certificates) : []) {
    if (!trusted) state = await desk.trust(id, true);
    if (!state.ok) break;
  }
  return state.ok ? success(ours(state.value.certificates)) : state;
}

function certificatesIn(content: Buffer): readonly X509Certificate[] {
  const pem = content.toString('latin1').match(CERTIFICATE);
  try {
    return (pem ?? [content]).map((each) => new X509Certificate(each));
  } catch {
    return [];
  }
}
