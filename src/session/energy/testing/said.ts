import type { Direction } from '../../../ocpp/direction.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from '../event.ts';

/** Makes events of one station, whose entries count up and come a second apart from 2026-01-01T00:00:00Z on. */
export function saying(version: OcppVersion, station = 'CS-1') {
  let entry = 0;
  const next = (): { readonly station: string; readonly entry: number; readonly at: number } => {
    entry += 1;
    return { station, entry, at: START + entry * 1000 };
  };
  const request = (direction: Direction, action: string, request: JsonObject): EnergyRequest => ({
    kind: 'request',
    ...{ version, direction, action, request, ...next() },
  });
  return {
    request,
    /** A request and the answer to it. */
    exchange(
      direction: Direction,
      action: string,
      asked: JsonObject,
      response: JsonObject,
    ): [EnergyRequest, EnergyAnswer] {
      const event = request(direction, action, asked);
      const { entry: requestEntry, at: requestAt } = event;
      return [event, { ...event, ...next(), kind: 'answer', requestEntry, requestAt, response }];
    },
    link: (kind: 'connected' | 'disconnected'): EnergyEvent => ({ kind, ...next() }),
  };
}

/** When the events begin. */
export const START = Date.parse('2026-01-01T00:00:00Z');

/** A time of that day as messages give it. */
export function time(clock: string): string {
  return `2026-01-01T${clock}Z`;
}

/** The same in milliseconds. */
export function instant(clock: string): number {
  return Date.parse(time(clock));
}
