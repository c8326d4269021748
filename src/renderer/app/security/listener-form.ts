import type { ListenerSecurity } from '../../../bridge/security.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../../ocpp/version.ts';
import type { SecurityProfile } from '../../../session/leg-policy.ts';
import { hasPassword, without } from './client-form.ts';

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

/** Fields in which something can be wrong. */
export const LISTENER_FIELDS = ['password', 'stations', 'versions', 'organization'] as const;
/** Sentences by field. */
export type ListenerErrors = Partial<Record<(typeof LISTENER_FIELDS)[number], string>>;

/** The form that shows what is asked of stations. */
export function listenerFormOf(security: ListenerSecurity | undefined): ListenerForm {
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

/** What is wrong in the form. */
export function listenerErrors(form: ListenerForm): ListenerErrors {
  const { profile, password, stations, versions, organization } = form;
  return without({
    password: hasPassword(profile) && password.length > 128 ? 'A password has at most 128 characters.' : undefined,
    stations: namesIn(stations).some((name) => name.length > 255)
      ? 'An identity has at most 255 characters.'
      : undefined,
    versions: versions.length === 0 ? 'At least one version is accepted.' : undefined,
    organization:
      profile === 3 && organization.trim().length > 255
        ? 'The name of an organization has at most 255 characters here.'
        : undefined,
  });
}

function namesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '');
}
