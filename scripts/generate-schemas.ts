// Writes the JSON schemas of our own files to schemas/: what zod checks, for editors and other programs.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesJsonSchema } from '../src/workspace/rules-schema.ts';

const SCHEMAS = { 'rules.schema.json': rulesJsonSchema() };

for (const [name, schema] of Object.entries(SCHEMAS)) {
  writeFileSync(
    fileURLToPath(new URL(`../schemas/${name}`, import.meta.url)),
    `${JSON.stringify(schema, undefined, 2)}\n`,
  );
}
