import { acknowledge, type Behaviours2 } from '../behaviour.ts';

/** Block O, Display Message. */
export const displayMessage: Behaviours2<'NotifyDisplayMessages'> = {
  NotifyDisplayMessages: acknowledge,
};
