/** An error at a boundary, as a value: a stable code, and a sentence for the user. */
export interface Failure {
  readonly code: string;
  readonly sentence: string;
}

/** Either what was asked for, or why not. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/** What a question is refused with where its answer has no room for an outcome: the sentence reaches the user. */
export class Refusal extends Error {
  readonly code: string;

  constructor({ code, sentence }: Failure) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** A success. */
export function success<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** A failure with its code and its sentence. */
export function failure(code: string, sentence: string): Outcome<never> {
  return { ok: false, error: { code, sentence } };
}
