/** How bad a finding is: worth knowing, probably wrong, or against the specification. */
export type Severity = 'info' | 'warning' | 'error';

/** Severities in the order of their weight, as the capture stores them (0 is none). */
export const SEVERITIES = ['info', 'warning', 'error'] as const satisfies readonly Severity[];

/** Something wrong or remarkable about a frame, an exchange or a link. */
export interface Finding {
  readonly severity: Severity;
  /** Stable id of the rule that made it, such as `schema.required` or `rpc.response-orphan`. */
  readonly rule: string;
  /** Requirement ids or clauses that it follows, such as `E02.FR.05` or `part 4, 4.1.4`. */
  readonly requirements: readonly string[];
  /** JSON pointer (RFC 6901) into the payload, where it has a place there. */
  readonly pointer?: string;
  /** Offset in the frame's text in UTF-16 code units, where it has a place there and no pointer. */
  readonly offset?: number;
  /** What is wrong, in a sentence for the user. */
  readonly sentence: string;
}
