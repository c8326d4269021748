/** What a step of a negotiation is about, in the order in which they are shown. */
export const NEGOTIATION_SUBJECTS = [
  'connection',
  'tls',
  'certificate',
  'path',
  'identity',
  'handshake',
  'credentials',
  'subprotocol',
  'extensions',
] as const;
export type NegotiationSubject = (typeof NEGOTIATION_SUBJECTS)[number];

/** One thing that was offered and decided on. */
export interface NegotiationStep {
  readonly subject: NegotiationSubject;
  /** `advice`: it stands, but a requirement recommends otherwise. `not-done`: it did not come to that. */
  readonly outcome: 'passed' | 'failed' | 'advice' | 'not-done';
  /** What the opener offered, as on the wire; undefined where there is nothing of the kind. */
  readonly offered?: string;
  /** What was made of it. */
  readonly chosen?: string;
  readonly sentence: string;
  readonly requirements: readonly string[];
}

/** How an opening handshake went, in words. */
export interface NegotiationExplanation {
  /** `pending`: not decided yet. `no-websocket`: it never became an opening handshake. */
  readonly verdict: 'open' | 'refused' | 'not-reached' | 'no-websocket' | 'pending';
  /** In one sentence, why there is no connection; undefined where there is one, or one may come. */
  readonly cause?: string;
  /** What usually helps, in a sentence. */
  readonly remedy?: string;
  /** Of `NEGOTIATION_SUBJECTS` those that there is something to say of. */
  readonly steps: readonly NegotiationStep[];
  /** The security profile that this connection amounts to, as far as it shows on the wire; null where it does not. */
  readonly profile: 0 | 1 | 2 | 3 | null;
}
