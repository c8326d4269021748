import type { ClientSecurity, ListenerSecurity } from '../bridge/security.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { Headers } from '../session/link.ts';
import { type Failure, failure, type Outcome, success } from '../session/outcome.ts';
import { basicAuthorization } from './admission/basic-credentials.ts';
import { authorizationKey } from './admission/password.ts';
import type { Credentials } from './credentials.ts';
import type { ListenOptions } from './net/socket.ts';
import type { ClientTls, Credential, ListenerTls } from './net/tls/credential.ts';

/** Path at which a port for stations hands out the root that its certificate leads to. */
export const ROOT_PATH = '/plugscope-root.pem';

/** A peer that is left out has no security asked of it: profile 0. */
type Asked<T> = T | undefined;

/**
 * TLS of a port for stations: for profiles 2 and 3, and for 0 where certificates are named. Undefined where there is none.
 */
export async function listenerTls(
  security: Asked<ListenerSecurity>,
  credentials: Credentials | undefined,
): Promise<Outcome<ListenerTls | undefined>> {
  const { profile = 0, certificates, organization, trust, minTls = 'TLSv1.2', revocation = true } = security ?? {};
  if (profile === 1 || (profile === 0 && certificates === undefined)) return success(undefined);
  if (!credentials) return NO_CREDENTIALS;
  const presented = await credentials.ofCsms(certificates ?? null);
  if (!presented.ok) return presented;
  const asksCertificate = profile === 3;
  const roots = asksCertificate ? await credentials.roots(trust ?? null) : success([]);
  if (!roots.ok) return roots;
  return success({
    credentials: presented.value,
    asksCertificate,
    trust: roots.value,
    organization,
    minVersion: minTls,
    revocation: asksCertificate && revocation ? credentials.revocation : undefined,
  });
}

/** Files that a port for stations hands out: the root of its certificates, made when somebody asks for it. */
export function listenerFiles(credentials: Credentials | undefined): ListenOptions['files'] {
  return credentials && new Map([[ROOT_PATH, { type: 'application/x-pem-file', body: () => credentials.root() }]]);
}

/**
 * TLS towards a CSMS, with the certificate of the station of this serial number where profile 3 asks for one: `own`, or
 * one of `credentials`. Undefined where the URL asks for none, or a CSMS is to be trusted as this machine trusts servers.
 */
export async function clientTls(
  security: Asked<ClientSecurity>,
  url: string,
  serialNumber: string,
  credentials: Credentials | undefined,
  own?: Credential,
): Promise<Outcome<ClientTls | undefined>> {
  const { profile = 0, certificate, trust, serverName, verifies = true } = security ?? {};
  const { minTls = 'TLSv1.2', revocation = true } = security ?? {};
  if (!isSecure(url)) return success(undefined);
  if (!credentials) return profile < 2 && security === undefined ? success(undefined) : NO_CREDENTIALS;
  const roots = await credentials.roots(trust ?? null);
  if (!roots.ok) return roots;
  const issued = profile === 3 && !own ? await credentials.ofStation(serialNumber, certificate ?? null) : success(own);
  if (!issued.ok) return issued;
  return success({
    credential: profile === 3 ? issued.value : undefined,
    trust: roots.value,
    trustsSystem: trust === undefined,
    serverName,
    verifies,
    minVersion: minTls,
    revocation: revocation ? credentials.revocation : undefined,
  });
}

/** Why a CSMS cannot be connected to at a URL in a security profile (A00.FR.312, A00.FR.415); undefined where it can. */
export function urlMismatch(security: Asked<ClientSecurity>, url: string): Failure | undefined {
  const profile = security?.profile ?? 0;
  if (profile >= 2 && !isSecure(url)) {
    const sentence = `Security profile ${profile} is over TLS, so the URL of the CSMS must start with wss://.`;
    return { code: 'profile-needs-tls', sentence };
  }
  if (profile === 1 && isSecure(url)) {
    const sentence =
      'Security profile 1 is without TLS, so the URL of the CSMS must start with ws://; a password over wss:// is profile 2.';
    return { code: 'profile-without-tls', sentence };
  }
  return undefined;
}

/** Whether a leg to a CSMS says a password of its own: one is set, and the profile is one that has passwords. */
export function hasOwnPassword<T extends Pick<ClientSecurity, 'profile' | 'password'>>(
  security: T | undefined,
): security is T & { readonly password: string } {
  return security?.password !== undefined && (security.profile === 1 || security.profile === 2);
}

/**
 * The headers of Basic authentication; none where the profile has no password, or none is known. A station that speaks
 * 1.6 alone sends the bytes of a key in hexadecimal (1.6-J 6.2.2); any other password goes out as text (A00.FR.205).
 */
export function clientHeaders(
  security: Pick<ClientSecurity, 'profile' | 'user' | 'password'> | undefined,
  identity: string,
  versions: readonly OcppVersion[],
): Headers {
  if (!hasOwnPassword(security)) return [];
  const { user = identity, password } = security;
  const key = versions.every((version) => version === '1.6') ? authorizationKey(password) : undefined;
  return [['Authorization', basicAuthorization(user, key ?? password)]];
}

function isSecure(url: string): boolean {
  return /^wss:/i.test(url);
}

const NO_CREDENTIALS = failure(
  'no-credentials-here',
  'There is no certificate authority here, so TLS cannot be spoken.',
);
