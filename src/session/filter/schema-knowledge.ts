import { type JsonSchema, resolve } from '../../ocpp/json-schema.ts';
import { type PayloadKind, schemaOf, schemasOf } from '../../ocpp/official-schemas.ts';
import { RPC_ERROR_CODES_1_6, RPC_ERROR_CODES_2 } from '../../ocpp/rpc-error.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import type { PathStep, PayloadSide } from './ast.ts';
import type { FilterKnowledge, KnownProperty } from './knowledge.ts';

/** What a capture holds. */
export interface CaptureFacts {
  readonly stations: readonly string[];
  /** Actions, which may be none of OCPP's. */
  readonly actions: readonly string[];
  readonly rules: readonly string[];
}

/** What is known from the official schemas of some versions and from a capture. */
export function schemaKnowledge(
  facts: CaptureFacts,
  versions: readonly OcppVersion[] = OCPP_VERSIONS,
): FilterKnowledge {
  const official = versions.flatMap((version) => schemasOf(version).map(({ action }) => action));
  return {
    stations: facts.stations,
    // Those that are there come first.
    actions: [...new Set([...facts.actions, ...official.sort()])],
    errorCodes: [...new Set([...RPC_ERROR_CODES_2, ...RPC_ERROR_CODES_1_6])].sort(),
    rules: facts.rules,
    properties: (action, side, path) => propertiesAt(versions, action, side, path),
  };
}

const KINDS: Readonly<Record<PayloadSide, readonly PayloadKind[]>> = {
  payload: ['request', 'response'],
  request: ['request'],
  response: ['response'],
};

function propertiesAt(
  versions: readonly OcppVersion[],
  action: string | undefined,
  side: PayloadSide,
  path: readonly PathStep[],
): readonly KnownProperty[] | undefined {
  const found = new Map<string, KnownProperty>();
  let known = false;
  for (const root of schemas(versions, action, KINDS[side])) {
    const schema = schemaAt(root, path);
    if (schema === undefined) continue;
    known = true;
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      found.set(name, merged(found.get(name), propertyOf(name, resolve(part, root))));
    }
  }
  return known ? [...found.values()] : undefined;
}

function schemas(
  versions: readonly OcppVersion[],
  action: string | undefined,
  kinds: readonly PayloadKind[],
): readonly JsonSchema[] {
  return versions.flatMap((version) => {
    if (action !== undefined) return kinds.flatMap((kind) => schemaOf(version, action, kind) ?? []);
    return schemasOf(version)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ schema }) => schema);
  });
}

function schemaAt(root: JsonSchema, path: readonly PathStep[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = root;
  for (const step of path) {
    const next: JsonSchema | undefined = step.kind === 'key' ? schema?.properties?.[step.name] : schema?.items;
    schema = next && resolve(next, root);
  }
  return schema;
}

function propertyOf(name: string, schema: JsonSchema): KnownProperty {
  const type = schema.type === 'integer' ? 'number' : (schema.type ?? 'object');
  return { name, type, values: schema.enum, description: schema.description };
}

/** The same property of several messages: what any of them allows. */
function merged(earlier: KnownProperty | undefined, later: KnownProperty): KnownProperty {
  if (earlier === undefined) return later;
  const both = earlier.values && later.values && [...new Set([...earlier.values, ...later.values])];
  return { ...earlier, values: both };
}
