/** What the process ends with. */
export const EXIT = {
  ok: 0,
  /** Messages break their schema. */
  invalid: 1,
  /** Wrong usage, or something could not be read, written or started. */
  failed: 2,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
