import { z } from 'zod';
import type { ConnectionCard, ConnectionRow, StationLife } from '../../session/life/life.ts';
import { method } from '../method.ts';

/** The most connections that one question may ask for. */
export const CONNECTIONS_MAX = 500;

const which = z.object({
  /** Those of one station alone; of all where it is null. */
  station: z.string().max(255).nullable(),
  /** `trouble`: those that were refused, or never became a WebSocket, or were lost. `attempts`: the second alone. */
  kind: z.enum(['all', 'open', 'trouble', 'attempts']),
});
export type ConnectionsWanted = z.infer<typeof which>;

/** Connections of a kind as they were when they were listed: which ones, and in which order, never changes. */
export interface ConnectionList {
  /** A name that no other list has, of this session or another. */
  readonly list: string;
  readonly count: number;
}

/** Connections of a list as they stand now. */
export interface ConnectionRows {
  readonly rows: readonly ConnectionRow[];
  /** How many of the kind there are now, and how many of them the list does not have. */
  readonly total: number;
  readonly fresh: number;
}

const list = z.uuid();
const link = z.number().int().min(1);

/** Connections of the session that the client is shown, open or not, and what became of each. */
export const CONNECTIONS_METHODS = {
  /** Lists those of a kind that there are now. A list that nobody asks for any longer is forgotten in time. */
  'connections.list': method<ConnectionList>()(z.tuple([which])),
  /** Newest first, from an index on, fewer at the end of the list; null where the list is forgotten. */
  'connections.rows': method<ConnectionRows | null>()(
    z.tuple([list, z.number().int().min(0), z.number().int().min(1).max(CONNECTIONS_MAX)]),
  ),
  /** Index of a link; null where the list does not have it, or is forgotten. */
  'connections.indexOf': method<number | null>()(z.tuple([list, link])),
  'connections.card': method<ConnectionCard | null>()(z.tuple([link])),
  /** Null where the session has no such station. */
  'connections.station': method<StationLife | null>()(z.tuple([z.string().max(255)])),
  /** Ends an open link of the live bench with 1001; whether there was one. */
  'connections.disconnect': method<boolean>()(z.tuple([link])),
} as const;
