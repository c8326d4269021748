import { randomUUID } from 'node:crypto';
import type { ClientSecurity, ListenerSecurity } from '../../bridge/security.ts';
import { configuredPassword } from '../admission/admission.ts';

/**
 * What the built-in station needs to come in at a port of the same bench: the profile of the port, the password that the
 * port has for it or, where it takes any, one of its own, and a certificate that the bench issues to it.
 */
export function ownStationSecurity(security: ListenerSecurity | undefined, id: string): ClientSecurity | undefined {
  if (!security) return undefined;
  const { profile, compression } = security;
  const password = configuredPassword(security, id) ?? randomUUID();
  return { profile, compression, password: profile === 1 || profile === 2 ? password : undefined };
}
