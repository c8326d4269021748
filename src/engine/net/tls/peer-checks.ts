import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import {
  CERTIFICATE_CHECKS,
  type CertificateCheck,
  type CertificateCheckName,
  type CertificateFacts,
} from '../../../session/certificate.ts';
import { checkIssuerUsage, checkKey, checkOwnUsage, checkSignature } from './certificate-strength.ts';
import type { RevocationCheck, RevocationStatus } from './credential.ts';
import { followPath, isSelfSigned, type Path } from './path.ts';
import { checkName, checkOrganization, type ExpectedPeer, type Finding } from './peer-name.ts';
import { calledName, type ReadCertificate, readCertificate } from './read-certificate.ts';
import type { TrustedRoots } from './trusted-roots.ts';

/** What there is to judge a peer's certificate by. */
export interface PeerEvidence {
  /** What the peer presented, its own certificate first; see `presentedChain`. */
  readonly chain: readonly X509Certificate[];
  /** OpenSSL's word on the path, such as `CERT_HAS_EXPIRED`; undefined where it found nothing wrong. See `verdictOf`. */
  readonly verdict: string | undefined;
  readonly roots: TrustedRoots;
  /** Authorities that are known without being trusted or presented, such as those of our own chain. */
  readonly issuers?: readonly X509Certificate[];
  readonly expected: ExpectedPeer;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Undefined where revocation is not checked. */
  readonly revocation?: RevocationCheck;
}

export interface PeerFindings {
  readonly chain: readonly CertificateFacts[];
  /** One for each of `CERTIFICATE_CHECKS`, in that order. */
  readonly checks: readonly CertificateCheck[];
}

/** A peer may present as many as fit into 100 kB; more than these are not looked at. */
const PRESENTED_MAX = 16;

/**
 * The certificates that a peer presented, its own first; empty where it presented none. To be called once for a socket:
 * in Node 24.21 reading them on a client takes them away, and on a server, where OpenSSL found nothing wrong, Node has
 * read them itself, and the peer's own is all that is left (nodejs/node#65579). `PeerEvidence.issuers` makes up for it.
 */
export function presentedChain(socket: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  let each = socket.getPeerX509Certificate();
  while (each && chain.length < PRESENTED_MAX) {
    chain.push(each);
    each = each.issuerCertificate;
  }
  return chain;
}

