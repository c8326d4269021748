import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from './json.ts';
import { childPointer } from './json-pointer.ts';
import { locate } from './locate.ts';

function found(text: string, element: number, pointer: string): string | undefined {
  const place = locate(text, element, pointer);
  return place && text.slice(place.offset, place.offset + place.length);
}

describe('the place of a pointer', () => {
  const call = '[2, "a", "Authorize", {\n  "idToken": { "idToken": "A", "type": "RFID" },\n  "a/b": [1, [true]]\n}]';

  it('is where the value stands in the text', () => {
    expect(found(call, 3, '/idToken/type')).toBe('"RFID"');
    expect(found(call, 3, '/idToken')).toBe('{ "idToken": "A", "type": "RFID" }');
    expect(found(call, 3, '/a~1b/1/0')).toBe('true');
    expect(found('[3,"a",{"status":"Ok"}]', 2, '/status')).toBe('"Ok"');
    expect(found('[4,"a","GenericError","",{"x":1}]', 4, '')).toBe('{"x":1}');
  });

  it('is nowhere where there is no such value', () => {
    for (const pointer of [
      '/idTag',
      '/idToken/type/x',
      '/a~1b/2',
      '/a~1b/01',
      '/a~1b/-1',
      '/a~1b/length',
      '/toString',
    ]) {
      expect(locate(call, 3, pointer)).toBeUndefined();
    }
    expect(locate(call, 4, '')).toBeUndefined();
    for (const text of ['', '{}', 'hello', '[2']) expect(locate(text, 3, '/a')).toBeUndefined();
  });

  it('is that of the value that counts where a name occurs twice', () => {
    expect(locate('[3,"a",{"x":1,"x":2}]', 2, '/x')).toEqual({ offset: 18, length: 1 });
  });

  it('is unknown in a text that is nested too deep', () => {
    const nest = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(locate(`[2,"a","DataTransfer",{"data":${nest}}]`, 3, '/data')).toBeUndefined();
  });

  it('holds the value, for every value of every payload', () => {
    const payload = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(payload, fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify([3, 'a', value], undefined, indent);
        for (const [pointer, part] of partsOf((JSON.parse(text) as JsonValue[])[2] ?? null, '')) {
          expect(JSON.parse(found(text, 2, pointer) ?? '')).toEqual(part);
        }
      }),
    );
  });
});

function* partsOf(value: JsonValue, pointer: string): Generator<[string, JsonValue]> {
  yield [pointer, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* partsOf(part, childPointer(pointer, key));
}
