import type { JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import { StationEnergy } from '../../station-energy.ts';

/** A station that says what a test wants it to, a message a second. */
export interface TalkingStation {
  readonly energy: StationEnergy;
  /** Yields the entry of the message. */
  says(action: string, request: JsonObject): number;
  /** With its answer, which is the next entry. Yields the entry of the request. */
  hears(action: string, request: JsonObject, response: JsonObject): number;
}

/** A station of a version of which nothing is known yet. */
export function talkingStation(version: OcppVersion): TalkingStation {
  const energy = new StationEnergy('CS-1', () => 0);
  let entry = 0;
  const send = (action: string, request: JsonObject) => {
    entry += 1;
    const event = { station: 'CS-1', version, direction: 'to-csms', action, entry, at: entry * 1000, request } as const;
    energy.take({ kind: 'request', ...event });
    return event;
  };
  return {
    energy,
    says: (action, request) => send(action, request).entry,
    hears(action, request, response) {
      const asked = send(action, request);
      entry += 1;
      energy.take({
        ...asked,
        kind: 'answer',
        entry,
        at: entry * 1000,
        requestEntry: asked.entry,
        requestAt: asked.at,
        response,
      });
      return asked.entry;
    },
  };
}

/** An instant of the day that all tests are on. */
export function time(clock: string): string {
  return `2026-03-02T${clock}Z`;
}

/** The same as a number. */
export function at(clock: string): number {
  return Date.parse(time(clock));
}
