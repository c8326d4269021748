import { z } from 'zod';
import { OCPP_VERSIONS } from '../ocpp/version.ts';

/** The longest text that is kept, in UTF-16 code units; longer ones are sent all the same. */
export const KEPT_TEXT_MAX = 65_536;
/** Sent messages that are remembered. */
export const HISTORY_MAX = 200;
const SNIPPETS_MAX = 500;

/**
 * What is composed: an action with its payload (`message`), or a whole frame: of this text (`frame`), or of bytes in
 * hexadecimal that go out as a text frame (`bytes`) or as a binary one.
 */
const draftShape = {
  kind: z.enum(['message', 'frame', 'bytes', 'binary']),
  /** Null where it is for any. */
  version: z.enum(OCPP_VERSIONS).nullable(),
  /** Empty for a frame. */
  action: z.string().max(100),
  /** The payload as JSON with variables; of a frame, all of it. */
  text: z.string().max(KEPT_TEXT_MAX),
} as const;

/** A message that is kept under a name. */
export const snippetSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  ...draftShape,
});
export type Snippet = z.infer<typeof snippetSchema>;

/** A message that was sent. */
export const historyItemSchema = z.strictObject({
  /** Wall clock, in milliseconds since 1970 UTC. */
  at: z.number(),
  station: z.string().max(1000),
  peer: z.enum(['station', 'csms']),
  /** How it ended; `sent` where no answer was waited for, `failed` where it was not sent. */
  outcome: z.enum(['result', 'error', 'timeout', 'closed', 'sent', 'failed']),
  ...draftShape,
});
export type HistoryItem = z.infer<typeof historyItemSchema>;

/** Snippets by name. */
export const snippetListSchema = z.array(snippetSchema).max(SNIPPETS_MAX);

/** What the composer keeps. */
export const composerKeptSchema = z.strictObject({
  snippets: snippetListSchema,
  /** The newest first. */
  history: z.array(historyItemSchema).max(HISTORY_MAX),
});
export type ComposerKept = z.infer<typeof composerKeptSchema>;

/** Nothing is kept yet. */
export const NOTHING_KEPT: ComposerKept = { snippets: [], history: [] };
