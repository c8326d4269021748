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
  /** Links before this one; from the newest on where it is null. */
  before: z.number().int().min(1).nullable(),
  most: z.number().int().min(1).max(CONNECTIONS_MAX),
});
export type ConnectionsWanted = z.infer<typeof which>;

/** Connections of the session that the client is shown, open or not, and what became of each. */
export const CONNECTIONS_METHODS = {
  /** Newest first. */
  'connections.list': method<{ readonly rows: readonly ConnectionRow[]; readonly total: number }>()(z.tuple([which])),
  'connections.card': method<ConnectionCard | null>()(z.tuple([z.number().int().min(1)])),
  /** Null where the session has no such station. */
  'connections.station': method<StationLife | null>()(z.tuple([z.string().max(255)])),
  /** Ends an open link of the live bench with 1001; whether there was one. */
  'connections.disconnect': method<boolean>()(z.tuple([z.number().int().min(1)])),
} as const;
