import { isOpened, profileOnWire } from '../life/connection-row.ts';
import type { LinkFacts } from '../link.ts';
import { CAUSES, type Cause } from './causes.ts';
import type { NegotiationCode } from './codes.ts';
import { credentialsStep } from './credentials-step.ts';
import type { NegotiationExplanation, NegotiationStep, NegotiationSubject } from './explanation.ts';
import { NEGOTIATION_SUBJECTS } from './explanation.ts';
import { repeatsInWords } from './repeats.ts';
import { handshakeStep, identityStep, pathStep } from './request-steps.ts';
import { step } from './step.ts';
import { extensionsStep, subprotocolStep } from './subprotocol-step.ts';
import { certificateStep, connectionStep, tlsStep } from './transport-steps.ts';
import { unexplained } from './unexplained.ts';

/** Subjects in the order in which they are decided on, which is not quite that in which they are shown. */
const ORDER: readonly NegotiationSubject[] = [
  'connection',
  'tls',
  'certificate',
  'path',
  'handshake',
  'identity',
  'credentials',
  'subprotocol',
  'extensions',
];

/**
 * How the opening handshake of a link went, in words: what was offered, what was made of it, and at what it failed. What
 * was recorded is the whole evidence; what it only suggests is said as such.
 *
 * @param otherLeg the leg on the other side of a proxy, whose failure may be the reason of this one's
 */
export function explainNegotiation(facts: LinkFacts, otherLeg?: LinkFacts): NegotiationExplanation {
  const verdict = verdictOf(facts);
  const isRefused = verdict !== 'open' && verdict !== 'pending';
  const known = isRefused && facts.code !== undefined ? CAUSES[facts.code] : undefined;
  const isOthers = isOfOtherLeg(facts, otherLeg);
  // What is wrong with the CSMS shows on the station's leg as the answer to its request alone.
  const cause = known && isOthers ? { ...known, subject: 'handshake' as const, requirements: [] } : known;
  return {
    verdict,
    ...(isRefused ? ((isOthers ? ofOtherLeg(otherLeg) : undefined) ?? whyOf(facts, cause)) : {}),
    steps: stepsOf(facts, cause),
    profile: profileOnWire(facts),
  };
}

function verdictOf(facts: LinkFacts): NegotiationExplanation['verdict'] {
  if (facts.attempt !== undefined) return 'no-websocket';
  if (isOpened(facts)) return 'open';
  // A handshake that was answered with 101 and failed for all that was refused by the side that looked at the answer.
  if (facts.status !== undefined) return 'refused';
  if (facts.failure === undefined && facts.code === undefined) {
    return facts.closing === undefined && facts.version === undefined ? 'pending' : 'open';
  }
  return facts.opener === 'peer' ? 'refused' : 'not-reached';
}

type Why = Pick<NegotiationExplanation, 'cause' | 'remedy'>;

function whyOf(facts: LinkFacts, cause: Cause | undefined): Why {
  if (cause === undefined) return unexplained(facts);
  const why = facts.failure ?? cause.sentence;
  return { cause: facts.repeats ? `${why} ${repeatsInWords(facts.repeats)}` : why, remedy: cause.remedy };
}

/** Failures that a station cannot have: on its leg they are those of the CSMS that it was to be passed on to. */
const OF_A_CSMS: ReadonlySet<NegotiationCode> = new Set([
  'bad-url',
  'not-web-socket',
  'server-certificate-refused',
  'server-not-tls',
  'refused',
  'not-reached',
  'host-unknown',
  'closed-early',
  'subprotocol-foreign',
]);

/** Whether a station was refused because there was no connection to its CSMS. What we refuse ourselves has its own code. */
function isOfOtherLeg({ opener, code }: LinkFacts, otherLeg: LinkFacts | undefined): boolean {
  if (opener !== 'peer') return false;
  if (code !== undefined && OF_A_CSMS.has(code)) return true;
  return hasFailed(otherLeg) && (code === undefined || code === otherLeg.code);
}

function hasFailed(leg: LinkFacts | undefined): leg is LinkFacts {
  if (leg?.opener !== 'plugscope') return false;
  const verdict = verdictOf(leg);
  return verdict === 'refused' || verdict === 'not-reached';
}

/** Why there is no connection to the CSMS, where its leg tells it. */
function ofOtherLeg(otherLeg: LinkFacts | undefined): Why | undefined {
  if (!hasFailed(otherLeg)) return undefined;
  const why = whyOf(otherLeg, otherLeg.code === undefined ? undefined : CAUSES[otherLeg.code]);
  return why.cause === undefined ? undefined : { ...why, cause: `The CSMS did not take the connection. ${why.cause}` };
}

function stepsOf(facts: LinkFacts, cause: Cause | undefined): readonly NegotiationStep[] {
  const { subject } = cause ?? {};
  const isAttempt = facts.attempt !== undefined;
  const made = [
    connectionStep(facts),
    facts.attempt === 'tcp' ? undefined : tlsStep(facts),
    certificateStep(facts),
    pathStep(facts),
    identityStep(facts),
    isAttempt && facts.status === undefined ? undefined : handshakeStep(facts),
    credentialsStep(facts),
    subprotocolStep(facts),
    extensionsStep(facts),
  ].filter((one) => one !== undefined);
  if (cause === undefined || subject === undefined || facts.code === 'file-served') return made;
  const failedAt = ORDER.indexOf(subject);
  const own = made.find((one) => one.subject === subject);
  const failed: NegotiationStep = {
    ...(own ?? step(subject, 'failed', '')),
    outcome: 'failed',
    sentence: sentenceOf(facts, cause, own),
    requirements: [...new Set([...cause.requirements, ...(own?.requirements ?? [])])],
  };
  const others = made
    .filter((one) => one.subject !== subject)
    // What comes after the failure was not decided on, and what only says that there was one says nothing more.
    .map((one) => (ORDER.indexOf(one.subject) > failedAt && one.outcome !== 'advice' ? notDone(one) : ended(one)));
  return [failed, ...others].sort(
    (a, b) => NEGOTIATION_SUBJECTS.indexOf(a.subject) - NEGOTIATION_SUBJECTS.indexOf(b.subject),
  );
}

/** Of offers and headers the facts say more than the sentence that was recorded; of all else that one knows more. */
function sentenceOf({ code, failure }: LinkFacts, cause: Cause, own: NegotiationStep | undefined): string {
  const said = own?.outcome === 'failed' ? own.sentence : undefined;
  const isTold = code === 'no-common-version' || code === 'bad-handshake';
  return isTold ? (said ?? failure ?? cause.sentence) : (failure ?? said ?? cause.sentence);
}

function notDone(one: NegotiationStep): NegotiationStep {
  if (one.outcome === 'not-done') return one;
  // The answer to the request is the answer to the failure.
  const sentence = one.subject === 'handshake' ? one.sentence : 'It did not come to that.';
  return { ...one, outcome: 'not-done', sentence };
}

/** The answer is refused for the reason that has its own step: the request itself was in order. */
function ended(one: NegotiationStep): NegotiationStep {
  return one.subject === 'handshake' && one.outcome === 'failed' ? { ...one, outcome: 'not-done' } : one;
}
