import { z } from 'zod';
import type { FollowKey } from '../../session/follow/keys.ts';
import { FOLLOW_TOPICS } from '../../session/follow/topics.ts';
import { method } from '../method.ts';

/** The outcome of a search for the next entry. */
export type FollowOutcome =
  | { readonly kind: 'found'; readonly entry: number }
  | { readonly kind: 'none' }
  /** Another search was begun meanwhile, or this one was given up. */
  | { readonly kind: 'cancelled' };

const followKey = z.object({
  station: z.string().max(255),
  generation: z.enum(['1.6', '2']),
  topic: z.enum(FOLLOW_TOPICS),
  family: z.string().max(50),
  value: z.union([z.string().max(255), z.number().int()]),
}) satisfies z.ZodType<FollowKey>;

/** What messages have in common, and the way from one to the next. */
export const FOLLOW_METHODS = {
  /** What the exchange of an entry has in common with others, the most telling first. */
  'follow.keys': method<readonly FollowKey[]>()(z.tuple([z.number().int().min(1)])),
  /** The next entry, or the one before, of an exchange with this key. A new search ends the one before. */
  'follow.next': method<FollowOutcome>()(
    z.tuple([z.number().int().min(1), followKey, z.enum(['forward', 'backward'])]),
  ),
  'follow.cancel': method<null>()(z.tuple([])),
} as const;
