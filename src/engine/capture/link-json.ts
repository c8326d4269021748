import { z } from 'zod';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import { CERTIFICATE_CHECKS, type CertificateCheck, type CertificateFacts } from '../../session/certificate.ts';
import { SEVERITIES } from '../../session/finding.ts';
import { type LegPolicy, LIMIT_DEFAULTS, type LimitName, SECURITY_PROFILES } from '../../session/leg-policy.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark, Repeats, TlsFacts } from '../../session/link.ts';
import { NEGOTIATION_CODES } from '../../session/negotiation/codes.ts';
import { FATES } from '../../session/timeline.ts';
import type { RecordedFate, RecordingStop } from './journal-record.ts';

/*
 * Facts as JSON in the journal and in the session file. Either file may come from a stranger, so what is read is
 * parsed; what is not as it should be reads as the emptiest value, for one bad row must not hide the others. What was
 * added since format 2 is left out for itself where it is wrong, and cut where it is too long.
 */

/** Characters of one fact about TLS that are kept; certificates of strangers may have any. */
const TEXT_MAX = 4000;
/** Items of one list about TLS that are kept. */
const LIST_MAX = 200;

const text = z.string().transform((whole) => whole.slice(0, TEXT_MAX));
const list = <T extends z.ZodType>(item: T) => z.array(item).transform((whole) => whole.slice(0, LIST_MAX));
/** A fact that is left out where it is wrong. */
const loose = <T extends z.ZodType>(fact: T) => fact.optional().catch(undefined);

const headers = z.array(z.tuple([z.string(), z.string()]));

const policy = z.object({
  profile: z.literal(SECURITY_PROFILES),
  versions: list(z.enum(OCPP_VERSIONS)),
}) satisfies z.ZodType<LegPolicy>;

const opening = z.object({
  peer: z.enum(['station', 'csms']),
  opener: z.enum(['peer', 'plugscope']),
  pairedWith: z.number().int().optional(),
  station: z.string(),
  url: z.string(),
  remoteAddress: z.string().optional(),
  requestHeaders: headers,
  offered: z.array(z.string()),
  attempt: loose(z.enum(['http', 'tls', 'tcp'])),
  policy: loose(policy),
}) satisfies z.ZodType<LinkOpening>;

const certificate = z.object({
  subject: text,
  issuer: text,
  serialNumber: text,
  notBefore: z.number(),
  notAfter: z.number(),
  key: text,
  signature: text,
  names: list(text),
  fingerprint: text,
}) satisfies z.ZodType<CertificateFacts>;

/** Names of an object's keys, as a list that zod takes. */
const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] => Object.keys(record) as K[];

const check = z.object({
  check: z.enum(keysOf(CERTIFICATE_CHECKS)),
  outcome: z.enum(['passed', 'failed', 'advice', 'not-done']),
  sentence: text,
  requirements: list(text),
  place: loose(z.number().int().min(0)),
}) satisfies z.ZodType<CertificateCheck>;

const tls = z.object({
  protocol: z.string(),
  cipher: z.string(),
  serverName: z.string().optional(),
  peerSubject: z.string().optional(),
  offered: loose(z.object({ protocols: list(text), ciphers: list(text) })),
  chain: loose(list(certificate)),
  own: loose(list(certificate)),
  checks: loose(list(check)),
}) satisfies z.ZodType<TlsFacts>;

/** Milliseconds since 1970 that a date can be made of. */
const instant = z.number().min(-8.64e15).max(8.64e15);

const repeats = z.object({
  count: z.number().int().min(1),
  first: instant,
  last: instant,
  stations: list(text),
  from: list(text),
}) satisfies z.ZodType<Repeats>;

const negotiation = z.object({
  status: z.number().int().optional(),
  responseHeaders: headers.optional(),
  chosen: z.string().optional(),
  version: z.enum(OCPP_VERSIONS).optional(),
  tls: loose(tls),
  extensions: loose(text),
  failure: z.string().optional(),
  code: loose(z.enum(NEGOTIATION_CODES)),
  repeats: loose(repeats),
}) satisfies z.ZodType<LinkNegotiation>;

const bytes = z.number().int().min(0);

const closing = z.object({
  code: z.number().int(),
  reason: z.string(),
  by: z.enum(['peer', 'plugscope', 'csms', 'lost']),
  limit: loose(z.enum(keysOf<LimitName>(LIMIT_DEFAULTS))),
  wire: loose(z.object({ received: bytes, sent: bytes })),
}) satisfies z.ZodType<LinkClosing>;

const remark = z.object({
  severity: z.enum(SEVERITIES),
  rule: text,
  requirements: list(text),
  sentence: text,
}) satisfies z.ZodType<LinkRemark>;

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
export const parseRemark = (json: string): LinkRemark =>
  read(remark, json) ?? {
    severity: 'info',
    rule: 'link.remark',
    requirements: [],
    sentence: 'A remark that is not readable.',
  };
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
