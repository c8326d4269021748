import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prettyPrint } from '../pretty.ts';
import { compactJson } from './compact.ts';

it('undoes the layout of any frame without white space between its tokens', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const frame = JSON.stringify([2, 'id', 'DataTransfer', value]);
      expect(compactJson(prettyPrint(frame, [], []).text)).toBe(frame);
    }),
    { numRuns: 200 },
  );
});

it('keeps every token as it stands', () => {
  expect(compactJson('[ 2 , "a b" ,\n 16.0, 1e3, "\\u0041 \\n", -0 ]')).toBe('[2,"a b",16.0,1e3,"\\u0041 \\n",-0]');
  expect(compactJson('{"a": 1, "a": 2}')).toBe('{"a":1,"a":2}');
});

it('leaves alone what is no JSON', () => {
  expect(compactJson('[2, "a",  oops ]')).toBe('[2, "a",  oops ]');
  expect(compactJson('')).toBe('');
});
