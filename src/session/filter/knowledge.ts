import type { PathStep, PayloadSide } from './ast.ts';

/** A property that a payload may have. */
export interface KnownProperty {
  readonly name: string;
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean';
  /** What it may be, where that is an enumeration. */
  readonly values?: readonly string[];
  readonly description?: string;
}

/** What the language's own fields can be, from the schemas and from what is in the capture. */
export interface FilterKnowledge {
  readonly stations: readonly string[];
  readonly actions: readonly string[];
  readonly errorCodes: readonly string[];
  /** Rules of findings. */
  readonly rules: readonly string[];
  /**
   * The properties of what a path leads to in the payloads of an action, of its request or its response or, for
   * `payload`, of both; of every action where none is named. Undefined where nothing is known of that place.
   */
  properties(
    action: string | undefined,
    side: PayloadSide,
    path: readonly PathStep[],
  ): readonly KnownProperty[] | undefined;
}
