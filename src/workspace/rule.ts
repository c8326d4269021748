import { z } from 'zod';
import { DIRECTIONS } from '../ocpp/direction.ts';
import { ruleActionSchema } from './rule-action.ts';

/** The most rules of a list. */
export const RULES_MAX = 500;
/** The highest seed. */
export const SEED_MAX = 2_147_483_647;

/** How often a rule fires of all the messages that it matches; all that is left out is no limit. */
export const ruleLimitsSchema = z.strictObject({
  every: z.number().int().min(1).max(1_000_000).optional().describe('Only every so many-th of them'),
  percent: z.number().min(0).max(100).optional().describe('Of those, only this share, by chance under the seed'),
  atMost: z.number().int().min(1).max(1_000_000).optional().describe('And no more often than this'),
});
export type RuleLimits = z.infer<typeof ruleLimitsSchema>;

/** What is done to messages that match. */
export const ruleSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  enabled: z.boolean().default(true),
  direction: z.enum([...DIRECTIONS, 'both']).default('both'),
  filter: z
    .string()
    .max(4000)
    .default('')
    .describe('An expression of the filter language; an empty one matches every message'),
  limits: ruleLimitsSchema.default({}),
  action: ruleActionSchema,
});
export type Rule = z.infer<typeof ruleSchema>;

const seed = z
  .number()
  .int()
  .min(0)
  .max(SEED_MAX)
  .describe('Where chances come from: the same seed makes the same of the same messages');

/** Rules in the order in which they are applied, and where their chances come from. */
export const ruleSettingsSchema = z.strictObject({
  seed,
  rules: z.array(ruleSchema).max(RULES_MAX),
});
export type RuleSettings = z.infer<typeof ruleSettingsSchema>;

/** Nothing is done. */
export const NO_RULES: RuleSettings = { seed: 1, rules: [] };

/** What a file of rules says it is. */
export const RULES_FORMAT = 'plugscope-rules';

/** A file of rules. A rule without an id is numbered when the file is read. */
export const rulesFileSchema = z.strictObject({
  $schema: z.string().max(2000).optional(),
  format: z.literal(RULES_FORMAT),
  version: z.literal(1),
  seed: seed.default(NO_RULES.seed),
  rules: z.array(ruleSchema.extend({ id: ruleSchema.shape.id.optional() })).max(RULES_MAX),
});
