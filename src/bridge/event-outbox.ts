import type { Channel, Events } from './contract.ts';

/** An event with its argument, as plain data. */
export type Event = {
  readonly [N in keyof Events]: { readonly name: N; readonly value: Parameters<Events[N]>[0] };
}[keyof Events];

/**
 * Events on their way to one client. To a slow one only the last state of each kind is kept, since each event carries
 * a whole state that supersedes those before it: memory stays bounded however long the client does not read.
 */
export function createEventOutbox(
  channel: Pick<Channel, 'congested' | 'onDrain'>,
  send: (event: Event) => void,
): Events {
  const waiting = new Map<string, Event>();
  const put = (key: string, event: Event): void => {
    if (!channel.congested?.()) {
      send(event);
      return;
    }
    // Deleted first, so that the order is that of the latest events.
    waiting.delete(key);
    waiting.set(key, event);
  };
  channel.onDrain?.(() => {
    for (const [key, event] of waiting) {
      if (channel.congested?.()) return;
      waiting.delete(key);
      send(event);
    }
  });
  return {
    benchChanged: (value) => put('bench', { name: 'benchChanged', value }),
    sessionChanged: (value) => put('session', { name: 'sessionChanged', value }),
    sessionReplaced(value) {
      // The views of the session before are gone, and so is the news of them.
      for (const key of waiting.keys()) if (key !== 'bench') waiting.delete(key);
      put('replaced', { name: 'sessionReplaced', value });
    },
    viewGrown: (value) => put(`view ${value.view}`, { name: 'viewGrown', value }),
  };
}
