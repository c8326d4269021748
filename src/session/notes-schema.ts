import { z } from 'zod';
import { FILTER_LENGTH_MAX } from './filter/parse.ts';
import { type ColouringRule, NAME_LENGTH_MAX, type NamedFilter, ROW_COLOURS } from './notes.ts';

const name = z.string().trim().min(1).max(NAME_LENGTH_MAX);
const filter = z.string().max(FILTER_LENGTH_MAX);

/** A named filter, as it comes from a face or a file. */
export const namedFilterSchema = z.object({ name, filter }) satisfies z.ZodType<NamedFilter>;

/** A colouring rule, as it comes from a face or a file. */
export const colouringRuleSchema = z.object({
  name,
  filter,
  colour: z.enum(ROW_COLOURS),
  on: z.boolean(),
}) satisfies z.ZodType<ColouringRule>;
