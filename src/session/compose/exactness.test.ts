import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPayload } from './exactness.ts';

function problems(text: string): readonly string[] {
  const read = readPayload(text);
  return read.ok ? [] : read.problems.map(({ sentence }) => sentence);
}

it('reads any JSON object', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value, undefined, 2);
      expect(readPayload(text)).toEqual({ ok: true, payload: JSON.parse(text) });
    }),
    { numRuns: 200 },
  );
});

it('takes other notations of the same number', () => {
  expect(readPayload('{"a":[1.0,-0.50,1e3,1.2E-2,100,0.1,0,1e21,5e-324]}')).toMatchObject({ ok: true });
});

it('refuses what would go out as something else', () => {
  expect(problems('{"a":12345678901234567890}')).toEqual([
    '12345678901234567890 would go out as 12345678901234567000; only a whole frame can be sent so.',
  ]);
  expect(problems('{"a":0.10000000000000000001}')).toHaveLength(1);
  expect(problems('{"a":1e999}')).toEqual(['1e999 would go out as Infinity; only a whole frame can be sent so.']);
  expect(problems('{"a":{"b":1},"b":2,"a":3}')).toEqual(['"a" stands here twice; only a whole frame can be sent so.']);
});

it('says where a text is no JSON, or no object', () => {
  expect(readPayload('{"a":1,}')).toMatchObject({
    ok: false,
    problems: [{ start: 7, sentence: 'This is no JSON: property name expected.' }],
  });
  expect(readPayload('{"a":1 // no\n}')).toMatchObject({ ok: false });
  expect(problems('')).toHaveLength(1);
  expect(problems(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)).toHaveLength(1);
  expect(readPayload(' [1]')).toMatchObject({ ok: false, problems: [{ start: 1, end: 4 }] });
});
