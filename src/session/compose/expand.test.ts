import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { success } from '../outcome.ts';
import { escapeBraces, expand, piecesOf, type Values } from './expand.ts';
import { variableText } from './variable.ts';

/** Each variable is worth its own text. */
const named: Values = (variable) => success(variableText(variable));
const worth =
  (value: string | number): Values =>
  (variable) =>
    success(variable.kind === 'transactionId' ? value : variableText(variable));

describe('expand', () => {
  it('changes nothing in a document without variables, to the character', () => {
    const json = fc.tuple(fc.json(), fc.constantFrom(undefined, 1, '\t')).map(([text, indent]) => {
      return JSON.stringify(JSON.parse(text), undefined, indent);
    });
    fc.assert(
      fc.property(
        json.filter((text) => !text.includes('{{')),
        (text) => {
          expect(expand(text, named)).toEqual(success(text));
        },
      ),
      { numRuns: 200 },
    );
    const spelled = '{ "a" : 1.0, "b":1e2, "c" : "\\u00e9\\/", "c":2 }';
    expect(expand(spelled, named)).toEqual(success(spelled));
  });

  it('gives any text back that was escaped', () => {
    const braces = fc.string({ unit: fc.constantFrom('{', '}', 'a', '"', '\\') });
    fc.assert(
      fc.property(fc.oneof(fc.string(), braces), (text) => {
        const expanded = expand(JSON.stringify([escapeBraces(text)]), named);
        expect(expanded.ok && JSON.parse(expanded.value)).toEqual([text]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the type of a value where a string is one variable, and makes it text in a longer one', () => {
    const document = '{"a":"{{transactionId}}","b":"no. {{transactionId}}!","{{transactionId}}" : "{{ uuid }}"}';
    expect(expand(document, worth(7))).toEqual(success('{"a":7,"b":"no. 7!","7" : "uuid"}'));
    expect(expand(document, worth('T-1'))).toEqual(success('{"a":"T-1","b":"no. T-1!","T-1" : "uuid"}'));
  });

  it('puts values in as JSON, whatever they are', () => {
    expect(expand('["{{transactionId}}"]', worth('"]\n{{uuid}}'))).toEqual(success('["\\"]\\n{{uuid}}"]'));
  });

  it('fails where a variable is not known, not closed, or has no value', () => {
    for (const [text, sentence] of [
      ['{{nwo}}', 'There is no variable {{nwo}}'],
      ['{{}}', 'There is no variable {{}}'],
      ['{{now', 'A variable is not closed with }}'],
      ['{{now+1y}}', 'There is no unit of time y'],
      ['{{now 1h}}', 'An offset is written as in now+1h'],
      ['{{last}}', 'It is written last FIELD where FILTER'],
      ['{{last action}}', 'action is no field of a payload'],
      ['{{last payload.a where actoin == "x"}}', 'The filter after where: There is no field actoin'],
      ['{{last payload.a where }}', 'There is no filter after where'],
    ] as const) {
      const expanded = expand(JSON.stringify({ a: text }), named);
      expect(!expanded.ok && expanded.error.sentence, text).toContain(sentence);
    }
    const without: Values = () => ({ ok: false, error: { code: 'none', sentence: 'There is none.' } });
    expect(expand('["x {{transactionId}}"]', without)).toMatchObject({ ok: false, error: { code: 'none' } });
  });
});

describe('piecesOf', () => {
  it('reads variables in any of their spellings', () => {
    const written = (text: string): string[] => {
      const pieces = piecesOf(text);
      return pieces.ok ? pieces.value.map((one) => (one.kind === 'text' ? one.text : variableText(one.variable))) : [];
    };
    expect(written('{{now}} {{ now + 1h - 30s }}')).toEqual(['now', ' ', 'now+3570s']);
    expect(written('{{now-1.5d}}')).toEqual(['now-36h']);
    expect(written('{{last payload.idTag}}')).toEqual(['last payload.idTag']);
    expect(written(`{{last response.a[0].b of any station where text == '}}' or messageId == "where"}}`)).toEqual([
      'last response.a[0].b of any station where text == "}}" or messageId == "where"',
    ]);
  });
});
