import type { ClientSecurity } from '../../../bridge/security.ts';
import type { SecurityProfile } from '../../../session/leg-policy.ts';

/** How a CSMS is connected to, as it is being filled in. */
export interface ClientForm {
  readonly profile: SecurityProfile;
  readonly user: string;
  readonly password: string;
  /** Whether what a station says of itself is passed on. */
  readonly authorization: boolean;
  readonly certificate: string | null;
  readonly serverName: string;
  readonly verifies: boolean;
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  readonly revocation: boolean;
  /** Undefined where a proxy does as the station does. */
  readonly compression: boolean | undefined;
  readonly rest: Pick<ClientSecurity, 'trust'>;
}

/** The form that shows how a CSMS is connected to. */
export function clientFormOf(security: ClientSecurity | undefined): ClientForm {
  return {
    profile: security?.profile ?? 0,
    user: security?.user ?? '',
    password: security?.password ?? '',
    authorization: security?.authorization ?? true,
    certificate: security?.certificate ?? null,
    serverName: security?.serverName ?? '',
    verifies: security?.verifies ?? true,
    minTls: security?.minTls ?? 'TLSv1.2',
    revocation: security?.revocation ?? true,
    compression: security?.compression,
    rest: without({ trust: security?.trust }),
  };
}

/** How a CSMS is connected to; undefined where nothing differs from what is done without settings. */
export function clientOf(form: ClientForm): ClientSecurity | undefined {
  const { profile, user, password, certificate, serverName, verifies, minTls, revocation, compression, rest } = form;
  const { authorization } = form;
  const more = without({
    // What was typed for another profile is not for this one.
    user: hasPassword(profile) ? user.trim() || undefined : undefined,
    password: hasPassword(profile) ? password || undefined : undefined,
    authorization: authorization || saysOwn(form) ? undefined : false,
    certificate: profile === 3 ? (certificate ?? undefined) : undefined,
    serverName: serverName.trim() || undefined,
    verifies: verifies ? undefined : false,
    minTls: minTls === 'TLSv1.2' ? undefined : minTls,
    revocation: revocation ? undefined : false,
    compression,
    ...rest,
  });
  return profile === 0 && Object.keys(more).length === 0 ? undefined : { profile, ...more };
}

/** Whether the CSMS is told a password that was typed here, in place of what a station says. */
export function saysOwn({ profile, password }: ClientForm): boolean {
  return hasPassword(profile) && password !== '';
}

/** In a sentence, why a CSMS at this URL cannot be connected to in a profile; undefined where it can. */
export function profileMisfit(profile: SecurityProfile, url: string): string | undefined {
  if (profile > 1 && !/^wss:/i.test(url)) return `Profile ${profile} is over TLS: the URL must start with wss://.`;
  if (profile === 1 && !/^ws:/i.test(url)) {
    return 'Profile 1 is without TLS: the URL must start with ws://. With TLS and a password it is profile 2.';
  }
  return undefined;
}

/** Whether there is a password in a profile. */
export function hasPassword(profile: SecurityProfile): boolean {
  return profile === 1 || profile === 2;
}

/** An object without the properties that are undefined. */
export function without<T extends object>(all: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
