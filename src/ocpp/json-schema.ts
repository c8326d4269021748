import type { JsonValue } from './json.ts';

/** The part of JSON Schema that the schemas of OCPP use. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly enum?: readonly string[];
  readonly default?: JsonValue;
  readonly format?: 'date-time' | 'uri';
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** What a `$ref` of OCPP schemas starts with: each points to a definition in the same schema. */
const DEFINITIONS = '#/definitions/';

/** The schema that `schema` stands for: itself, or the definition in `root` to which it refers. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const target = root.definitions?.[schema.$ref.slice(DEFINITIONS.length)];
  if (target === undefined) throw new Error(`The schema ${root.$id} lacks ${schema.$ref}`);
  return target;
}
