import type { ListenerSecurity } from '../../bridge/security.ts';
import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF, versionOfSubprotocol } from '../../ocpp/version.ts';
import { quoted } from '../../ocpp/words.ts';
import type { LegPolicy } from '../../session/leg-policy.ts';
import type { Headers, LinkRemark } from '../../session/link.ts';
import type { NegotiationCode } from '../../session/negotiation/codes.ts';
import type { UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import { readBasic } from './basic-credentials.ts';
import { isHexadecimal, matchPassword } from './password.ts';

/** What is known of an opening handshake when it is decided on. */
export type AdmissionRequest = Pick<UpgradeRequest, 'target' | 'headers' | 'offered' | 'tls' | 'flaw'>;

/** The station may come in. */
export interface Granted {
  readonly granted: true;
  /** What stands out and is let pass, for its link. */
  readonly remarks: readonly LinkRemark[];
}

/** The station may not: how it is answered, and why. */
export interface Refused {
  readonly granted: false;
  readonly status: number;
  readonly code: NegotiationCode;
  /** Holds no password, and nothing of one. */
  readonly sentence: string;
  /** To be sent with the answer. */
  readonly headers: Headers;
}

export type Admission = Granted | Refused;

/** What a port asks for where nobody said anything else. */
export const NO_SECURITY: ListenerSecurity = { profile: 0, password: null };

/** What is recorded of a leg as asked for. */
export function policyOf(security: ListenerSecurity): LegPolicy {
  return { profile: security.profile, versions: security.versions ?? OCPP_VERSIONS };
}

/**
 * Decides whether a station that opens a WebSocket may come in, in the order of the handshake: whether it is one, who the
 * station says it is (1.6-J 3.2; part 4, 3.3), whether it speaks in the security profile of the port (A00.FR.002), and
 * whether it proves who it is (A00.FR.207, A00.FR.407). The subprotocol is not looked at.
 *
 * A port of profile 0 takes all, over TLS too. One of profile 1 refuses TLS: with it a password is profile 2, and a port
 * has one profile (A00.FR.001, A00.FR.006).
 */
export function admission(request: AdmissionRequest, security: ListenerSecurity): Admission {
  const { target, flaw } = request;
  if (flaw !== undefined) return refused(400, 'bad-handshake', flaw);
  const identity = stationIdentity(target);
  if (identity === '') {
    return refused(404, 'no-identity', 'The path must end in the identity of the charging station.');
  }
  const { stations } = security;
  if (stations !== undefined && !stations.includes(identity)) {
    return refused(404, 'unknown-station', `No station is known here by the identity ${quoted(identity)}.`);
  }
  return transport(request, security) ?? authentication(request, identity, security);
}

/** Whether the station speaks TLS where it should (A00.FR.312, A00.FR.415), and only there. */
function transport({ tls }: AdmissionRequest, { profile }: ListenerSecurity): Refused | undefined {
  if (profile >= 2 && tls === undefined) {
    const sentence = `The station speaks ws:// to a port that asks for TLS: security profile ${profile} needs wss://.`;
    return refused(400, 'tls-required', sentence);
  }
  if (profile === 1 && tls !== undefined) {
    const sentence =
      'The station speaks wss:// to a port of security profile 1, which is without TLS: a password over TLS is profile 2.';
    return refused(400, 'tls-not-offered', sentence);
  }
  return undefined;
}

function authentication(request: AdmissionRequest, identity: string, security: ListenerSecurity): Admission {
  switch (security.profile) {
    case 0:
      return GRANTED;
    case 1:
    case 2:
      return basic(request, identity, security);
    case 3:
      return certificate(request);
  }
}

/** A00.FR.202 to A00.FR.207, and the same of profile 2 from A00.FR.301 on. */
function basic({ headers, offered }: AdmissionRequest, identity: string, security: ListenerSecurity): Admission {
  const reading = readBasic(headers);
  if (reading.kind === 'none') {
    return unauthorized('no-credentials', 'The request has no Authorization header, so there is no password.');
  }
  if (reading.kind === 'malformed') return unauthorized('credentials-malformed', reading.sentence);
  const { user, password } = reading.credentials;
  const configured = configuredPassword(security, identity);
  if (user !== identity) return unauthorized('user-name-differs', userDiffers(user, password, identity, configured));
  if (configured === null) return GRANTED;
  return judged(matchPassword(password, configured), offered, isHexadecimal(configured));
}

/** The password that a port has for a station; null where it takes any. */
export function configuredPassword(
  { passwords, password }: Pick<ListenerSecurity, 'password' | 'passwords'>,
  identity: string,
): string | null {
  return passwords && Object.hasOwn(passwords, identity) ? (passwords[identity] ?? null) : password;
}

/** What a comparison of passwords comes to for a station that offered these subprotocols. */
function judged(match: ReturnType<typeof matchPassword>, offered: readonly string[], isKey: boolean): Admission {
  const speaks16 = offered.includes(SUBPROTOCOL_OF['1.6']);
  const speaks2 = OCPP_VERSIONS.some((version) => version !== '1.6' && offered.includes(SUBPROTOCOL_OF[version]));
  switch (match) {
    case 'text':
      return isKey && speaks16 && !speaks2 ? KEY_AS_TEXT : GRANTED;
    case 'key-bytes':
      return speaks16 || !speaks2 ? KEY_AS_BYTES : unauthorized('wrong-password', WRITTEN_WRONG[match]);
    case 'wrong':
      return unauthorized('wrong-password', 'The password is not the one that this port has for the station.');
    default:
      return unauthorized('wrong-password', WRITTEN_WRONG[match]);
  }
}

const WRITTEN_WRONG = {
  'key-bytes':
    'The password is right, but sent as the bytes of its hexadecimal digits, as 1.6 does it; from 2.0.1 on it is sent as text.',
  'line-break': 'The password is right but for a line break at its end.',
  'latin-1': 'The password is right, but encoded in ISO 8859-1; it is sent as UTF-8.',
  base64: 'The password is right, but was encoded in base64 a second time.',
} as const;

/** A00.FR.204. A user name that is the password is not repeated. */
function userDiffers(user: string, password: Uint8Array, identity: string, configured: string | null): string {
  const known = configured !== null && matchPassword(Buffer.from(user), configured) !== 'wrong';
  if (known || matchPassword(password, identity) === 'text') {
    return 'The user name is not the identity of the station; it and the password seem to be exchanged.';
  }
  if (identity.includes(':')) {
    return `The identity ${quoted(identity)} has a colon, so it cannot be a user name: Basic authentication ends that at the first colon.`;
  }
  return `The user name is ${quoted(user)}, but the identity of the station in the path is ${quoted(identity)}.`;
}

/** A00.FR.401 to A00.FR.407. What was not checked is not trusted. */
function certificate({ tls }: AdmissionRequest): Admission {
  const failed = tls?.checks?.find(({ outcome }) => outcome === 'failed');
  if (failed?.check === 'presented' || !tls?.chain?.length) {
    const sentence = 'The station presented no certificate, which security profile 3 asks for.';
    return refused(403, 'no-client-certificate', sentence);
  }
  if (failed) {
    const fault = failed.sentence.replace(/^(It|Of)/, (word) => word.toLowerCase());
    return refused(403, 'client-certificate-refused', `The certificate is refused: ${fault}`);
  }
  if (!tls.checks?.length) {
    return refused(403, 'client-certificate-refused', 'The certificate of the station could not be checked.');
  }
  return GRANTED;
}

/** Why there is no version in common, in a sentence. */
export function noCommonVersion(offered: readonly string[], accepted: readonly OcppVersion[]): string {
  const accepts = listed(accepted.map((version) => SUBPROTOCOL_OF[version]));
  return `The station offered ${offer(offered)}; this CSMS accepts ${accepts}.`;
}

function offer(offered: readonly string[]): string {
  if (offered.length === 0) return 'no subprotocol';
  const names = offered.slice(0, OFFERS_SHOWN).map((name) => (versionOfSubprotocol(name) ? name : quoted(name)));
  if (offered.length > OFFERS_SHOWN) names.push(`${offered.length - OFFERS_SHOWN} more`);
  return names.length === 1 ? `${names[0]} alone` : listed(names);
}

const OFFERS_SHOWN = 5;

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const GRANTED: Granted = { granted: true, remarks: [] };

const KEY_AS_BYTES = remarked(
  'The password is the AuthorizationKey as the bytes of its hexadecimal digits, as 1.6 asks for.',
  'info',
);
const KEY_AS_TEXT = remarked(
  'The password is the AuthorizationKey as text; 1.6 sends the bytes that its hexadecimal digits stand for. It was taken.',
  'warning',
);

function remarked(sentence: string, severity: LinkRemark['severity']): Granted {
  const requirements = ['1.6-J 6.2.2', 'A00.FR.205'];
  return { granted: true, remarks: [{ severity, rule: 'link.authorization-key', requirements, sentence }] };
}

function refused(status: number, code: NegotiationCode, sentence: string): Refused {
  return { granted: false, status, code, sentence, headers: [] };
}

/** RFC 7617, 2.1: UTF-8 is announced. */
function unauthorized(code: NegotiationCode, sentence: string): Refused {
  return { granted: false, status: 401, code, sentence, headers: CHALLENGE };
}

const CHALLENGE: Headers = [['WWW-Authenticate', 'Basic realm="Plugscope", charset="UTF-8"']];
