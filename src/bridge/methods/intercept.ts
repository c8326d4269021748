import { z } from 'zod';
import type { Direction } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { RowType } from '../../session/timeline.ts';
import { type InterceptSettings, interceptSettingsSchema } from '../../workspace/breakpoint.ts';
import { method } from '../method.ts';

/** A message that waits for a decision. */
export interface HeldMessage {
  readonly id: number;
  /** Its entry in the session, where it stands as it came. */
  readonly entry: number;
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly direction: Direction;
  readonly type: RowType;
  readonly action: string | null;
  readonly messageId: string | null;
  /** The frame's text; null where it is binary or no UTF-8, and then it can be forwarded or dropped, not edited. */
  readonly text: string | null;
  /** Breakpoint that caught it; null where it waits only behind another of its connection and direction. */
  readonly breakpoint: string | null;
  /** Wall clock, in milliseconds since 1970 UTC. */
  readonly heldSince: number;
  /** When the sender gives up waiting, on the wall clock; null where it waits for nothing or that is not known. */
  readonly senderGivesUp: number | null;
  /** When it goes on by itself; null where it is held for ever. */
  readonly goesOn: number | null;
  /** A decision was made already; it waits for those before it in its connection and direction. */
  readonly decided: boolean;
}

/** Interception as it is now. */
export interface InterceptState {
  readonly settings: InterceptSettings;
  /** What waits, oldest first, at most 500. */
  readonly held: readonly HeldMessage[];
  readonly heldCount: number;
  /** How often each breakpoint caught a message, by its id. */
  readonly hits: Readonly<Record<string, number>>;
  /** Breakpoints whose filter cannot be used, with the reason in a sentence. */
  readonly faults: Readonly<Record<string, string>>;
}

const text = z.string().max(64 * 1024 * 1024);
const jsonObject = z.record(z.string(), z.unknown());

/** What is to become of a held message. */
export const heldDecision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forward') }),
  /** This text goes on in its place, be it valid or not. */
  z.object({ kind: z.literal('edit'), text }),
  z.object({ kind: z.literal('drop') }),
  /** It goes on, and so does a copy of it, under the same message id or a new one. */
  z.object({ kind: z.literal('duplicate'), newMessageId: z.boolean() }),
  /** It does not go on: its sender gets this CALLRESULT. Only for a CALL. */
  z.object({ kind: z.literal('result'), payload: jsonObject }),
  /** It does not go on: its sender gets this CALLERROR. Only for a CALL. */
  z.object({
    kind: z.literal('error'),
    code: z.string().max(100),
    description: z.string().max(1000),
    details: jsonObject,
  }),
]);
export type HeldDecision = z.infer<typeof heldDecision>;

/** Breakpoints and the messages that they hold. */
export const INTERCEPT_METHODS = {
  'intercept.get': method<InterceptState>()(z.tuple([])),
  /** What a removed breakpoint held goes on unchanged. Saved with the workspace. */
  'intercept.configure': method<Outcome<InterceptState>>()(z.tuple([interceptSettingsSchema])),
  /** Fails where the message is gone meanwhile (its time ran out, its connection ended). */
  'intercept.decide': method<Outcome<null>>()(z.tuple([z.number().int(), heldDecision])),
  /** Forwards all that is held; yields how many messages that were. */
  'intercept.releaseAll': method<number>()(z.tuple([])),
} as const;

export interface InterceptEvents {
  /** At most every 50 ms. */
  interceptChanged(state: InterceptState): void;
}
