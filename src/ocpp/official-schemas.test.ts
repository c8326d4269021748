import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import hashes from '../../fixtures/ocpp/schema-hashes.json' with { type: 'json' };
import { actionsOf } from './actions.ts';
import type { JsonSchema } from './json-schema.ts';
import { schemaOf, schemasOf } from './official-schemas.ts';
import { OCPP_VERSIONS } from './version.ts';

/** Keywords without a bearing on what is valid. */
const IGNORED = new Set([
  ...['description', 'javaType', 'comment', '$comment', 'title', '$id', 'id', '$schema', 'tsEnumNames', 'examples'],
  ...['definitions', 'default'],
]);

type Schema = Record<string, unknown>;

/** The normal form over which the hashes were taken: references inlined, only what validates, everything sorted. */
function normalForm(schema: Schema, root: Schema, open: readonly string[] = []): Schema {
  if (typeof schema.$ref === 'string') {
    if (open.includes(schema.$ref)) return { $rec: schema.$ref };
    const target = schema.$ref
      .split('/')
      .slice(1)
      .reduce<Schema>((part, key) => part[key] as Schema, root);
    return normalForm(target, root, [...open, schema.$ref]);
  }
  const form: Schema = {};
  for (const keyword of Object.keys(schema).sort()) {
    const value = schema[keyword];
    if (IGNORED.has(keyword)) continue;
    if (keyword === 'additionalProperties' && schema.type === 'string') continue;
    if (keyword === 'additionalItems' && !Array.isArray(schema.items)) continue;
    if (keyword === 'properties') {
      const names = Object.keys(value as Schema).sort();
      form[keyword] = Object.fromEntries(
        names.map((name) => [name, normalForm((value as Schema)[name] as Schema, root, open)]),
      );
    } else if (Array.isArray(value)) form[keyword] = [...value].sort();
    else form[keyword] = typeof value === 'object' ? normalForm(value as Schema, root, open) : value;
  }
  return form;
}

function hashOf(schema: JsonSchema): string {
  const root = schema as unknown as Schema;
  return createHash('sha256')
    .update(JSON.stringify(normalForm(root, root)))
    .digest('hex');
}

describe('official schemas', () => {
  it.each(OCPP_VERSIONS)('are those that were published, for %s', (version) => {
    const loaded = schemasOf(version).map(({ name, schema }) => [name, hashOf(schema)]);
    expect(Object.fromEntries(loaded)).toEqual(hashes[version]);
    expect(loaded).toHaveLength({ '1.6': 78, '2.0.1': 128, '2.1': 181 }[version]);
  });

  it.each(OCPP_VERSIONS)('belong to the actions of the catalogue, for %s', (version) => {
    const names = schemasOf(version).map(({ action, kind }) => `${action} ${kind}`);
    const expected = [...actionsOf(version).values()].flatMap(({ name, messageType }) =>
      messageType === 'SEND' ? [`${name} request`] : [`${name} request`, `${name} response`],
    );
    expect(names.sort()).toEqual(expected.sort());
  });

  it('carry the ids under which they were published, each its own', () => {
    const ids = OCPP_VERSIONS.flatMap((version) => schemasOf(version).map(({ schema }) => schema.$id));
    expect(new Set(ids).size).toBe(387);
    expect(schemaOf('1.6', 'Authorize', 'response')?.$id).toBe('urn:OCPP:1.6:2019:12:AuthorizeResponse');
    expect(schemaOf('1.6', 'GetLog', 'request')?.$id).toBe('urn:OCPP:Cp:1.6:2020:3:GetLog.req');
    expect(schemaOf('2.0.1', 'Reset', 'request')?.$id).toBe('urn:OCPP:Cp:2:2020:3:ResetRequest');
    expect(schemaOf('2.1', 'AFRRSignal', 'response')?.$id).toBe('urn:OCPP:Cp:2:2025:1:AFRRSignalResponse');
    expect(schemaOf('2.1', 'NotifyPeriodicEventStream', 'request')?.$id).toBe(
      'urn:OCPP:Cp:2:2025:1:NotifyPeriodicEventStream',
    );
    expect(JSON.stringify(OCPP_VERSIONS.map(schemasOf))).not.toContain('$schema');
  });

  it('are looked up by version, action and kind', () => {
    expect(schemaOf('2.1', 'NotifyPeriodicEventStream', 'response')).toBeUndefined();
    expect(schemaOf('1.6', 'TransactionEvent', 'request')).toBeUndefined();
    expect(schemaOf('2.1', '__proto__', 'request')).toBeUndefined();
  });
});
