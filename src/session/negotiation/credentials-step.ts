import { base64, utf8 } from '@scure/base';
import { quoted } from '../../ocpp/words.ts';
import type { LinkFacts } from '../link.ts';
import { MASK } from '../secrets/edits.ts';
import type { NegotiationStep } from './explanation.ts';
import { headerValues, step } from './step.ts';

/** What an Authorization header says; the password is compared and measured, and goes no further. */
type Credentials =
  | {
      readonly kind: 'basic';
      readonly user: string;
      readonly isPasswordIdentity: boolean;
      readonly length: number | null;
    }
  /** A password was taken out of what is shown, so that nothing can be said of it. */
  | { readonly kind: 'masked' }
  | { readonly kind: 'malformed'; readonly sentence: string };

/** Characters of a password at least (A00.FR.205). */
const PASSWORD_MIN = 16;

/** With what the station proves who it is over HTTP. No sentence holds a password, or part of one. */
export function credentialsStep(facts: LinkFacts): NegotiationStep | undefined {
  const { requestHeaders, policy, station, attempt, opener, tls } = facts;
  if (attempt !== undefined || requestHeaders.length === 0) return undefined;
  const [value, ...others] = headerValues(requestHeaders, 'authorization');
  if (value === undefined) return nothingSent(facts);
  if (others.length > 0) {
    return step('credentials', 'failed', 'There is more than one Authorization header.', ['RFC 7617, 2']);
  }
  const read = readCredentials(value, station);
  if (read.kind === 'malformed') return step('credentials', 'failed', read.sentence, ['RFC 7617, 2']);
  if (read.kind === 'masked') return masked(facts);
  if (read.user !== station) return otherUser(facts, read.user, read.isPasswordIdentity);
  const offered = `Basic, user name ${quoted(read.user)}`;
  const is2 = facts.offered.some((name) => name.startsWith('ocpp2'));
  if (is2 && read.length !== null && read.length < PASSWORD_MIN) {
    const sentence = `The password is shorter than the ${PASSWORD_MIN} characters that it must have.`;
    return step('credentials', 'advice', sentence, ['A00.FR.205'], { offered });
  }
  if (policy?.profile === 3 && opener === 'peer' && tls !== undefined) {
    const sentence = 'The station sends a password though its certificate says who it is.';
    return step('credentials', 'advice', sentence, ['A00.FR.001'], { offered });
  }
  return step('credentials', 'passed', 'The user name is the identity of the station.', ['A00.FR.204'], { offered });
}

/** The session does not keep what was compared with a password: what came of it tells how that ended. */
function masked({ policy, opener, status }: LinkFacts): NegotiationStep {
  const wire = { offered: 'Basic' };
  const compared = opener === 'peer' && (policy?.profile === 1 || policy?.profile === 2);
  if (compared && status === 101) {
    const sentence = 'The user name and the password are those that were asked for.';
    return step('credentials', 'passed', sentence, ['A00.FR.204', 'A00.FR.207'], wire);
  }
  return step('credentials', 'not-done', 'There are credentials; the session does not keep them.', [], wire);
}

function nothingSent({ policy, opener }: LinkFacts): NegotiationStep | undefined {
  const asked = policy?.profile === 1 || policy?.profile === 2;
  if (asked && opener === 'peer') {
    const sentence = `No user name and password were sent; security profile ${policy.profile} asks for them.`;
    return step('credentials', 'failed', sentence, ['A00.FR.202', 'A00.FR.203']);
  }
  if (policy?.profile === 3) return step('credentials', 'passed', 'None: the certificate says who the station is.');
  return step('credentials', 'passed', policy ? 'None were sent, and none are asked for.' : 'None were sent.');
}

/** A user name may be the password: it is shown where it is nearly the identity, or whoever knew the password told it. */
function otherUser(facts: LinkFacts, user: string, isExchanged: boolean): NegotiationStep {
  const { station, policy, failure } = facts;
  const outcome = policy === undefined || policy.profile === 0 || policy.profile === 3 ? 'advice' : 'failed';
  const said = (sentence: string, offered = 'Basic'): NegotiationStep =>
    step('credentials', outcome, sentence, ['A00.FR.204'], { offered });
  if (isExchanged) {
    return said('The password is the identity of the station: it and the user name seem to be exchanged.');
  }
  const offered = `Basic, user name ${quoted(user)}`;
  if (user.toLowerCase() === station.toLowerCase()) {
    const sentence = `The user name ${quoted(user)} differs from the identity ${quoted(station)} in upper and lower case.`;
    return said(sentence, offered);
  }
  if (failure?.includes(quoted(user))) {
    return said(`The user name ${quoted(user)} is not the identity ${quoted(station)}.`, offered);
  }
  return said(`The user name is not the identity ${quoted(station)}.`);
}

function readCredentials(value: string, station: string): Credentials {
  const [, scheme = '', encoded = ''] = /^(\S+)(?:\s+(.*))?$/.exec(value) ?? [];
  if (value.includes(MASK)) return { kind: 'masked' };
  if (scheme.toLowerCase() !== 'basic') {
    // Anything else may be the password itself.
    const known = /^(bearer|digest|negotiate|ntlm)$/i.test(scheme) ? ` but of the scheme ${scheme}` : '';
    return { kind: 'malformed', sentence: `The Authorization header is not Basic${known}.` };
  }
  const bytes = decoded(encoded);
  if (bytes === undefined) {
    return { kind: 'malformed', sentence: 'What follows "Basic" in the Authorization header is not base64.' };
  }
  const colon = bytes.indexOf(0x3a);
  if (colon === -1) {
    return { kind: 'malformed', sentence: 'The credentials have no colon between user name and password.' };
  }
  const user = textOf(bytes.subarray(0, colon)) ?? '';
  const password = textOf(bytes.subarray(colon + 1));
  // Bytes that are no text are the key of 1.6.
  const length = password === undefined ? null : [...password].length;
  return { kind: 'basic', user, isPasswordIdentity: station !== '' && password === station, length };
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.encode(bytes);
  } catch {
    return undefined;
  }
}
