import type { HeldDecision, HeldMessage } from '../../../bridge/methods/intercept.ts';
import { type Breakpoint, type InterceptSettings, NO_INTERCEPTION } from '../../../workspace/breakpoint.ts';
import type { Interception } from '../../intercept/interception.ts';
import { until } from '../../testing/until.ts';

/** Settings with one breakpoint, `b`, on this filter. */
export function breakingAt(filter: string, more: Partial<Breakpoint> = {}): InterceptSettings {
  return {
    ...NO_INTERCEPTION,
    breakpoints: [{ id: 'b', enabled: true, filter, direction: 'both', forEver: false, ...more }],
  };
}

/** Waits until so many messages are held, and yields them. */
export async function whenHeld(interception: Interception, count = 1): Promise<readonly HeldMessage[]> {
  await until(() => interception.state().heldCount === count, `${count} held messages`);
  return interception.state().held;
}

/** Waits for a held message, decides about it, and yields it. */
export async function decideNext(interception: Interception, decision: HeldDecision): Promise<HeldMessage> {
  const message = await until(() => interception.state().held.find(({ decided }) => !decided), 'a held message');
  const decided = interception.decide(message.id, decision);
  if (!decided.ok) throw new Error(decided.error.sentence);
  return message;
}
