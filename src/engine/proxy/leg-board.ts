import type { Leg } from '../../bridge/contract.ts';
import type { OcppVersion } from '../../ocpp/version.ts';

/** The live legs of a proxy, and how to end each conversation. */
export interface LegBoard {
  /** A conversation begins with both its legs connecting; `end` gives it up. */
  begin(end: () => void, legs: readonly [station: Leg, csms: Leg]): void;
  /** Both legs are open; `end` now closes them, and resolves when all is sent that goes before that. */
  opened(conversation: number, version: OcppVersion | undefined, end: () => Promise<void>): void;
  /** Another leg of a conversation that is there begins to connect. */
  join(leg: Leg): void;
  /** A leg that joined is open. */
  joined(link: number): void;
  /** A leg is gone. */
  remove(link: number): void;
  /** Live legs, oldest first. */
  legs(): readonly Leg[];
  /**
   * Ends every conversation, those that begin from now on too. `told` resolves when all is sent that goes before the
   * end, `gone` when the last leg is.
   */
  endAll(): { readonly told: Promise<unknown>; readonly gone: Promise<void> };
}

interface Conversation {
  readonly links: Set<number>;
  end: () => Promise<void> | void;
}

/** An empty board. `changed` is called whenever a leg comes, goes, or opens. */
export function legBoard(changed: () => void): LegBoard {
  const legs = new Map<number, Leg>();
  const conversations = new Map<number, Conversation>();
  let whenEmpty: (() => void) | undefined;

  return {
    legs: () => [...legs.values()],
    begin(end, both) {
      for (const leg of both) legs.set(leg.link, leg);
      conversations.set(both[0].conversation, { links: new Set(both.map(({ link }) => link)), end });
      changed();
      if (whenEmpty) end();
    },
    opened(id, version, end) {
      const conversation = conversations.get(id);
      if (!conversation) return;
      conversation.end = end;
      for (const link of conversation.links) {
        const leg = legs.get(link);
        if (leg) legs.set(link, { ...leg, version: version ?? null, state: 'open' });
      }
      changed();
      if (whenEmpty) void end();
    },
    join(leg) {
      legs.set(leg.link, leg);
      conversations.get(leg.conversation)?.links.add(leg.link);
      changed();
    },
    joined(link) {
      const leg = legs.get(link);
      if (!leg) return;
      legs.set(link, { ...leg, state: 'open' });
      changed();
    },
    remove(link) {
      const leg = legs.get(link);
      if (!leg) return;
      legs.delete(link);
      const conversation = conversations.get(leg.conversation);
      conversation?.links.delete(link);
      if (conversation?.links.size === 0) conversations.delete(leg.conversation);
      changed();
      if (legs.size === 0) whenEmpty?.();
    },
    endAll() {
      const gone = new Promise<void>((resolve) => {
        whenEmpty = resolve;
      });
      const told = Promise.all([...conversations.values()].map(({ end }) => end()));
      if (legs.size === 0) whenEmpty?.();
      return { told, gone };
    },
  };
}
