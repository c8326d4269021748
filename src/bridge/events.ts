import type { Events } from './contract.ts';

/** Every event. The compiler asks for one that is missing. */
const NAMES = Object.keys({
  benchChanged: true,
  sessionChanged: true,
  sessionReplaced: true,
  viewGrown: true,
  authorityChanged: true,
  composeKeptChanged: true,
  energyChanged: true,
  interceptChanged: true,
  notesChanged: true,
  replayChanged: true,
  rulesChanged: true,
  taskChanged: true,
} satisfies Record<keyof Events, true>) as (keyof Events)[];

/** An event with its argument, as plain data. */
export type Event = {
  readonly [N in keyof Events]: { readonly name: N; readonly value: Parameters<Events[N]>[0] };
}[keyof Events];

/** Listeners for every event that hand all of them to one function. */
export function eventsTo(listener: (event: Event) => void): Events {
  const entries = NAMES.map((name) => [name, (value: never) => listener({ name, value } as Event)]);
  return Object.fromEntries(entries) as Events;
}
