import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import type { Violation } from '../../ocpp/violation.ts';
import type { TextProblem } from '../../session/compose/exactness.ts';
import type { Outcome } from '../../session/outcome.ts';
import { type ComposerKept, snippetListSchema } from '../../workspace/snippet.ts';
import { method } from '../method.ts';

/** An open link, as a place to send to. */
export interface ComposePeer {
  readonly link: number;
  /** Who is at the other end. */
  readonly peer: 'station' | 'csms';
  readonly station: string;
  /** Null where no version known here was agreed: then only whole frames can be sent. */
  readonly version: OcppVersion | null;
  /** Who sends: a built-in endpoint, or the proxy, which puts it in beside the traffic of others. */
  readonly by: 'csms' | 'station' | 'proxy';
}

/** What would be sent now. */
export interface ComposePreview {
  /** The payload with its variables replaced; null where there are problems. */
  readonly resolved: string | null;
  /** What each variable is worth now, as it is written between the braces. */
  readonly variables: readonly { readonly text: string; readonly value: JsonValue }[];
  /** Why it cannot be sent. */
  readonly problems: readonly TextProblem[];
  /** Where it breaks its schema; it can be sent all the same. */
  readonly violations: readonly Violation[];
}

/** How a call ended, with the entries under which it and its answer are recorded; 0 where nothing is recorded. */
export type ComposeAnswer =
  | { readonly kind: 'result'; readonly entry: number; readonly answer: number; readonly payload: JsonObject }
  | {
      readonly kind: 'error';
      readonly entry: number;
      readonly answer: number;
      readonly code: string;
      readonly description: string;
      readonly details: JsonObject;
    }
  | { readonly kind: 'timeout' | 'closed'; readonly entry: number };

const link = z.number().int().min(0);
const action = z.string().min(1).max(100);
/** A JSON document with variables. */
const payload = z.string().max(64 * 1024 * 1024);
/** How a client names a call of its own, to take it back. */
const ticket = z.string().min(1).max(64);

/** A message that is looked at before it is sent. */
export const composeDraft = z.object({
  /** Of whom `{{transactionId}}` and `{{last …}}` speak; null where nobody is chosen. */
  station: z.string().max(1000).nullable(),
  version: z.enum(OCPP_VERSIONS),
  action,
  payload,
});
export type ComposeDraft = z.infer<typeof composeDraft>;

/** A call that is to be sent. */
export const composeCall = z.object({
  ticket,
  link,
  action,
  payload,
  /** A new one where it is left out. */
  messageId: z.string().min(1).max(1000).optional(),
});
export type ComposeCall = z.infer<typeof composeCall>;

/** Sending messages of one's own to live peers. */
export const COMPOSE_METHODS = {
  /** Whom can be sent to now; it changes as `benchChanged` says. */
  'compose.peers': method<readonly ComposePeer[]>()(z.tuple([])),
  'compose.preview': method<ComposePreview>()(z.tuple([composeDraft])),
  /** Sends a CALL when those outstanding towards that peer have ended; answers when it has ended too. */
  'compose.call': method<Outcome<ComposeAnswer>>()(z.tuple([composeCall])),
  /** Takes a call back, or stops waiting for its answer where it is sent already. */
  'compose.cancel': method<null>()(z.tuple([ticket])),
  /** Sends a SEND at once; yields its entry. */
  'compose.send': method<Outcome<number>>()(z.tuple([composeCall.omit({ ticket: true })])),
  /** Sends a whole data frame at once, as it stands: of this text, or of the bytes of this base64. Yields its entry. */
  'compose.raw': method<Outcome<number>>()(
    z.tuple([
      link,
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('text'), text: payload }),
        z.object({ kind: z.literal('bytes'), base64: z.base64().max(64 * 1024 * 1024), binary: z.boolean() }),
      ]),
    ]),
  ),
  /** Snippets and what was sent before. */
  'compose.kept': method<ComposerKept>()(z.tuple([])),
  /** Replaces the snippets; saved with the workspace. */
  'compose.setSnippets': method<Outcome<ComposerKept>>()(z.tuple([snippetListSchema])),
  'compose.forgetHistory': method<Outcome<ComposerKept>>()(z.tuple([])),
} as const;

export interface ComposeEvents {
  /** Snippets or history are others now. */
  composeKeptChanged(kept: ComposerKept): void;
}
