import type { NegotiationSubject } from '../../../session/negotiation/explanation.ts';

/** The steps of a negotiation in words. */
export const SUBJECT_WORDS = {
  connection: 'Connection',
  tls: 'TLS',
  certificate: 'Certificate',
  path: 'Path',
  identity: 'Identity',
  handshake: 'Handshake',
  credentials: 'Credentials',
  subprotocol: 'Subprotocol',
  extensions: 'Extensions',
} as const satisfies Record<NegotiationSubject, string>;
