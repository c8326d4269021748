import type { Direction } from '../../../ocpp/direction.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { EnergyEvent } from '../../../session/energy/event.ts';
import { ENERGY_ACTIONS } from '../../../session/energy/session-energy.ts';
import type { FrameOrigin } from '../../../session/timeline.ts';
import { openForReading } from '../../capture/database.ts';
import type { Recording } from '../../capture/recording.ts';
import { unwrap } from '../../capture/testing/session-fixtures.ts';
import { EnergyRows } from '../energy-rows.ts';
import { EventReader } from '../event-reader.ts';

/** How a frame came to be, where it is not simply off the wire. */
export interface Made {
  readonly origin: FrameOrigin;
  readonly original?: number;
}

/** Records messages on a link. */
export function messagesOn(recording: Recording, link: number) {
  const frame = (direction: Direction, message: readonly unknown[], { origin, original }: Made): number =>
    recording.frame(link, direction, origin, Buffer.from(JSON.stringify(message)), false, () => {}, original);
  const received: Made = { origin: 'received' };
  return {
    call: (direction: Direction, id: string, action: string, payload: JsonObject, made = received): number =>
      frame(direction, [2, id, action, payload], made),
    result: (direction: Direction, id: string, payload: JsonObject, made = received): number =>
      frame(direction, [3, id, payload], made),
  };
}

/** Every event of a session file that is complete. */
export function eventsOfSession(path: string): readonly EnergyEvent[] {
  const database = unwrap(openForReading(path));
  const rows = new EnergyRows(database, ENERGY_ACTIONS);
  const reader = new EventReader(rows, new Set());
  const events = [...rows.between(0, Number.MAX_SAFE_INTEGER)].flatMap((row) => reader.eventOf(row) ?? []);
  database.close();
  return events;
}

/** An event in short: what was said, how, and by which entries. */
export function short(event: EnergyEvent): string {
  if (event.kind === 'request') return `${event.action} ${JSON.stringify(event.request)} ${event.entry}`;
  if (event.kind !== 'answer') return `${event.kind} ${event.station} ${event.entry}`;
  const { action, request, response, requestEntry, entry } = event;
  return `${action} ${JSON.stringify(request)} ${requestEntry} answered ${JSON.stringify(response)} ${entry}`;
}
