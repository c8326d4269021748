import { randomBytes, type X509Certificate } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { smallRequest } from './small-request.ts';
import type { RevocationCheck, RevocationStatus } from './tls/credential.ts';
import { ocspQuestion, readOcspAnswer } from './tls/ocsp.ts';
import { readCertificate } from './tls/read-certificate.ts';
import { readRevocationList } from './tls/revocation-list.ts';

/** Milliseconds for all of the questions about one certificate. */
const TIME_MAX = 3000;
const OCSP_MAX_BYTES = 64 * 1024;
/** Lists of public authorities may have tens of megabytes; those are left to OCSP. */
const LIST_MAX_BYTES = 4 * 1024 * 1024;
/** Addresses of each kind that are tried. */
const ADDRESSES_MAX = 2;
/** Milliseconds that an answer is kept: a fleet that comes back is not asked about station by station, but a revocation shows soon. */
const KEPT = { good: 30_000, revoked: 300_000, 'not-known': 5_000 } as const;
const KEPT_MAX = 1000;

interface Kept {
  readonly asked: Promise<RevocationStatus>;
  until: number;
}

/**
 * Asks the authority that issued a certificate whether it was revoked: its OCSP responder (RFC 6960) and, where that does
 * not tell, its revocation list (RFC 5280, 6.3), at the addresses that the certificate names, over plain HTTP: what they
 * say is signed. To be asked where the path of the certificate was found good.
 */
export function revocationClient(clock: Clock): RevocationCheck {
  const kept = new Map<string, Kept>();
  return (certificate, issuer) => {
    const key = `${issuer.fingerprint256} ${certificate.fingerprint256}`;
    const { mono } = clock.now();
    const known = kept.get(key);
    if (known && mono < known.until) return known.asked;
    kept.delete(key);
    const oldest = kept.keys().next();
    if (kept.size >= KEPT_MAX && !oldest.done) kept.delete(oldest.value);
    const entry: Kept = { asked: ask(certificate, issuer, clock), until: Number.POSITIVE_INFINITY };
    kept.set(key, entry);
    return entry.asked.then((status) => {
      entry.until = clock.now().mono + KEPT[status.state];
      return status;
    });
  };
}

async function ask(certificate: X509Certificate, issuer: X509Certificate, clock: Clock): Promise<RevocationStatus> {
  const { ocsp, lists } = readCertificate(certificate);
  const end = new AbortController();
  const timer = clock.after(TIME_MAX, () => end.abort());
  const means = { certificate, issuer, clock, signal: end.signal };
  const flaws: string[] = [];
  try {
    for (const url of addressesOf(ocsp)) {
      const status = await askResponder(url, means);
      if (status.state !== 'not-known') return status;
      flaws.push(`the OCSP responder at ${url.host} ${status.sentence}`);
    }
    for (const url of addressesOf(lists)) {
      const status = await askList(url, means);
      if (status.state !== 'not-known') return status;
      flaws.push(status.sentence);
    }
  } catch (error) {
    flaws.push(`asking failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    timer.cancel();
  }
  const why = flaws.length > 0 ? flaws.join('; ') : 'it names nobody who could be asked over HTTP';
  return { state: 'not-known', sentence: `Whether it was revoked is not known: ${why}.` };
}

interface Means {
  readonly certificate: X509Certificate;
  readonly issuer: X509Certificate;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** HTTP alone: for TLS there would be another certificate to ask about, and so on (RFC 5280, 8). */
function addressesOf(urls: readonly string[]): readonly URL[] {
  return urls
    .flatMap((text) => URL.parse(text) ?? [])
    .filter(({ protocol }) => protocol === 'http:')
    .slice(0, ADDRESSES_MAX);
}

async function askResponder(url: URL, { certificate, issuer, clock, signal }: Means): Promise<RevocationStatus> {
  const question = ocspQuestion(certificate, issuer, randomBytes(32));
  const body = { type: 'application/ocsp-request', bytes: question.request };
  const answer = await smallRequest({ url, body, maxBytes: OCSP_MAX_BYTES, signal });
  if (!answer.ok) return { state: 'not-known', sentence: answer.error.sentence };
  return readOcspAnswer(answer.value, question, clock.now().wall);
}

async function askList(url: URL, { certificate, issuer, clock, signal }: Means): Promise<RevocationStatus> {
  const answer = await smallRequest({ url, maxBytes: LIST_MAX_BYTES, signal });
  if (!answer.ok)
    return { state: 'not-known', sentence: `${url.host}, which has the revocation list, ${answer.error.sentence}` };
  const status = readRevocationList(answer.value, certificate, issuer, clock.now().wall);
  return status.state === 'not-known'
    ? { state: 'not-known', sentence: `the revocation list of ${url.host} ${status.sentence}` }
    : status;
}
