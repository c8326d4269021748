import { z } from 'zod';
import { rulesFileSchema } from './rule.ts';
import { RULES_SCHEMA_ID } from './rules-file.ts';

/** The JSON schema of a file of rules, as `schemas/rules.schema.json` has it. */
export function rulesJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(rulesFileSchema, { target: 'draft-7', io: 'input', reused: 'ref' });
  return { $schema, $id: RULES_SCHEMA_ID, title: 'Rules of Plugscope, version 1', ...rest };
}
