/** A stretch of a filter's text, in UTF-16 code units; the end is not part of it. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Something wrong with a filter: with an error it cannot be used, with a warning it can. */
export interface Problem extends TextRange {
  readonly severity: 'error' | 'warning';
  /** What is wrong, in a sentence for the user. */
  readonly sentence: string;
}

/** An error at a place. */
export function mistake({ start, end }: TextRange, sentence: string): Problem {
  return { severity: 'error', sentence, start, end };
}

/** A warning at a place. */
export function warning({ start, end }: TextRange, sentence: string): Problem {
  return { severity: 'warning', sentence, start, end };
}
