import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILTER_DEPTH_MAX, FILTER_LENGTH_MAX, parseFilter } from './parse.ts';
import { filterText } from './print.ts';

/** The places and sentences of what is wrong with the syntax of a text. */
function faults(text: string): readonly (readonly [string, string])[] {
  return parseFilter(text).problems.map(({ start, end, sentence }) => [text.slice(start, end), sentence]);
}

/** What is understood of a text, as a text again. */
function understood(text: string): string {
  const { node } = parseFilter(text);
  return node === undefined ? '' : filterText(node);
}

describe('parseFilter', () => {
  it.each([
    ['action == "TransactionEvent" and payload.eventType == "Started"'],
    ['station matches "^CS-1" and latency > 500ms'],
    ['payload.meterValue[*].sampledValue[0]["a b"] == "SoC"'],
    ['not (edited or injected) and fate not in [dropped, delayed]'],
    ['time > 10:05:00 or time <= 2026-11-20T10:05:00.5+01:00'],
    ['payload.a == null or payload.b != true or payload.c >= -1.5'],
    ['version >= 2.0.1 and "0xDEAD"'],
  ])('reads %s', (text) => {
    expect(faults(text)).toEqual([]);
    expect(understood(text)).toBe(text);
  });

  it.each([
    ['!finding && (sent || received)', 'not finding and (sent or received)'],
    ['NOT finding Or action Contains "x"', 'not finding or action contains "x"'],
    ['text == \'say "yes"\'', 'text == "say \\"yes\\""'],
    ['a and (b and (c)) or ((d or e))', 'a and b and c or d or e'],
    ['payload.x exists', 'payload.x'],
    ['number > 5 and id == x', 'entry > 5 and messageId == x'],
    ['payload.in == 1 and payload.not.true', 'payload.in == 1 and payload.not.true'],
    ['latency > 5.0e2us', 'latency > 500us'],
  ])('reads %s in its plain notation', (text, plain) => {
    expect(faults(text)).toEqual([]);
    expect(understood(text)).toBe(plain);
  });

  it('binds and more than or, and not more than both', () => {
    expect(understood('a or b and not c or d')).toBe('a or b and not c or d');
    expect(parseFilter('a or b and not c').node).toMatchObject({
      kind: 'or',
      operands: [{ kind: 'exists' }, { kind: 'and', operands: [{ kind: 'exists' }, { kind: 'not' }] }],
    });
  });

  it('takes an empty text for no filter', () => {
    expect(parseFilter(' \n\t')).toMatchObject({ node: undefined, problems: [] });
  });

  it.each([
    ['action = Heartbeat', '=', 'Equality is written ==.'],
    ['action ==', '==', 'A value is missing after ==, such as "text", 5 or error.'],
    ['action == and', 'and', 'A value is missing here, such as "text", 5 or error.'],
    ['action == "Heart', '"Heart', 'This text has no closing quote.'],
    ['(finding or edited', '(', 'This parenthesis is not closed.'],
    ['finding)', ')', 'This parenthesis closes none.'],
    ['and', 'and', 'A condition is missing before and.'],
    ['finding or', 'or', 'A condition is missing after or, such as action == "Heartbeat".'],
    ['not', 'not', 'A condition is missing after not, such as action == "Heartbeat".'],
    ['finding edited', 'edited', 'and or or is missing before edited.'],
    ['5 > 3', '5', 'A condition starts with a field, such as action or payload.eventType.'],
    ['payload.a == 1 == 2', '==', 'A condition starts with a field, such as action or payload.eventType.'],
    ['action == payload.x', '.', 'A field is compared with a value, not with another field.'],
    ['payload.', '.', 'The name of a property is missing after the point.'],
    ['payload[', '[', "[*], [0] or ['name'] is expected here."],
    ['payload[x] == 1', 'x', "[*], [0] or ['name'] is expected here."],
    ['payload[-1]', '-1', 'An item is named by its number, from 0 on.'],
    ['payload[*', '*', 'The bracket is not closed.'],
    ['action in [a', 'a', 'The list of values is not closed.'],
    ['action in 5', '5', 'A list of values in brackets is expected, such as in ["a", "b"].'],
    ['finding @ edited', '@', '@ has no meaning here.'],
  ])('says of %s that at %s: %s', (text, place, sentence) => {
    expect(faults(text)[0]).toEqual([place, sentence]);
  });

  it('goes on behind a mistake', () => {
    expect(faults('action = a and payload[x] == 1 and finding')).toEqual([
      ['=', 'Equality is written ==.'],
      ['x', "[*], [0] or ['name'] is expected here."],
    ]);
    expect(understood('(action == and finding) or edited')).toContain('edited');
  });

  it('names its limits', () => {
    expect(faults('x'.repeat(FILTER_LENGTH_MAX + 1))).toEqual([
      ['x', `A filter has at most ${FILTER_LENGTH_MAX} characters; this one has ${FILTER_LENGTH_MAX + 1}.`],
    ]);
    const deep = (levels: number): string => `${'('.repeat(levels)}finding${')'.repeat(levels)}`;
    expect(faults(deep(FILTER_DEPTH_MAX))).toEqual([]);
    expect(faults(deep(FILTER_DEPTH_MAX + 1))).toEqual([
      ['(', `Parentheses and not are nested at most ${FILTER_DEPTH_MAX} deep.`],
    ]);
    expect(faults(`${'not '.repeat(FILTER_DEPTH_MAX + 1)}finding`)[0]?.[1]).toContain('nested at most');
  });

  it('never throws, and has its problems inside the text', () => {
    const word = fc.constantFrom(
      ...['and', 'or', 'not', '(', ')', '[', ']', '.', ',', '*', '==', '>', 'in', 'exists', '"', "'", '\\', '5ms'],
      ...['payload', 'finding', '10:05', '2.0.1', '\u0000', '\ud800', '😀', '--', ';', 'null', '-', '=', '&&', '"x"'],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom('', ' '), (words, between) => {
        const text = words.join(between);
        for (const { start, end, sentence } of parseFilter(text).problems) {
          expect(start >= 0 && start <= end && end <= text.length, `${text}: ${sentence}`).toBe(true);
          expect(sentence).toMatch(/^.*\.$/s);
        }
      }),
      { numRuns: 500 },
    );
  });
});
