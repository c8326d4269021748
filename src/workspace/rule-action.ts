import { z } from 'zod';
import type { JsonValue } from '../ocpp/json.ts';

/** The longest time that a rule holds a message up, in milliseconds. */
const DELAY_MAX_MS = 3_600_000;
/** The most text that a rule adds to a field or a frame, in characters. */
const FILLER_MAX = 16 * 1024 * 1024;
/** The longest reason of a close frame in UTF-8 bytes (RFC 6455, 5.5). */
const REASON_MAX = 123;

const filter = z.string().max(4000);
const pointer = z
  .string()
  .max(1000)
  .regex(/^(\/([^~/]|~[01])*)*$/, 'It must be a JSON pointer such as /idToken/type, or empty for the whole payload.');
const json = z.json() as z.ZodType<JsonValue>;
const jsonObject = z.record(z.string(), json);

const patchOperation = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path: pointer, value: json }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.literal('replace'), path: pointer, value: json }),
  z.strictObject({ op: z.literal('move'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('copy'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('test'), path: pointer, value: json }),
]);
export type PatchOperation = z.infer<typeof patchOperation>;

/** The codes that a close frame may carry (RFC 6455, 7.4). */
const closeCode = z.union(
  [z.int().min(1000).max(1003), z.int().min(1007).max(1014), z.int().min(3000).max(4999)],
  'It must be a code that a close frame may carry: 1000 to 1003, 1007 to 1014, or 3000 to 4999.',
);
const closeReason = z
  .string()
  .max(REASON_MAX)
  .refine(
    (text) => new TextEncoder().encode(text).length <= REASON_MAX,
    `A close frame has room for ${REASON_MAX} bytes of UTF-8.`,
  );

/** Ways to spoil a message. */
const corruption = z.discriminatedUnion('how', [
  z
    .strictObject({ how: z.literal('truncate'), keep: z.number().int().min(0).max(FILLER_MAX).optional() })
    .describe('Only its first part goes on: so many characters, or the first half. Of a binary message, bytes.'),
  z.strictObject({ how: z.literal('break-json') }).describe('Its last bracket is the wrong one.'),
  z
    .strictObject({ how: z.literal('message-type'), number: z.number().int().min(-999).max(999) })
    .describe('Another message type number.'),
  z
    .strictObject({ how: z.literal('message-id'), messageId: z.string().max(1000).optional() })
    .describe('Another message id: this one, or a new one.'),
  z
    .strictObject({
      how: z.literal('oversize'),
      pointer: pointer.optional(),
      characters: z.number().int().min(1).max(FILLER_MAX).optional(),
    })
    .describe(
      'A text longer than its schema allows: the one at the pointer, or one that the schema limits, another each time. Of so many characters, or one too many.',
    ),
  z
    .strictObject({ how: z.literal('huge-field'), characters: z.number().int().min(1).max(FILLER_MAX) })
    .describe('A property that no schema knows, with a text of so many characters.'),
  z
    .strictObject({ how: z.literal('wrong-enum'), pointer: pointer.optional() })
    .describe('A value outside of its enumeration: at the pointer, or where the schema has one, another each time.'),
  z
    .strictObject({ how: z.literal('strip-required'), pointer: pointer.optional() })
    .describe('A property that the schema requires is missing: that at the pointer, or another each time.'),
]);
export type Corruption = z.infer<typeof corruption>;
export type CorruptionKind = Corruption['how'];

/** What a rule does. Texts within `value` and `payload` may have variables such as `{{now}}`. */
export const ruleActionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), pointer, value: json }).describe('Puts a value at a place of the payload.'),
  z.strictObject({ kind: z.literal('remove'), pointer }).describe('Takes what is at a place of the payload out.'),
  z
    .strictObject({ kind: z.literal('patch'), operations: z.array(patchOperation).min(1).max(100) })
    .describe('A JSON Patch (RFC 6902) of the payload; all of it or nothing.'),
  z
    .strictObject({
      kind: z.literal('delay'),
      ms: z.number().int().min(0).max(DELAY_MAX_MS),
      jitterMs: z.number().int().min(0).max(DELAY_MAX_MS).optional(),
      until: filter.optional(),
    })
    .describe(
      'Goes on later: so much later, give or take the jitter, and not before a message that matches has passed.',
    ),
  z.strictObject({ kind: z.literal('drop') }).describe('Does not go on.'),
  z
    .strictObject({
      kind: z.literal('duplicate'),
      times: z.number().int().min(1).max(1000),
      messageId: z.enum(['same', 'new']),
    })
    .describe('Goes on, and so many copies of it after it.'),
  z.strictObject({ kind: z.literal('reorder') }).describe('Goes on behind the next message of its direction.'),
  z
    .strictObject({ kind: z.literal('answer'), payload: jsonObject })
    .describe('A CALL does not go on; its sender gets this CALLRESULT.'),
  z
    .strictObject({
      kind: z.literal('error'),
      code: z.string().max(100),
      description: z.string().max(1000),
      details: jsonObject,
    })
    .describe('A CALL does not go on, and its sender gets this CALLERROR; a CALLRESULT goes on as this CALLERROR.'),
  z.strictObject({ kind: z.literal('corrupt'), corruption }).describe('Goes on spoilt.'),
  z
    .strictObject({ kind: z.literal('close'), code: closeCode, reason: closeReason, passOn: z.boolean() })
    .describe('Both connections are closed, the message going on first or not.'),
  z
    .strictObject({ kind: z.literal('stall') })
    .describe('Neither this message nor any after it goes on, in either direction, and nothing is closed.'),
  z
    .strictObject({ kind: z.literal('subprotocols'), only: z.array(z.string().min(1).max(100)).max(20) })
    .describe('When a station connects, only these of its subprotocols are offered to the CSMS, in this order.'),
]);
export type RuleAction = z.infer<typeof ruleActionSchema>;
export type RuleActionKind = RuleAction['kind'];
/** The definition of one kind of action. */
export type ActionOf<K extends RuleActionKind> = Extract<RuleAction, { kind: K }>;
