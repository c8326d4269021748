import type { Direction } from '../../../../ocpp/direction.ts';
import type { JsonObject } from '../../../../ocpp/json.ts';
import { SessionEnergy } from '../../session-energy.ts';
import type { StationEnergy } from '../../station-energy.ts';

/** Noon of the day of the tests. */
export const NOON = Date.parse('2026-06-01T12:00:00Z');

/** A point in time so many seconds after noon, as messages have it. */
export function timeText(seconds: number): string {
  return new Date(NOON + seconds * 1000).toISOString();
}

/** Messages of one station of 2.1, taken in as they are written down. */
export class StationMessages {
  readonly session = new SessionEnergy(() => 0);
  #entry = 0;

  get station(): StationEnergy {
    const station = this.session.station('CS-1');
    if (!station) throw new Error('The station said nothing yet.');
    return station;
  }

  /** A request of the CSMS so many seconds after noon, with its answer 100 ms later; the entry of the request. */
  order(seconds: number, action: string, request: JsonObject, response: JsonObject = { status: 'Accepted' }): number {
    return this.#exchange(seconds, 'to-station', action, request, response);
  }

  /** A request of the station, with its answer; the entry of the request. */
  report(seconds: number, action: string, request: JsonObject, response: JsonObject = {}): number {
    return this.#exchange(seconds, 'to-csms', action, request, response);
  }

  #exchange(seconds: number, direction: Direction, action: string, request: JsonObject, response: JsonObject): number {
    const at = NOON + seconds * 1000;
    const requestEntry = ++this.#entry;
    const base = { station: 'CS-1', version: '2.1', direction, action, request } as const;
    this.session.take({ ...base, kind: 'request', entry: requestEntry, at });
    this.session.take({
      ...base,
      kind: 'answer',
      entry: ++this.#entry,
      at: at + 100,
      requestEntry,
      requestAt: at,
      response,
    });
    return requestEntry;
  }
}
