import type { Severity } from '../finding.ts';
import type { NegotiationCode } from './codes.ts';

interface RefusalRule {
  /** Id of the finding. */
  readonly rule: string;
  readonly severity: Severity;
}

/** Rules that are not named as their code, or are no errors. Limits are named as `limitRule` names them. */
const OWN: Partial<Record<NegotiationCode, RefusalRule>> = {
  'client-certificate-refused': { rule: 'link.client-certificate', severity: 'error' },
  'server-certificate-refused': { rule: 'link.server-certificate', severity: 'error' },
  // What is no station is no fault of one.
  'http-request': { rule: 'link.attempt-http', severity: 'info' },
  'file-served': { rule: 'link.attempt-http', severity: 'info' },
  'nothing-sent': { rule: 'link.port-scan', severity: 'info' },
  'not-http': { rule: 'link.not-http', severity: 'warning' },
  gone: { rule: 'link.gone', severity: 'warning' },
  aborted: { rule: 'link.aborted', severity: 'info' },
  'handshake-timeout': { rule: 'limit.handshake-ms', severity: 'warning' },
  'headers-too-large': { rule: 'limit.header-bytes', severity: 'error' },
  'too-many-connections': { rule: 'limit.connections', severity: 'error' },
  // The address tells the whole difference between these.
  refused: { rule: 'link.not-reached', severity: 'error' },
  'host-unknown': { rule: 'link.not-reached', severity: 'error' },
  timeout: { rule: 'link.not-reached', severity: 'error' },
  'closed-early': { rule: 'link.not-reached', severity: 'error' },
  failed: { rule: 'link.not-reached', severity: 'error' },
};

/** The finding that a kind of failure makes. */
export function refusalRule(code: NegotiationCode): RefusalRule {
  return OWN[code] ?? { rule: `link.${code}`, severity: 'error' };
}

/** Id of the finding about a limit, such as `limit.message-bytes`. */
export function limitRule(limit: string): string {
  return `limit.${limit.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
