/** One step of the format: what a session of a version looks like, and how it becomes one of the next version. */
export interface Migration {
  /** Every object of a database of this version, as `schemaOf` yields them. */
  readonly schema: readonly unknown[];
  /** Statements that lead to the next version, but for `user_version`. Pure: the same for every file. */
  steps(): readonly string[];
}

/** By the version that a step leads away from. Version 1 is the first, so there is none yet. */
export const MIGRATIONS: Readonly<Record<number, Migration>> = {};
