import { z } from 'zod';
import { DIRECTIONS } from '../ocpp/direction.ts';

/** Messages that match are held until somebody decides about them. */
export const breakpointSchema = z.strictObject({
  id: z.string().min(1).max(64),
  enabled: z.boolean(),
  /** An expression of the filter language; an empty one matches every message. */
  filter: z.string().max(4000),
  direction: z.enum([...DIRECTIONS, 'both']),
  /** Hold for ever, and do not let go by itself before the sender's time-out. */
  forEver: z.boolean(),
});
export type Breakpoint = z.infer<typeof breakpointSchema>;

/** How messages are intercepted. */
export const interceptSettingsSchema = z.strictObject({
  breakpoints: z.array(breakpointSchema).max(200),
  /** Time that a sender waits for the answer to its CALL, in milliseconds. */
  senderTimeoutMs: z.number().int().min(1000).max(3_600_000),
  /** How long before that a held message goes on by itself, in milliseconds. */
  marginMs: z.number().int().min(0).max(600_000),
});
export type InterceptSettings = z.infer<typeof interceptSettingsSchema>;

/** Nothing is held; 30 s is what most senders wait. */
export const NO_INTERCEPTION: InterceptSettings = { breakpoints: [], senderTimeoutMs: 30_000, marginMs: 3000 };
