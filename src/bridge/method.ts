import type { z } from 'zod';

/** A method of the contract: the schema of its arguments, which the engine's side parses, and the type of its answer. */
export interface Method<A extends z.ZodType<unknown[]>, R> {
  readonly args: A;
  /** Type only: what the method answers. */
  readonly result?: R;
}

/** Declares a method by the type of its answer and then the schema of its arguments. */
export function method<R>(): <A extends z.ZodType<unknown[]>>(args: A) => Method<A, R> {
  return (args) => ({ args });
}
