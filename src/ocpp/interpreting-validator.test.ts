import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createInterpretingValidator } from './interpreting-validator.ts';
import type { JsonObject } from './json.ts';
import { schemasOf } from './official-schemas.ts';
import { createValidator } from './schemas.ts';
import { template } from './template.ts';
import { OCPP_VERSIONS } from './version.ts';
import type { Violation } from './violation.ts';
import { VIOLATIONS_MAX } from './violations.ts';

const compiling = createValidator();
const interpreting = createInterpretingValidator();
const SCHEMAS = OCPP_VERSIONS.flatMap(schemasOf);
const NOW = '2026-11-20T09:30:00.000Z';

const inOrder = (violations: readonly Violation[]): readonly string[] =>
  violations.map((violation) => JSON.stringify(violation)).sort();

/** A value that takes the place of another: of every type, and near the limits of the schemas. */
const replacement = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 16.45, 0.3, 1e308, '', NOW, 'Accepted', 'http://x', 'not a time'),
  fc.integer({ min: -3, max: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 70 }),
  fc.constantFrom([], {}, { customData: {} }, [1, 2], ['x'.repeat(600)], JSON.parse('{"__proto__":1,"constructor":2}')),
);

/** Replaces, removes or adds some of the values in a payload. */
function changed(payload: JsonObject, edits: readonly (readonly [number, number, unknown])[]): JsonObject {
  const copy = structuredClone(payload);
  for (const [place, what, shared] of edits) {
    const value = structuredClone(shared);
    const holders: Record<string, unknown>[] = [];
    const collect = (holder: unknown): void => {
      if (typeof holder !== 'object' || holder === null) return;
      holders.push(holder as Record<string, unknown>);
      for (const child of Object.values(holder)) collect(child);
    };
    collect(copy);
    const holder = holders[place % holders.length] ?? {};
    const keys = Object.keys(holder);
    const key = keys[what % Math.max(1, keys.length)];
    if (key === undefined || what % 7 === 0) {
      if (Array.isArray(holder)) holder.push(value);
      else holder[`extra${what}`] = value;
    } else if (what % 5 === 0 && !Array.isArray(holder)) delete holder[key];
    else holder[key] = value;
  }
  return copy;
}

it('finds what the compiling validator finds, in the same words', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SCHEMAS),
      fc.constantFrom('everything' as const, 'required' as const),
      fc.array(fc.tuple(fc.nat(), fc.nat(1000), replacement), { maxLength: 5 }),
      ({ version, action, kind, schema }, fill, edits) => {
        const payload = changed(template(schema, { fill, now: NOW }), edits);
        expect(inOrder(interpreting.validate(version, action, kind, payload))).toEqual(
          inOrder(compiling.validate(version, action, kind, payload)),
        );
      },
    ),
    { numRuns: 1500 },
  );
});

it('accepts the templates of every schema', () => {
  for (const { version, action, kind, schema } of SCHEMAS) {
    const payload = template(schema, { fill: 'everything', now: NOW });
    expect(interpreting.validate(version, action, kind, payload)).toEqual([]);
  }
});

it('lists so many violations and counts the rest', () => {
  const meterValue = Array.from({ length: 80 }, () => ({}));
  const violations = interpreting.validate('2.1', 'MeterValues', 'request', { evseId: 1, meterValue });
  expect(violations).toHaveLength(VIOLATIONS_MAX + 1);
  expect(violations.at(-1)?.sentence).toBe('There are 110 further violations.');
});
