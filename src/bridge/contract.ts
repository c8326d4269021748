import { z } from 'zod';
import { OCPP_VERSIONS, type OcppVersion } from '../ocpp/version.ts';
import { FILTER_LENGTH_MAX } from '../session/filter/parse.ts';
import type { SecurityProfile } from '../session/leg-policy.ts';
import type { LinkFacts } from '../session/link.ts';
import type { Outcome } from '../session/outcome.ts';
import type { EntryDetail, TimelineRow } from '../session/timeline.ts';
import { method } from './method.ts';
import { AUTHORITY_METHODS, type AuthorityEvents } from './methods/authority.ts';
import { COMPOSE_METHODS, type ComposeEvents } from './methods/compose.ts';
import { CONNECTIONS_METHODS } from './methods/connections.ts';
import { ENERGY_METHODS, type EnergyEvents } from './methods/energy.ts';
import { FILES_METHODS } from './methods/files.ts';
import { FOLLOW_METHODS } from './methods/follow.ts';
import { INTERCEPT_METHODS, type InterceptEvents } from './methods/intercept.ts';
import { NOTES_METHODS, type NotesEvents } from './methods/notes.ts';
import { REPLAY_METHODS, type ReplayEvents } from './methods/replay.ts';
import { RULES_METHODS, type RulesEvents } from './methods/rules.ts';
import { TASK_METHODS, type TaskEvents } from './methods/tasks.ts';
import { clientSecurity, limits, listenerSecurity, upstreamLost } from './security.ts';

/** The most rows that one question may ask for. */
export const ROWS_MAX = 1000;

const port = z.number().int().min(0).max(65535);
const webSocketUrl = z
  .string()
  .max(2000)
  .refine((text) => /^wss?:$/.test(URL.parse(text)?.protocol ?? ''), 'a URL that starts with ws:// or wss://');
const version = z.enum(OCPP_VERSIONS);
const stationId = z.string().min(1).max(255);
const count = z.number().int().min(0);

/** The built-in station: which identity and version it takes. */
const builtInStation = z.object({ id: stationId, version });

/** What the bench does: the role that Plugscope plays between, or in place of, station and CSMS. */
export const benchSetup = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('proxy'),
    /** Port for stations; 0 for any free one. */
    port,
    /** The CSMS to which stations are passed on; the built-in one where it is null. */
    upstream: webSocketUrl.nullable(),
    /** The built-in station connects through the proxy where this is set. */
    station: builtInStation.nullable(),
    /** What is asked of stations; nothing where it is left out. */
    security: listenerSecurity.optional(),
    /** How the CSMS of `upstream` is connected to. */
    upstreamSecurity: clientSecurity.optional(),
    /** What becomes of a station whose CSMS is lost; `mirror` where it is left out. */
    upstreamLost: upstreamLost.optional(),
    limits: limits.optional(),
  }),
  z.object({
    role: z.literal('csms'),
    port,
    station: builtInStation.nullable(),
    security: listenerSecurity.optional(),
    limits: limits.optional(),
  }),
  z.object({
    role: z.literal('station'),
    /** The CSMS, without the station's identity, which is appended as the last path segment. */
    url: webSocketUrl,
    station: builtInStation,
    security: clientSecurity.optional(),
  }),
]);
export type BenchSetup = z.infer<typeof benchSetup>;
export type BenchRole = BenchSetup['role'];

/** The text of a filter, at most as long as the language allows. */
const filterText = z.string().max(FILTER_LENGTH_MAX);

/** A leg of the bench: one live link as the topology strip shows it. */
export interface Leg {
  readonly link: number;
  readonly conversation: number;
  readonly peer: 'station' | 'csms';
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly secure: boolean;
  /** The security profile that our side asked for; undefined where it asked for nothing. */
  readonly profile?: SecurityProfile;
  readonly state: 'connecting' | 'open';
}

/** Something the user should know about the bench, such as a port that was taken. */
export interface Notice {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly sentence: string;
}

/** What is running now. */
export interface BenchState {
  readonly setup: BenchSetup;
  /** Base URLs at which a station can be pointed, the station's identity to be appended; empty in the role of a station. */
  readonly stationUrls: readonly string[];
  readonly port: number | null;
  readonly notices: readonly Notice[];
  /** Live links, at most 200 of them, oldest first. */
  readonly legs: readonly Leg[];
  readonly linksOpen: number;
  readonly stationsOpen: number;
  /** Messages a second over the last seconds. */
  readonly messagesPerSecond: number;
}