/** OpenSSL's code for what is wrong with the peer's certificate; undefined where it found nothing. */
export function verdictOf(socket: TLSSocket): string | undefined {
  if (socket.authorized) return undefined;
  // Node's types say Error; where the handshake goes on, it is the code.
  const verdict: unknown = socket.authorizationError;
  if (typeof verdict === 'string') return verdict;
  const code = (verdict as { readonly code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'UNSPECIFIED';
}

/** Certificates as they are shown. */
export function factsOf(chain: readonly X509Certificate[]): readonly CertificateFacts[] {
  return chain.slice(0, PRESENTED_MAX).map((each) => readCertificate(each).facts);
}

/**
 * Checks the certificate of a peer. OpenSSL has validated the path (RFC 5280, 6; A00.FR.308, A00.FR.403) and is the
 * authority on it; this says what its verdict means, and checks what OCPP asks for beyond. Whether the certificate was
 * revoked is asked only where the path is good: an address in a certificate that anybody made is not called. A status
 * that cannot be learned is `not-done`, and refuses nobody. Never rejects: certificates are the word of the peer.
 */
export async function checkPeer(evidence: PeerEvidence): Promise<PeerFindings> {
  const { expected, verdict } = evidence;
  const presented = evidence.chain.slice(0, PRESENTED_MAX).map(readCertificate);
  const chain = presented.map(({ facts }) => facts);
  const [own] = presented;
  if (own === undefined) return { chain, checks: nothingPresented(expected) };

  const path = followPath(
    [own.certificate, ...presented.slice(1).map(({ certificate }) => certificate), ...(evidence.issuers ?? [])],
    evidence.roots,
  );
  const onPath = path.certificates.map(
    (each) => presented.find((other) => isSame(other.certificate, each)) ?? readCertificate(each),
  );
  const looked = path.trusted ? onPath : presented;
  const placed = (of: ReadCertificate, finding: Finding): Placed => {
    const place = presented.indexOf(of);
    const whose = of === own ? '' : `Of its issuer ${calledName(of)}: `;
    return { ...finding, sentence: whose + finding.sentence, ...(place < 0 ? {} : { place }) };
  };
  const worstOf = (findings: readonly Placed[]) => worst(findings) ?? NOTHING_LOOKED_AT;

  const found: Record<Exclude<CertificateCheckName, 'path' | 'revocation'>, Placed> = {
    presented: {
      outcome: 'passed',
      sentence: `It presented ${calledName(own)}${chain.length > 1 ? `, with ${chain.length - 1} further ${chain.length > 2 ? 'certificates' : 'certificate'}` : ''}.`,
      requirements: [requirementOf(expected, 'A00.FR.307', 'A00.FR.402')],
    },
    validity: worstOf(looked.map((each) => placed(each, checkValidity(each, evidence.now)))),
    name: placed(own, checkName(own, expected)),
    organization: placed(own, checkOrganization(own, expected)),
    key: worstOf(looked.map((each) => placed(each, checkKey(each)))),
    // Nobody relies on the signature of a root: it is trusted as it is.
    signature: worstOf(
      looked
        .filter((each) => each === own || !isSelfSigned(each.certificate))
        .map((each) => placed(each, checkSignature(each))),
    ),
    usage: worstOf([
      placed(own, checkOwnUsage(own, expected.kind)),
      // What is trusted may issue, whatever it says of itself (RFC 5280, 6.1); old roots say nothing.
      ...onPath
        .slice(1, path.trusted ? -1 : undefined)
        .map((each, index) => placed(each, checkIssuerUsage(each, index))),
    ]),
  };
  const overruled = withVerdict(found, verdict);
  const others = Object.values(overruled).some(({ outcome }) => outcome === 'failed');
  const ofPath = checkPath(path, onPath, verdict, others, expected);
  const revocation = await checkRevocation(ofPath.outcome === 'passed', onPath, placed, evidence.revocation);
  const all: Record<CertificateCheckName, Placed> = { ...overruled, path: ofPath, revocation };
  return { chain, checks: CHECK_NAMES.map((check) => ({ check, ...all[check] })) };
}

/** The check for which a peer is to be refused: the first that failed. Undefined where all is good. */
export function refusalOf(checks: readonly CertificateCheck[]): CertificateCheck | undefined {
  return checks.find(({ outcome }) => outcome === 'failed');
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}

/** A finding, and where in the chain. */
interface Placed extends Finding {
  readonly place?: number;
}

const CHECK_NAMES = Object.keys(CERTIFICATE_CHECKS) as readonly CertificateCheckName[];
const NOTHING_LOOKED_AT: Placed = { outcome: 'not-done', sentence: 'There was nothing to look at.', requirements: [] };
const SEVERITY = ['failed', 'advice', 'not-done', 'passed'] as const;

/** The worst of several findings, that of the peer's own certificate first where they are equal. */
function worst(findings: readonly Placed[]): Placed | undefined {
  return SEVERITY.flatMap((severity) => findings.find(({ outcome }) => outcome === severity) ?? [])[0];
}

function requirementOf({ kind }: ExpectedPeer, csms: string, station: string): string {
  return kind === 'csms' ? csms : station;
}

function nothingPresented(expected: ExpectedPeer): readonly CertificateCheck[] {
  return CHECK_NAMES.map((check) =>
    check === 'presented'
      ? {
          check,
          outcome: 'failed',
          sentence: 'It presented no certificate.',
          requirements: [requirementOf(expected, 'A00.FR.307', 'A00.FR.401')],
        }
      : { check, outcome: 'not-done', sentence: 'There was no certificate to check.', requirements: [] },
  );
}

function checkValidity({ facts }: ReadCertificate, now: number): Finding {
  const requirements = ['RFC 5280, 4.1.2.5'];
  const { notBefore, notAfter } = facts;
  if (now < notBefore) {
    const sentence = `It is not valid before ${day(notBefore)}; compare the clocks.`;
    return { outcome: 'failed', sentence, requirements };
  }
  return now > notAfter
    ? { outcome: 'failed', sentence: `It expired on ${day(notAfter)}.`, requirements }
    : { outcome: 'passed', sentence: `It is valid until ${day(notAfter)}.`, requirements };
}

function day(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Codes of OpenSSL that are about one of our checks rather than about the path. */
const VERDICTS: Readonly<Record<string, 'validity' | 'usage' | 'name'>> = {
  CERT_HAS_EXPIRED: 'validity',
  CERT_NOT_YET_VALID: 'validity',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'validity',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'validity',
  INVALID_PURPOSE: 'usage',
  INVALID_CA: 'usage',
  PATH_LENGTH_EXCEEDED: 'usage',
  HOSTNAME_MISMATCH: 'name',
  ERR_TLS_CERT_ALTNAME_INVALID: 'name',
};

/** OpenSSL's verdict counts also where our own look at the same matter found nothing. */
function withVerdict<Found extends Record<'validity' | 'usage' | 'name', Placed>>(
  found: Found,
  verdict: string | undefined,
): Found {
  const about = verdict === undefined ? undefined : VERDICTS[verdict];
  if (about === undefined || found[about].outcome === 'failed') return found;
  const sentence = `OpenSSL refuses it: ${verdict}.`;
  return { ...found, [about]: { ...found[about], outcome: 'failed', sentence } };
}

/** Codes of OpenSSL that say that the path does not lead to a root, or not with sound signatures. */
const PATH_VERDICTS: Readonly<Record<string, string>> = {
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of one of its issuers is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its issuer is neither among the trusted roots nor was it presented',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its issuer is neither among the trusted roots nor was it presented',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by its own key, and not among the trusted roots',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in a root that is not among the trusted ones',
  CERT_SIGNATURE_FAILURE: 'a signature in its chain is wrong',
  CERT_CHAIN_TOO_LONG: 'its chain is too long',
  CERT_UNTRUSTED: 'its root is not trusted for this',
  CERT_REJECTED: 'its root is marked as not to be trusted',
};

function checkPath(
  path: Path,
  onPath: readonly ReadCertificate[],
  verdict: string | undefined,
  othersFailed: boolean,
  expected: ExpectedPeer,
): Placed {
  const requirements = [requirementOf(expected, 'A00.FR.308', 'A00.FR.403'), 'RFC 5280, 6'];
  const last = onPath.at(-1);
  const lastName = last === undefined ? '' : calledName(last);
  const passed: Placed = { outcome: 'passed', sentence: `Its chain leads to ${lastName}.`, requirements };
  const failed = (why: string): Placed => ({ outcome: 'failed', sentence: `It is not trusted: ${why}.`, requirements });
  if (verdict === undefined)
    return path.trusted ? passed : { ...passed, sentence: 'Its chain leads to a trusted root.' };
  const known = PATH_VERDICTS[verdict];
  if (known !== undefined) return failed(onPath.length > 1 ? `${known} (${lastName})` : known);
  // Its verdict is one of several things that may be wrong; this one hides whether the path is among them.
  if (!path.trusted) {
    const alone = path.certificates.length === 1 && path.certificates.every(isSelfSigned);
    const why = alone ? 'DEPTH_ZERO_SELF_SIGNED_CERT' : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
    return failed(PATH_VERDICTS[why] ?? verdict);
  }
  return othersFailed ? passed : failed(`OpenSSL says ${verdict}`);
}

async function checkRevocation(
  isPathGood: boolean,
  onPath: readonly ReadCertificate[],
  placed: (of: ReadCertificate, finding: Finding) => Placed,
  ask: RevocationCheck | undefined,
): Promise<Placed> {
  const requirements = ['RFC 5280, 6.3', 'RFC 6960'];
  const notDone = (sentence: string): Placed => ({ outcome: 'not-done', sentence, requirements });
  if (ask === undefined) return notDone('Whether it was revoked is not asked for.');
  if (!isPathGood) return notDone('Whether it was revoked is not asked of an authority that is not trusted.');
  const answers = await Promise.all(
    onPath.slice(0, -1).map(async (of, index) => {
      const issuer = onPath[index + 1];
      return { of, status: issuer ? await answerOf(ask, of, issuer) : NOT_KNOWN };
    }),
  );
  const [own] = answers;
  // A root that is presented itself has nobody above it who could have revoked it.
  if (own === undefined) return notDone('It is trusted itself: there is no authority that could have revoked it.');
  for (const { of, status } of answers) {
    if (status.state !== 'revoked') continue;
    return placed(of, { outcome: 'failed', sentence: `It was revoked on ${day(status.at)}.`, requirements });
  }
  if (own.status.state === 'not-known') return notDone(own.status.sentence);
  return { outcome: 'passed', sentence: 'Its authority says that it was not revoked.', requirements };
}

const NOT_KNOWN: RevocationStatus = { state: 'not-known', sentence: 'Its issuer is not known.' };

async function answerOf(ask: RevocationCheck, of: ReadCertificate, issuer: ReadCertificate): Promise<RevocationStatus> {
  try {
    return await ask(of.certificate, issuer.certificate);
  } catch (error) {
    return { state: 'not-known', sentence: `Whether it was revoked could not be learned: ${String(error)}.` };
  }
}
