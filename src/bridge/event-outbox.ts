import type { Channel, Events } from './contract.ts';
import { type Event, eventsTo } from './events.ts';

/**
 * Events on their way to one client. To a slow one only the last state of each kind is kept, since each event carries
 * a whole state that supersedes those before it: memory stays bounded however long the client does not read.
 */
export function createEventOutbox(
  channel: Pick<Channel, 'congested' | 'onDrain'>,
  send: (event: Event) => void,
): Events {
  const waiting = new Map<string, Event>();
  channel.onDrain?.(() => {
    for (const [key, event] of waiting) {
      if (channel.congested?.()) return;
      waiting.delete(key);
      send(event);
    }
  });
  return eventsTo((event) => {
    if (!channel.congested?.()) {
      send(event);
      return;
    }
    // The views of the session before are gone, and so is the news of them.
    if (event.name === 'sessionReplaced') {
      for (const [key, { name }] of waiting) {
        if (OF_THE_SESSION.has(name)) waiting.delete(key);
      }
    }
    const key = keyOf(event);
    // Deleted first, so that the order is that of the latest events.
    waiting.delete(key);
    waiting.set(key, event);
  });
}

/** Events that tell of the session on screen. */
const OF_THE_SESSION: ReadonlySet<string> = new Set([
  'viewGrown',
  'sessionChanged',
  'notesChanged',
  'energyChanged',
] satisfies Event['name'][]);

/** Events with the same key supersede each other. */
function keyOf({ name, value }: Event): string {
  if (name === 'viewGrown') return `view ${value.view}`;
  return name === 'taskChanged' ? `task ${value.task}` : name;
}
