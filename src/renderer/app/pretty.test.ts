import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyPrint } from './pretty.ts';

const at = (raw: string, pointer: string): string | undefined => {
  const { text, byPointer } = prettyPrint(raw, [pointer], []);
  const stretch = byPointer.get(pointer);
  return stretch && text.slice(stretch.start, stretch.start + stretch.length);
};

describe('laying out a frame', () => {
  it('keeps the outer array on one line', () => {
    expect(prettyPrint('[2,"a","Heartbeat",{}]', [], []).text).toBe('[2, "a", "Heartbeat", {}]');
    expect(prettyPrint('[3,"a",{"b":[1,{"c":null}],"d":[ ]}]', [], []).text).toBe(
      '[3, "a", {\n  "b": [\n    1,\n    {\n      "c": null\n    }\n  ],\n  "d": []\n}]',
    );
  });

  it('changes no number, no string and no duplicate key', () => {
    const raw = '[1.0,1e5,12345678901234567890,{"a":"\\u0041\\/\\"","a":-0}]';
    expect(prettyPrint(raw, [], []).text.replace(/\s/g, '')).toBe(raw);
  });

  it('says the same as the original whatever the value', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat({ max: 3 }), (json, indent) => {
        const raw = JSON.stringify(JSON.parse(json), null, indent);
        expect(JSON.parse(prettyPrint(raw, [], []).text)).toEqual(JSON.parse(raw));
      }),
    );
  });

  it('leaves what is no JSON as it is', () => {
    const raw = '[2,"a","Heartbeat",{"now":}}';
    const pretty = prettyPrint(raw, ['/3/now'], [26]);
    expect(pretty).toMatchObject({ text: raw, json: false });
    expect(pretty.byOffset.get(26)).toEqual({ start: 26, length: 1 });
    expect(pretty.byPointer.size).toBe(0);
  });

  it('takes strings of megabytes, escaped through and through too', () => {
    for (const piece of ['x', '\\"', '\\u0000']) {
      const raw = `["${piece.repeat(800_000)}"]`;
      expect(prettyPrint(raw, [], []).text).toBe(raw);
    }
  });

  it('stays small and quick on 100,000 nested arrays', () => {
    const raw = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(prettyPrint(raw, ['/0/0/0'], []).text.length).toBeLessThan(300_000);
  });
});

describe('finding places', () => {
  const raw = '[2,"a","X",{"list":[{"id":-1},{"id":2}],"a/b":"x","":{"deep":true},"obj":{"k":[]}}]';

  it.each([
    ['/3/list/0/id', '-1'],
    ['/3/list/1/id', '2'],
    ['/3/a~1b', '"x"'],
    ['/3//deep', 'true'],
    ['/1', '"a"'],
  ])('finds the value at %s', (pointer, text) => expect(at(raw, pointer)).toBe(text));

  it('finds a container by its key, else by its bracket', () => {
    expect(at(raw, '/3/obj')).toBe('"obj"');
    expect(at(raw, '/3/obj/k')).toBe('"k"');
    expect(at(raw, '/3/list/1')).toBe('{');
    expect(at(raw, '/3')).toBe('{');
    expect(at(raw, '')).toBe('[');
  });

  it('finds nothing where the pointer leads nowhere', () => {
    for (const pointer of ['/3/none', '/3/list/7', '/9', '/3/list/id']) expect(at(raw, pointer)).toBeUndefined();
  });

  it('takes the last of two equal keys, as readers of JSON do', () => {
    const { text, byPointer } = prettyPrint('{"a":1,"a":2}', ['/a'], []);
    expect(text.charAt(byPointer.get('/a')?.start ?? 0)).toBe('2');
  });

  it('finds the key that was escaped', () => expect(at('{"\\u0061":5}', '/a')).toBe('5'));

  it('carries offsets of the original over', () => {
    const { text, byOffset } = prettyPrint('[2,"a","X",{"list":[7]}]', [], [20]);
    expect(text.charAt(byOffset.get(20)?.start ?? 0)).toBe('7');
  });
});
