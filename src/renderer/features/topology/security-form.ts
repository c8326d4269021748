import type { BenchSetup } from '../../../bridge/contract.ts';
import type { ListenerSecurity, UpstreamLost } from '../../../bridge/security.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../../ocpp/version.ts';
import { LIMIT_DEFAULTS, LIMIT_RANGES, type LimitName, type SecurityProfile } from '../../../session/leg-policy.ts';
import { type ClientForm, clientFormOf, hasPassword, profileMisfit, without } from '../../app/security/client-form.ts';

/** What is asked of stations, as it is being filled in. */
export interface ListenerForm {
  readonly profile: SecurityProfile;
  readonly password: string;
  /** Identities that are known, separated by spaces, commas or lines; everybody is where it is empty. */
  readonly stations: string;
  readonly versions: readonly OcppVersion[];
  /** Name of the CSO in certificates of stations; any where it is empty. */
  readonly organization: string;
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  readonly revocation: boolean;
  /** Undefined where a proxy does as the CSMS does. */
  readonly compression: boolean | undefined;
  /** What the form does not show, and gives back as it is. */
  readonly rest: Pick<ListenerSecurity, 'passwords' | 'certificates' | 'trust'>;
}

/** Limits as they are typed; empty for the default. */
export type LimitsForm = Readonly<Record<LimitName, string>>;

/** The part of the form of a role that is about trust and about peers that misbehave. */
export interface SecurityForm {
  readonly listener: ListenerForm;
  readonly client: ClientForm;
  readonly upstreamLost: UpstreamLost;
  readonly limits: LimitsForm;
}

export type SecurityErrors = Partial<
  Record<'stations' | 'versions' | 'organization' | 'clientProfile' | LimitName, string>
>;

/** Names of limits with their units, as the form shows them. */
export const LIMIT_WORDS: Readonly<Record<LimitName, string>> = {
  messageBytes: 'Longest message (bytes)',
  messagesPerSecond: 'Messages a second, per connection',
  connections: 'Connections at a time',
  handshakeMs: 'Time for a handshake (ms)',
  headerBytes: 'Headers of a request (bytes)',
  queueBytes: 'Waiting for a slow reader (bytes)',
  refusalsPerMinute: 'Refusals told singly, a minute, per station',
};

export const LIMIT_NAMES = Object.keys(LIMIT_DEFAULTS) as LimitName[];

/** The form that shows the security of a setup. */
export function securityFormOf(setup: BenchSetup): SecurityForm {
  const limits = setup.role === 'station' ? undefined : setup.limits;
  const typed = LIMIT_NAMES.map((name) => [name, limits?.[name] === undefined ? '' : String(limits[name])]);
  return {
    listener: listenerFormOf(setup.role === 'station' ? undefined : setup.security),
    client: clientFormOf(
      setup.role === 'station' ? setup.security : setup.role === 'proxy' ? setup.upstreamSecurity : undefined,
    ),
    upstreamLost: (setup.role === 'proxy' ? setup.upstreamLost : undefined) ?? 'mirror',
    limits: Object.fromEntries(typed) as LimitsForm,
  };
}

function listenerFormOf(security: ListenerSecurity | undefined): ListenerForm {
  const { passwords, certificates, trust } = security ?? {};
  return {
    profile: security?.profile ?? 0,
    password: security?.password ?? '',
    stations: security?.stations?.join(' ') ?? '',
    versions: security?.versions ?? OCPP_VERSIONS,
    organization: security?.organization ?? '',
    minTls: security?.minTls ?? 'TLSv1.2',
    revocation: security?.revocation ?? true,
    compression: security?.compression,
    rest: without({ passwords, certificates, trust }),
  };
}

/** What a listener asks of stations; undefined where it asks nothing and refuses nobody. */
export function listenerOf(form: ListenerForm): ListenerSecurity | undefined {
  const { profile, password, versions, minTls, revocation, compression, rest } = form;
  const stations = namesIn(form.stations);
  const organization = profile === 3 ? form.organization.trim() : '';
  const security: ListenerSecurity = {
    profile,
    // What was typed for another profile is not asked for in this one.
    password: password === '' || !hasPassword(profile) ? null : password,
    ...without({
      stations: stations.length > 0 ? stations : undefined,
      versions: versions.length < OCPP_VERSIONS.length ? [...versions] : undefined,
      organization: organization === '' ? undefined : organization,
      minTls: minTls === 'TLSv1.2' ? undefined : minTls,
      revocation: revocation ? undefined : false,
      compression,
    }),
    ...rest,
  };
  const { profile: _, password: unused, ...more } = security;
  return profile === 0 && unused === null && Object.keys(more).length === 0 ? undefined : security;
}

/** The limits that differ from the defaults. */
export function limitsOf(form: LimitsForm): Partial<Record<LimitName, number>> | undefined {
  const set = LIMIT_NAMES.filter((name) => form[name].trim() !== '');
  return set.length === 0 ? undefined : Object.fromEntries(set.map((name) => [name, Number(form[name])]));
}

/** What is wrong in the form. `url` is that of the CSMS that is connected to; null where none is. */
export function securityErrors(form: SecurityForm, listens: boolean, url: string | null): SecurityErrors {
  const errors: Record<string, string> = {};
  if (listens) {
    if (namesIn(form.listener.stations).some((name) => name.length > 255)) {
      errors.stations = 'An identity has at most 255 characters.';
    }
    if (form.listener.organization.trim().length > 255) {
      errors.organization = 'The name of an organization has at most 255 characters here.';
    }
    if (form.listener.versions.length === 0) errors.versions = 'At least one version is accepted.';
    for (const name of LIMIT_NAMES) {
      const [least, most] = LIMIT_RANGES[name];
      const text = form.limits[name].trim();
      if (text !== '' && (!/^\d{1,12}$/.test(text) || Number(text) < least || Number(text) > most)) {
        errors[name] = `From ${least} to ${most}; empty for ${LIMIT_DEFAULTS[name]}.`;
      }
    }
  }
  const misfit = url === null ? undefined : profileMisfit(form.client.profile, url);
  if (misfit !== undefined) errors.clientProfile = misfit;
  return errors;
}

function namesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '');
}