/** The state of the session file that is on screen. */
export interface SessionState {
  /** Path of the session file. */
  readonly path: string;
  readonly name: string;
  /** `recording`: live. `file`: opened, not growing. `stopped`: live, but nothing is recorded any more. */
  readonly mode: 'recording' | 'file' | 'stopped';
  /** In a sentence, why recording stopped, why its index does not go on for now, or what a file lacks. */
  readonly reason?: string;
  readonly entries: number;
  readonly messages: number;
  readonly errors: number;
  readonly warnings: number;
  /** Bytes on disk, journal and index together. */
  readonly bytes: number;
  /** Entries in the journal that the index does not have yet. */
  readonly lag: number;
  /** Frames that were forwarded unrecorded because the user chose so after the disk was full. */
  readonly unrecorded: number;
}

/** A filtered sequence of entries that the engine keeps up to date for one client. */
export interface ViewState {
  readonly view: number;
  readonly count: number;
  /** Entries looked at so far, of `entries`; they differ while a filter still runs over old entries. */
  readonly scanned: number;
  readonly entries: number;
}

/** Names that a session holds, for completion. */
export interface SessionFacets {
  readonly stations: readonly string[];
  readonly actions: readonly string[];
  /** Rules of the latest findings. */
  readonly rules: readonly string[];
}

/**
 * Everything that a face may ask of the engine, each declared once: the schema of its arguments, which the engine's
 * side parses, and the type of its answer.
 */
export const METHODS = {
  'bench.get': method<BenchState>()(z.tuple([])),
  'bench.configure': method<Outcome<BenchState>>()(z.tuple([benchSetup])),
  'session.get': method<SessionState>()(z.tuple([])),
  /** Shows a session file instead of the live one; it is opened read-only. */
  'session.open': method<Outcome<SessionState>>()(z.tuple([z.string().min(1).max(4096)])),
  /** Goes back to the live session. */
  'session.showLive': method<SessionState>()(z.tuple([])),
  /** After a full disk: goes on forwarding unrecorded, or does not. */
  'session.goOnUnrecorded': method<SessionState>()(z.tuple([z.boolean()])),
  /**
   * Starts a view of what passes a filter, of everything for an empty text; it grows by `viewGrown` events. A new
   * filter is a new view. One that is wrong fails with `filter-invalid`.
   */
  'timeline.open': method<Outcome<ViewState>>()(z.tuple([filterText])),
  'timeline.close': method<null>()(z.tuple([count])),
  /** Rows of a view from an index on; fewer at its end. */
  'timeline.rows': method<readonly TimelineRow[]>()(z.tuple([count, count, z.number().int().min(1).max(ROWS_MAX)])),
  /** Index in the view of an entry, or of the nearest one before it; null where there is none. */
  'timeline.indexOf': method<number | null>()(z.tuple([count, count])),
  /** Index of the next entry after (or before) an index that has a finding; null where there is none. */
  'timeline.nextFinding': method<number | null>()(
    z.tuple([count, z.number().int().min(-1), z.enum(['forward', 'backward'])]),
  ),
  'entry.get': method<EntryDetail | null>()(z.tuple([count])),
  'link.get': method<LinkFacts | null>()(z.tuple([count])),
  /** What the session holds that a filter can name. */
  'session.facets': method<SessionFacets>()(z.tuple([])),
  ...AUTHORITY_METHODS,
  ...COMPOSE_METHODS,
  ...CONNECTIONS_METHODS,
  ...ENERGY_METHODS,
  ...FILES_METHODS,
  ...FOLLOW_METHODS,
  ...INTERCEPT_METHODS,
  ...NOTES_METHODS,
  ...REPLAY_METHODS,
  ...RULES_METHODS,
  ...TASK_METHODS,
} as const;

/** What the engine tells a face unasked. */
export interface Events
  extends AuthorityEvents,
    ComposeEvents,
    EnergyEvents,
    InterceptEvents,
    NotesEvents,
    ReplayEvents,
    RulesEvents,
    TaskEvents {
  benchChanged(state: BenchState): void;
  /** At most every 100 ms. */
  sessionChanged(state: SessionState): void;
  /** Another session is on screen: every view is gone. */
  sessionReplaced(state: SessionState): void;
  viewGrown(view: ViewState): void;
}

export type MethodName = keyof typeof METHODS;
export type Arguments<N extends MethodName> = z.infer<(typeof METHODS)[N]['args']>;
export type Result<N extends MethodName> =
  | NonNullable<(typeof METHODS)[N]['result']>
  | (null extends (typeof METHODS)[N]['result'] ? null : never);

/** The engine as a face sees it. A failed parse of arguments rejects with a `BridgeError`. */
export type Api = { readonly [N in MethodName]: (...args: Arguments<N>) => Promise<Result<N>> };

/** The engine's side of the contract, one for each client. */
export type Handlers = { readonly [N in MethodName]: (...args: Arguments<N>) => Result<N> | Promise<Result<N>> };

/** A way for messages between a face and the engine: Electron's MessagePort, a WebSocket, or memory. */
export interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
  /** Whether so much waits for the peer to read it that events should be held back; never where it is left out. */
  congested?(): boolean;
  /** Called when the peer has caught up. */
  onDrain?(listener: () => void): void;
}
