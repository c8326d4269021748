import type { BenchSetup } from '../../../bridge/contract.ts';
import type { UpstreamLost } from '../../../bridge/security.ts';
import { LIMIT_DEFAULTS, LIMIT_RANGES, type LimitName } from '../../../session/leg-policy.ts';
import { type ClientForm, clientFormOf, profileMisfit } from '../../app/security/client-form.ts';
import {
  type ListenerErrors,
  type ListenerForm,
  listenerErrors,
  listenerFormOf,
} from '../../app/security/listener-form.ts';

/** Limits as they are typed; empty for the default. */
export type LimitsForm = Readonly<Record<LimitName, string>>;

/** The part of the form of a role that is about trust and about peers that misbehave. */
export interface SecurityForm {
  readonly listener: ListenerForm;
  readonly client: ClientForm;
  readonly upstreamLost: UpstreamLost;
  readonly limits: LimitsForm;
}

export type SecurityErrors = ListenerErrors & Partial<Record<'clientProfile' | LimitName, string>>;

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

/** The limits that differ from the defaults. */
export function limitsOf(form: LimitsForm): Partial<Record<LimitName, number>> | undefined {
  const set = LIMIT_NAMES.filter((name) => form[name].trim() !== '');
  return set.length === 0 ? undefined : Object.fromEntries(set.map((name) => [name, Number(form[name])]));
}

/** What is wrong in the form. `url` is that of the CSMS that is connected to; null where none is. */
export function securityErrors(form: SecurityForm, listens: boolean, url: string | null): SecurityErrors {
  const errors: Record<string, string> = {};
  if (listens) {
    Object.assign(errors, listenerErrors(form.listener));
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
