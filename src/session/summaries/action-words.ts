import type { ACTIONS_1_6 } from '../../ocpp/catalogue/actions-1.6.ts';
import type { ACTIONS_2 } from '../../ocpp/catalogue/actions-2.ts';
import type { JsonObject } from '../../ocpp/json.ts';

/** Parts of a summary; those that are undefined or empty are left out. */
export type Parts = string | undefined | readonly (string | undefined)[];

/** Says a payload in words. It gets any object, and does not throw. */
export type Words = (payload: JsonObject) => Parts;

/** How to say the messages of an action. */
export interface ActionWords {
  readonly request: Words;
  /** Its status, where this is left out. */
  readonly response?: Words;
}

/** The words for each action of a functional block of 2.x. */
export type Block2<B extends keyof typeof ACTIONS_2> = Readonly<Record<keyof (typeof ACTIONS_2)[B], ActionWords>>;

/** The words for each action of a functional block of 1.6. */
export type Block16<B extends keyof typeof ACTIONS_1_6> = Readonly<Record<keyof (typeof ACTIONS_1_6)[B], ActionWords>>;
