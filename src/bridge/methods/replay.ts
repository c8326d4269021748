import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { FrameDiff } from '../../session/diff/frame-diff.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { RecordedText, ReplaySide, ReplayStep } from '../../session/replay/replay-plan.ts';
import { method } from '../method.ts';
import { type ClientSecurity, clientSecurity, type ListenerSecurity, listenerSecurity } from '../security.ts';

/** A station of what is replayed. */
export interface ReplayStation {
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly steps: number;
}

/** Sums over a replay. */
export interface ReplaySummary {
  readonly steps: number;
  readonly done: number;
  readonly same: number;
  /** Answers that differ or did not come. */
  readonly different: number;
  /** CALLs of the recorded peer that the live one did not send. */
  readonly didNotCome: number;
  /** CALLs of the live peer that the recording does not have. */
  readonly unexpected: number;
  readonly failed: number;
  /** In sentences, why stations could not be played to their end. */
  readonly troubles: readonly string[];
}

/** A CSMS that is not the bench's own, or is connected to otherwise than that asks for. */
export interface ReplayCsms {
  readonly url: string;
  readonly security: ClientSecurity | null;
}

/** The replay of this engine. */
export interface ReplayState {
  readonly state: 'prepared' | 'running' | 'over';
  readonly side: ReplaySide;
  /** Name of the session that it is taken from. */
  readonly source: string;
  readonly stations: readonly ReplayStation[];
  readonly summary: ReplaySummary;
  /** Base URLs at which stations are waited for, those that reach this machine from its networks first; none where none are. */
  readonly stationUrls: readonly string[];
  /** The CSMS that was connected to last, for the next time; its password is in the memory of the engine alone. */
  readonly csms: ReplayCsms | null;
  /** What was asked of stations that were waited for last, for the next time; likewise in the memory of the engine alone. */
  readonly listener: ListenerSecurity | null;
  /** Changes whenever a step does. */
  readonly revision: number;
}

/** How a step ended. */
export interface ReplayStepVerdict {
  readonly kind: 'same' | 'different' | 'unanswered' | 'not-recorded' | 'sent' | 'came' | 'did-not-come' | 'failed';
  readonly sentence?: string;
}

/** A step of a replay, as a list shows it. */
export interface ReplayStepRow {
  readonly index: number;
  /** Its entry in the recording. */
  readonly entry: number;
  /** When it was recorded, in milliseconds since 1970 UTC. */
  readonly wall: number;
  readonly station: string;
  readonly kind: ReplayStep['kind'];
  readonly action: string | null;
  readonly edited: boolean;
  readonly state: 'waiting' | 'running' | 'done';
  readonly verdict: ReplayStepVerdict | null;
  /** From sending to the answer, in milliseconds. */
  readonly latency: number | null;
  /** Entries of what was sent and what was answered in the live session; null where there are none, or elsewhere. */
  readonly sent: number | null;
  readonly answer: number | null;
}

/** A step in full. */
export interface ReplayStepDetail {
  readonly row: ReplayStepRow;
  /** What is to be sent, or is expected; null for bytes that are no message. */
  readonly payload: JsonObject | null;
  /** What the user changed it to. */
  readonly edited: JsonObject | null;
  readonly recorded: RecordedText | null;
  readonly live: RecordedText | null;
  readonly diff: FrameDiff | null;
}

const jsonObject = z.record(z.string(), z.unknown()) as z.ZodType<Record<string, JsonValue>>;
const index = z.number().int().min(0);

/** How a replay is started. */
export const replayStart = z.object({
  target: z.discriminatedUnion('kind', [
    /** A CSMS, to which each station connects as its own; only for the side of the station. */
    z.object({
      kind: z.literal('url'),
      url: z
        .string()
        .max(2000)
        .refine((text) => /^wss?:$/.test(URL.parse(text)?.protocol ?? ''), 'a URL that starts with ws:// or wss://'),
      /** How it is connected to; where it is left out, the bench's own port as that asks, any other with nothing. */
      security: clientSecurity.optional(),
    }),
    /** A port at which stations are waited for; only for the side of the CSMS. */
    z.object({
      kind: z.literal('listen'),
      port: z.number().int().min(0).max(65535),
      anyStation: z.boolean(),
      /** What is asked of the stations; nothing where it is left out. */
      security: listenerSecurity.optional(),
    }),
    /** An open link of the bench. */
    z.object({ kind: z.literal('peer'), link: index }),
  ]),
  pace: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('original'), speed: z.number().positive().max(10_000) }),
    z.object({ kind: z.literal('as-answered') }),
    z.object({ kind: z.literal('step') }),
  ]),
  messageIds: z.enum(['fresh', 'original']),
  shiftTimes: z.boolean(),
  mapTransactions: z.boolean(),
});
export type ReplayStart = z.infer<typeof replayStart>;

/** Playing what was recorded to a live peer. */
export const REPLAY_METHODS = {
  'replay.get': method<ReplayState | null>()(z.tuple([])),
  /** Takes what a filter lets pass of the session on screen, with both sides of its exchanges. */
  'replay.prepare': method<Outcome<ReplayState>>()(
    z.tuple([z.object({ side: z.enum(['station', 'csms']), filter: z.string().max(4000) })]),
  ),
  'replay.steps': method<readonly ReplayStepRow[]>()(z.tuple([index, z.number().int().min(1).max(1000)])),
  'replay.step': method<ReplayStepDetail | null>()(z.tuple([index])),
  /** Sets the payload that a step goes out with; null for the recorded one. */
  'replay.edit': method<Outcome<null>>()(z.tuple([index, jsonObject.nullable()])),
  'replay.start': method<Outcome<ReplayState>>()(z.tuple([replayStart])),
  /** Lets the next step be done, where steps are asked for one by one. */
  'replay.next': method<null>()(z.tuple([])),
  'replay.stop': method<null>()(z.tuple([])),
} as const;

export interface ReplayEvents {
  /** At most every 100 ms. */
  replayChanged(state: ReplayState): void;
}
