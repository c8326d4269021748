import type { BenchRole, BenchSetup } from '../../../bridge/contract.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { clientOf } from '../../app/security/client-form.ts';
import { listenerOf } from '../../app/security/listener-form.ts';
import { limitsOf, type SecurityErrors, type SecurityForm, securityErrors, securityFormOf } from './security-form.ts';

/** The form of a role as it is being filled in; fields of other roles keep what was typed. */
export interface SetupForm {
  readonly role: BenchRole;
  readonly port: string;
  /** Proxy: pass stations on to `upstream` instead of the built-in CSMS. */
  readonly elsewhere: boolean;
  readonly upstream: string;
  /** CSMS of the role of a station. */
  readonly url: string;
  /** The built-in station takes part. */
  readonly station: boolean;
  readonly id: string;
  readonly version: OcppVersion;
  readonly security: SecurityForm;
}

/** Sentences by field. */
export type FormErrors = Partial<Record<'port' | 'upstream' | 'url' | 'id', string>> & SecurityErrors;

/** The form that shows a setup. */
export function formOf(setup: BenchSetup): SetupForm {
  return {
    role: setup.role,
    port: setup.role === 'station' ? '9220' : String(setup.port),
    elsewhere: setup.role === 'proxy' && setup.upstream !== null,
    upstream: setup.role === 'proxy' ? (setup.upstream ?? '') : '',
    url: setup.role === 'station' ? setup.url : '',
    station: setup.station !== null,
    id: setup.station?.id ?? 'CS-0001',
    version: setup.station?.version ?? '2.1',
    security: securityFormOf(setup),
  };
}

/** The setup that a form asks for, or what is wrong in it. */
export function setupOf(form: SetupForm): { setup: BenchSetup } | { errors: FormErrors } {
  const { role, elsewhere, id, version } = form;
  const url = role === 'station' ? form.url.trim() : role === 'proxy' && elsewhere ? form.upstream.trim() : null;
  const port = Number(form.port);
  const plays = role === 'station' || form.station;
  const errors: FormErrors = {
    ...(role !== 'station' && !isPort(form.port)
      ? { port: 'A port is a number from 1 to 65535, or 0 for any free one.' }
      : {}),
    ...(role === 'proxy' && elsewhere && !isWebSocketUrl(form.upstream) ? { upstream: NO_URL } : {}),
    ...(role === 'station' && !isWebSocketUrl(form.url) ? { url: NO_URL } : {}),
    ...(plays && (id.trim() === '' || id.length > 255) ? { id: 'An identity has 1 to 255 characters.' } : {}),
    ...securityErrors(form.security, role !== 'station', url),
  };
  if (Object.keys(errors).length > 0) return { errors };
  const station = plays ? { id: id.trim(), version } : null;
  const { listener, client, upstreamLost } = form.security;
  const security = listenerOf(listener);
  const limits = limitsOf(form.security.limits);
  const towardsStations = { ...(security && { security }), ...(limits && { limits }) };
  const towardsCsms = clientOf(client);
  switch (role) {
    case 'proxy': {
      const setup = { role, port, upstream: elsewhere ? form.upstream.trim() : null, station, ...towardsStations };
      if (!elsewhere) return { setup };
      return {
        setup: {
          ...setup,
          ...(towardsCsms && { upstreamSecurity: towardsCsms }),
          ...(upstreamLost !== 'mirror' && { upstreamLost }),
        },
      };
    }
    case 'csms':
      return { setup: { role, port, station, ...towardsStations } };
    case 'station': {
      const own = { id: id.trim(), version };
      return { setup: { role, url: form.url.trim(), station: own, ...(towardsCsms && { security: towardsCsms }) } };
    }
  }
}

const NO_URL = 'The URL of a CSMS starts with ws:// or wss://, such as wss://csms.example/ocpp.';

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535;
}

function isWebSocketUrl(text: string): boolean {
  return /^wss?:$/.test(URL.parse(text.trim())?.protocol ?? '');
}
