import fc from 'fast-check';
import { applyPatch } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import type { PatchOperation } from '../../workspace/rule-action.ts';
import { patched as patchedPlace } from './json-patch.ts';
import { jsonIn } from './json-text.ts';

function patched(text: string, operations: readonly PatchOperation[]): string | undefined {
  const root = jsonIn(text);
  return root && patchedPlace(root, operations)?.text;
}

/** What a library that works on values makes of it; undefined where an operation fails. */
function byLibrary(text: string, operations: readonly PatchOperation[]): unknown {
  const box = { root: JSON.parse(text) as unknown };
  const inBox = structuredClone(operations).map((operation) => ({
    ...operation,
    path: `/root${operation.path}`,
    ...('from' in operation ? { from: `/root${operation.from}` } : {}),
  }));
  try {
    const failed = applyPatch(box, inBox as Parameters<typeof applyPatch>[1]).some((error) => error !== null);
    return failed ? undefined : box.root;
  } catch {
    // It throws where something is added to what is neither an object nor an array.
    return undefined;
  }
}

const key = fc.constantFrom('a', 'a', 'b', 'b', 'a/b', '~', '0', '1', '-');
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, 1.5, 'x', 'é"\\'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~', '0'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const pointer = fc
  .array(key, { minLength: 1, maxLength: 2 })
  .map((keys) => keys.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
const operation = fc.oneof(
  fc.record({ op: fc.constant('add' as const), path: pointer, value }),
  fc.record({ op: fc.constant('remove' as const), path: pointer }),
  fc.record({ op: fc.constant('replace' as const), path: pointer, value }),
  fc.record({ op: fc.constant('move' as const), from: pointer, path: pointer }),
  fc.record({ op: fc.constant('copy' as const), from: pointer, path: pointer }),
  fc.record({ op: fc.constant('test' as const), path: pointer, value }),
) as fc.Arbitrary<PatchOperation>;
const root = fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~', '0'), value, { maxKeys: 4, noNullPrototype: true });

const LAX: ReadonlySet<string> = new Set(['replace', 'move', 'copy']);

describe('a JSON Patch of a text', () => {
  it('does to the value what a library does that works on values', () => {
    let done = 0;
    fc.assert(
      fc.property(
        root,
        fc.array(operation, { minLength: 1, maxLength: 2 }),
        fc.boolean(),
        (json, operations, spaced) => {
          const text = JSON.stringify(json, undefined, spaced ? 2 : 0);
          const wanted = byLibrary(text, operations);
          const got = patched(text, operations);
          if (wanted !== undefined) done += 1;
          // It also replaces, moves and copies to what is no index of an array, which RFC 6901 forbids.
          if (got === undefined && operations.some(({ op }) => LAX.has(op))) return;
          expect(got === undefined ? undefined : JSON.parse(got)).toEqual(wanted);
        },
      ),
      { numRuns: 2000, seed: 7 },
    );
    // It would hold for patches that all fail, too.
    expect(done).toBeGreaterThan(200);
  });

  it('keeps what it does not name, digits and spaces too', () => {
    const text = '{ "n" : 1.00, "big":123456789012345678901 ,"list":[ 1e400 , 2]}';
    expect(patched(text, [{ op: 'replace', path: '/list/1', value: 3 }])).toBe(text.replace('2]', '3]'));
    expect(patched(text, [{ op: 'move', from: '/big', path: '/list/0' }])).toBe(
      '{ "n" : 1.00, "list":[ 123456789012345678901,1e400 , 2]}',
    );
  });

  it('moves nothing into itself', () => {
    expect(patched('{"a":{"b":1}}', [{ op: 'move', from: '/a', path: '/a/c' }])).toBeUndefined();
    expect(patched('{"a":1}', [{ op: 'move', from: '/a', path: '/a' }])).toBe('{"a":1}');
  });
});
