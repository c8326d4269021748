import { z } from 'zod';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening } from '../../session/link.ts';
import { FATES } from '../../session/timeline.ts';
import type { RecordedFate, RecordingStop } from './journal-record.ts';

/*
 * Facts as JSON in the journal and in the session file. Either file may come from a stranger, so what is read is
 * parsed; what is not as it should be reads as the emptiest value, for one bad row must not hide the others.
 */

const headers = z.array(z.tuple([z.string(), z.string()]));

const opening = z.object({
  peer: z.enum(['station', 'csms']),
  opener: z.enum(['peer', 'plugscope']),
  pairedWith: z.number().int().optional(),
  station: z.string(),
  url: z.string(),
  remoteAddress: z.string().optional(),
  requestHeaders: headers,
  offered: z.array(z.string()),
}) satisfies z.ZodType<LinkOpening>;

const negotiation = z.object({
  status: z.number().int().optional(),
  responseHeaders: headers.optional(),
  chosen: z.string().optional(),
  version: z.enum(OCPP_VERSIONS).optional(),
  tls: z
    .object({
      protocol: z.string(),
      cipher: z.string(),
      serverName: z.string().optional(),
      peerSubject: z.string().optional(),
    })
    .optional(),
  failure: z.string().optional(),
}) satisfies z.ZodType<LinkNegotiation>;

const closing = z.object({
  code: z.number().int(),
  reason: z.string(),
  by: z.enum(['peer', 'plugscope', 'csms', 'lost']),
}) satisfies z.ZodType<LinkClosing>;

const stop = z.object({
  code: z.string(),
  sentence: z.string(),
  unrecorded: z.number().int().min(0),
}) satisfies z.ZodType<RecordingStop>;

const fate = z.object({
  entry: z.number().int(),
  fate: z.enum(FATES),
  by: z.string(),
}) satisfies z.ZodType<RecordedFate>;

/** What stands in for a link whose opening is not readable. */
export const UNKNOWN_OPENING: LinkOpening = {
  peer: 'station',
  opener: 'peer',
  station: '?',
  url: '',
  requestHeaders: [],
  offered: [],
};

export const parseOpening = (json: string): LinkOpening => read(opening, json) ?? UNKNOWN_OPENING;
export const parseNegotiation = (json: string): LinkNegotiation => read(negotiation, json) ?? {};
export const parseClosing = (json: string): LinkClosing =>
  read(closing, json) ?? { code: 1006, reason: '', by: 'lost' };
export const parseFate = (json: string): RecordedFate | undefined => read(fate, json);
export const parseStop = (json: string): RecordingStop | undefined => read(stop, json);

/** A list of strings as the session file holds it. */
export const parseStrings = (json: string): readonly string[] => read(z.array(z.string()), json) ?? [];

function read<T>(schema: z.ZodType<T>, json: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
