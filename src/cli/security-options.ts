import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CsmsOptions } from '../engine/csms/csms.ts';
import { urlMismatch } from '../engine/leg-security.ts';
import type { StationOptions } from '../engine/station/station.ts';
import { isOcppVersion, OCPP_VERSIONS, type OcppVersion } from '../ocpp/version.ts';
import {
  LIMIT_DEFAULTS,
  LIMIT_RANGES,
  type LimitName,
  type Limits,
  SECURITY_PROFILES,
  type SecurityProfile,
} from '../session/leg-policy.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';
import { PASSWORD_VARIABLE, passwordOf } from './password-option.ts';
import type { FileCredentials, PemFiles } from './pem-files.ts';

type ListenerSecurity = NonNullable<CsmsOptions['security']>;
type ClientSecurity = NonNullable<StationOptions['security']>;

const TLS_VERSIONS = { '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const;

interface LegFlags extends PemFiles {
  readonly securityProfile?: SecurityProfile;
  readonly passwordFile?: string;
  readonly tlsMin?: keyof typeof TLS_VERSIONS;
  readonly compression?: boolean;
  /** False where it is not to be asked for. */
  readonly revocation?: boolean;
}

/** Flags of a port for stations. */
export interface ListenerFlags extends LegFlags {
  readonly known?: readonly string[];
  readonly organization?: string;
  readonly versions?: readonly OcppVersion[];
  readonly limit?: Partial<Limits>;
  readonly data?: string;
}

/** Flags of a connection to a CSMS. */
export interface ClientFlags extends LegFlags {
  readonly user?: string;
  readonly serverName?: string;
  /** False where any certificate is taken. */
  readonly verify?: boolean;
  /** False where a proxy is to keep what stations say of themselves from the CSMS. */
  readonly authorization?: boolean;
}

/** Variable of the password for a CSMS behind a proxy. */
export const UPSTREAM_PASSWORD_VARIABLE = 'PLUGSCOPE_UPSTREAM_PASSWORD';

/** Adds the flags of a port for stations. */
export function addListenerOptions(command: Command): Command {
  return addLegOptions(command, '', {
    profile: 'what is asked of stations: nothing (0), a password (1), a password over TLS (2), certificates (3)',
    password: `file whose first line is the password of stations; without it ${PASSWORD_VARIABLE}, and without both any`,
    certificate: 'PEM file of the certificate to present, with its issuers; one of the bench without it',
    ca: 'PEM file of the roots of stations (profile 3); those of the bench without it',
    revocation: 'do not ask whether certificates of stations were revoked',
    compression: 'agree on permessage-deflate with stations that offer it',
  })
    .option('--known <identities>', 'stations that are known, separated by commas; others get a 404', listed)
    .option(
      '--organization <name>',
      'CSO that certificates of stations must name as their owner (profile 3); any without it',
    );
}

/** Adds `--versions` of a CSMS. */
export function addVersionsOption(command: Command): Command {
  return command.option(
    '--versions <versions>',
    `versions to take, separated by commas, of ${OCPP_VERSIONS.join(', ')}`,
    versions,
  );
}

/** Adds the flags of a connection to a CSMS; `prefix` stands before their names where there is another leg. */
export function addClientOptions(command: Command, prefix: '' | 'upstream-' = ''): Command {
  const variable = prefix === '' ? PASSWORD_VARIABLE : UPSTREAM_PASSWORD_VARIABLE;
  const without = prefix === '' ? '' : ', and without both what stations send is passed on';
  const own = addLegOptions(command, prefix, {
    profile: 'what the CSMS asks for: nothing (0), a password (1), a password over TLS (2), a certificate (3)',
    password: `file whose first line is the password for the CSMS; without it ${variable}${without}`,
    certificate: 'PEM file of the certificate to present (profile 3), with its issuers; one of the bench without it',
    ca: 'PEM file of the roots of the CSMS; those of the bench and of this machine without it',
    revocation: 'do not ask whether the certificate of the CSMS was revoked',
    compression: 'offer permessage-deflate to the CSMS',
  });
  return addCsmsOnlyOptions(own, prefix);
}

/** Flags that only have a meaning where a CSMS is connected to. */
function addCsmsOnlyOptions(command: Command, prefix: '' | 'upstream-'): Command {
  return command
    .option(`--${prefix}user <name>`, 'user name, where it is not the identity of the station')
    .option(`--${prefix}server-name <host>`, 'host name that the CSMS must have, where it is not that of the URL')
    .option(`--no-${prefix}verify`, 'take any certificate of the CSMS');
}

/** Adds the flags of a command that is a station or a CSMS, whichever `--as` says. */
export function addEndOptions(command: Command): Command {
  return addCsmsOnlyOptions(
    addLegOptions(command, '', {
      profile:
        'what the CSMS asks for, or is asked of stations: nothing (0), a password (1), a password over TLS (2), ' +
        'a certificate (3)',
      password: `file whose first line is the password; without it ${PASSWORD_VARIABLE}, and without both a CSMS takes any`,
      certificate: 'PEM file of the certificate to present, with its issuers; one of the bench without it',
      ca: 'PEM file of the roots of the other side; those of the bench, and for a CSMS of this machine, without it',
      revocation: 'do not ask whether the certificate of the other side was revoked',
      compression: 'offer permessage-deflate to the CSMS, or agree on it with stations',
    }),
    '',
  );
}

/** Adds what a proxy can be told not to do; after the flags of both legs. */
export function addPassingOptions(command: Command): Command {
  return command
    .option('--no-compression', 'agree on no compression with stations, whatever the CSMS does')
    .option('--no-upstream-compression', 'offer no compression to the CSMS, whatever stations do')
    .option('--no-upstream-authorization', 'do not pass on the Authorization headers of stations');
}

/** Adds `--limit` and `--data`. */
export function addBenchOptions(command: Command): Command {
  const names = Object.entries(LIMIT_DEFAULTS).map(([name, value]) => `${name} (${value})`);
  return command
    .option('--limit <name=number>', `a limit of peers, may be repeated: ${names.join(', ')}`, limit)
    .option('--data <folder>', 'folder of certificates, where it is not your own');
}

interface Words {
  readonly profile: string;
  readonly password: string;
  readonly certificate: string;
  readonly ca: string;
  readonly revocation: string;
  readonly compression: string;
}

function addLegOptions(command: Command, prefix: string, words: Words): Command {
  return command
    .addOption(
      new Option(`--${prefix}security-profile <number>`, words.profile)
        .choices(SECURITY_PROFILES.map(String))
        .argParser(profile),
    )
    .option(`--${prefix}password-file <file>`, words.password)
    .option(`--${prefix}certificate <file>`, words.certificate)
    .option(`--${prefix}key <file>`, 'PEM file of the key of that certificate')
    .option(`--${prefix}ca <file>`, words.ca)
    .addOption(new Option(`--${prefix}tls-min <version>`, 'least version of TLS').choices(Object.keys(TLS_VERSIONS)))
    .option(`--no-${prefix}revocation`, words.revocation)
    .option(`--${prefix}compression`, words.compression);
}

/** The flags of a prefix, without it. */
export function withoutPrefix<T>(options: object, prefix: 'upstream'): T {
  const own = Object.entries(options).flatMap(([name, value]) => {
    if (!name.startsWith(prefix) || name === prefix) return [];
    const rest = name.slice(prefix.length);
    return [[`${rest.charAt(0).toLowerCase()}${rest.slice(1)}`, value]];
  });
  // Commander has parsed the values; the names are those that `addClientOptions` made.
  return Object.fromEntries(own) as T;
}

/** What a port asks for, from its flags; undefined where none is given. */
export async function listenerSecurity(
  flags: ListenerFlags,
  credentials: FileCredentials,
): Promise<Outcome<ListenerSecurity | undefined>> {
  const { securityProfile: profile = 0, passwordFile, known, organization, versions, tlsMin } = flags;
  const { compression, revocation } = flags;
  const useless = uselessFlag(flags, profile, '', [0, 2, 3]);
  if (useless) return useless;
  if (flags.ca !== undefined && profile !== 3) return meaning('--ca', 'security profile 3');
  if (organization !== undefined && profile !== 3) return meaning('--organization', 'security profile 3');
  const password = profile === 1 || profile === 2 ? await passwordOf({ passwordFile }) : success('');
  if (!password.ok) return password;
  const files = await credentials.read(flags);
  if (!files.ok) return files;
  const { certificate, trust } = files.value;
  if (profile === 0 && !known && !versions && compression === undefined && !certificate) return success(undefined);
  return success({
    profile,
    password: password.value || null,
    ...(known && { stations: [...known] }),
    ...(versions && { versions: [...versions] }),
    ...(organization !== undefined && { organization }),
    ...(certificate !== undefined && { certificates: [certificate] }),
    ...(trust !== undefined && { trust: [trust] }),
    ...(tlsMin && { minTls: TLS_VERSIONS[tlsMin] }),
    compression,
    revocation,
  });
}

/** Whether stations are to speak wss:// to a port. */
export function asksForTls({ securityProfile = 0 }: ListenerFlags): boolean {
  return securityProfile >= 2;
}

/** How a CSMS is connected to, from the flags; undefined where none is given. Fails where that does not fit the URL. */
export async function clientSecurity(
  flags: ClientFlags,
  url: string,
  credentials: FileCredentials,
  { prefix = '', needsPassword = true }: { readonly prefix?: '' | 'upstream-'; readonly needsPassword?: boolean } = {},
): Promise<Outcome<ClientSecurity | undefined>> {
  const { securityProfile: profile = 0, user, tlsMin, serverName, compression, revocation, verify } = flags;
  const { authorization = true } = flags;
  const useless = uselessFlag(flags, profile, prefix, [3]);
  if (useless) return useless;
  const basic = profile === 1 || profile === 2;
  if (user !== undefined && !basic) return meaning(`--${prefix}user`, 'security profiles 1 and 2');
  const variable = prefix === '' ? PASSWORD_VARIABLE : UPSTREAM_PASSWORD_VARIABLE;
  const password = basic ? await passwordOf(flags, { [PASSWORD_VARIABLE]: process.env[variable] }) : success('');
  if (!password.ok) return password;
  if (!authorization && password.value !== '') {
    const sentence = `--no-${prefix}authorization has a meaning only where there is no password for the CSMS.`;
    return failure('flag-useless', sentence);
  }
  if (basic && needsPassword && password.value === '') {
    const sentence = `Security profile ${profile} needs a password: name its file with --${prefix}password-file, or set ${variable}.`;
    return failure('password-missing', sentence);
  }
  const files = await credentials.read(flags);
  if (!files.ok) return files;
  const { certificate, trust } = files.value;
  const security: ClientSecurity = {
    profile,
    user,
    password: password.value || undefined,
    certificate,
    ...(trust !== undefined && { trust: [trust] }),
    serverName,
    verifies: verify,
    ...(tlsMin && { minTls: TLS_VERSIONS[tlsMin] }),
    compression,
    revocation,
    ...(!authorization && { authorization }),
  };
  const mismatch = urlMismatch(security, url);
  if (mismatch) return failure(mismatch.code, mismatch.sentence);
  const plain = profile === 0 && !trust && !serverName && !tlsMin && compression === undefined && verify !== false;
  return success(plain && revocation !== false && authorization ? undefined : security);
}

/** The security of the side that a command plays. */
export interface EndSecurity {
  /** How the CSMS is connected to, as a station. */
  readonly security: ClientSecurity | undefined;
  /** What is asked of stations, as a CSMS. */
  readonly asked: ListenerSecurity | undefined;
}

/** The security of a command that is a station or a CSMS, from its flags. */
export async function endSecurity(
  flags: ClientFlags & ListenerFlags & { readonly as: 'station' | 'csms'; readonly to?: string },
  credentials: FileCredentials,
): Promise<Outcome<EndSecurity>> {
  if (flags.as === 'station') {
    const security = await clientSecurity(flags, flags.to ?? '', credentials);
    return security.ok ? success({ security: security.value, asked: undefined }) : security;
  }
  const { user, serverName, verify } = flags;
  const given = { '--user': user, '--server-name': serverName, '--no-verify': verify === false || undefined };
  const useless = Object.entries(given).find(([, value]) => value !== undefined)?.[0];
  if (useless !== undefined) return failure('flag-useless', `${useless} has a meaning only with --as station.`);
  const asked = await listenerSecurity(flags, credentials);
  return asked.ok ? success({ security: undefined, asked: asked.value }) : asked;
}

/** A flag that cannot have an effect is a mistake. `certified`: profiles in which a certificate is presented. */
function uselessFlag(
  { passwordFile, certificate }: LegFlags,
  profile: SecurityProfile,
  prefix: string,
  certified: readonly SecurityProfile[],
): Outcome<never> | undefined {
  if (passwordFile !== undefined && profile !== 1 && profile !== 2) {
    return meaning(`--${prefix}password-file`, 'security profiles 1 and 2');
  }
  if (certificate !== undefined && !certified.includes(profile)) {
    const where = certified.length === 1 ? `security profile ${certified[0]}` : 'security profiles with TLS';
    return meaning(`--${prefix}certificate`, where);
  }
  return undefined;
}

function meaning(flag: string, where: string): Outcome<never> {
  return failure('flag-useless', `${flag} has a meaning only in ${where}.`);
}

function profile(text: string): SecurityProfile {
  const found = SECURITY_PROFILES.find((one) => String(one) === text);
  if (found === undefined) throw new InvalidArgumentError('It must be 0, 1, 2 or 3.');
  return found;
}

function listed(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It must be names, separated by commas.');
  return names;
}

function versions(text: string): readonly OcppVersion[] {
  const names = listed(text);
  if (!names.every(isOcppVersion)) {
    throw new InvalidArgumentError(`It must be versions of ${OCPP_VERSIONS.join(', ')}, separated by commas.`);
  }
  return names;
}

function limit(text: string, before: Partial<Limits> = {}): Partial<Limits> {
  const [, name = '', digits = ''] = /^(\w+)=(\d{1,10})$/.exec(text) ?? [];
  if (!isLimitName(name)) {
    throw new InvalidArgumentError(
      `It must be NAME=NUMBER, the name one of ${Object.keys(LIMIT_DEFAULTS).join(', ')}.`,
    );
  }
  const value = Number(digits);
  const [least, most] = LIMIT_RANGES[name];
  if (value < least || value > most) {
    throw new InvalidArgumentError(`${name} is a number from ${least} to ${most}.`);
  }
  return { ...before, [name]: value };
}

function isLimitName(text: string): text is LimitName {
  return Object.hasOwn(LIMIT_DEFAULTS, text);
}
