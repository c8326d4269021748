import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFilter } from './check.ts';
import { complete } from './complete.ts';
import { schemaKnowledge } from './schema-knowledge.ts';

const KNOWLEDGE = schemaKnowledge({
  stations: ['CS-1', 'Säule "2"'],
  actions: ['TransactionEvent', 'VendorThing'],
  rules: ['schema.required'],
});

/** What is offered where `|` stands in a text. */
function offers(text: string): readonly string[] {
  const offset = text.indexOf('|');
  return complete(text.replace('|', ''), offset, KNOWLEDGE).map(({ insert }) => insert);
}

/** The text after one of the offers was taken. */
function taken(text: string, insert: string): string | undefined {
  const plain = text.replace('|', '');
  const offer = complete(plain, text.indexOf('|'), KNOWLEDGE).find((each) => each.insert === insert);
  return offer && plain.slice(0, offer.start) + offer.insert + plain.slice(offer.end);
}

describe('complete', () => {
  it.each([
    ['|', ['action', 'payload', 'finding', 'not', '(']],
    ['finding and |', ['action', 'not']],
    ['finding |', ['and', 'or', '==']],
    ['finding.|', ['severity', 'rule', 'count']],
    ['type == |', ['call', 'error', 'malformed']],
    ['finding.severity >= |', ['info', 'warning', 'error']],
    ['station == |', ['"CS-1"', String.raw`"Säule \"2\""`]],
    ['finding.rule == |', ['"schema.required"']],
    ['action == |', ['"TransactionEvent"', '"VendorThing"', '"Heartbeat"']],
    ['action in ["Heartbeat", |', ['"TransactionEvent"']],
    ['errorCode == |', ['"NotImplemented"', '"FormationViolation"']],
    ['action == TransactionEvent and payload.|', ['eventType', 'meterValue', 'seqNo']],
    ['payload.| == 1 and action == TransactionEvent', ['eventType']],
    ['action == TransactionEvent and payload.meterValue[*].sampledValue[*].|', ['measurand', 'value']],
    ['action == TransactionEvent and payload.eventType == |', ['"Started"', '"Updated"', '"Ended"']],
    ['action == TransactionEvent and payload.offline == |', ['true', 'false']],
    ['payload.a[|', ['*']],
    ['payload.a |', ['contains', 'matches', 'exists', 'in', 'not in']],
    ['latency |', ['<', '>=']],
  ])('offers at %s among others %j', (text, expected) => {
    expect(offers(text)).toEqual(expect.arrayContaining(expected));
  });

  it.each([
    ['finding |', ['<', 'contains', 'in']],
    ['station |', ['<', 'exists']],
    ['latency > |', ['action', '"TransactionEvent"']],
    ['action == TransactionEvent or payload.|', ['noSuchProperty']],
    ['"half a text|', ['action', 'and']],
  ])('offers at %s none of %j', (text, absent) => {
    for (const each of absent) expect(offers(text)).not.toContain(each);
  });

  it('puts first what starts with what was typed', () => {
    expect(offers('act|')[0]).toBe('action');
    expect(offers('action == "hea|')[0]).toBe('"Heartbeat"');
    expect(offers('sev|')).toEqual(['finding.severity']);
  });

  it('replaces what was begun, and nothing else', () => {
    expect(taken('not act| and finding', 'action')).toBe('not action and finding');
    expect(taken('action == "Hea|', '"Heartbeat"')).toBe('action == "Heartbeat"');
    expect(taken('action == He|art and finding', '"Heartbeat"')).toBe('action == "Heartbeat" and finding');
    expect(taken('action == TransactionEvent and payload.ev|', 'eventType')).toBe(
      'action == TransactionEvent and payload.eventType',
    );
  });

  it('offers for values what is then a filter without a mistake', () => {
    for (const before of ['type == ', 'station == ', 'action in [', 'payload.a == ', 'version >= ', 'kind != ']) {
      for (const insert of offers(`${before}|`)) {
        const text = `${before}${insert}${before.endsWith('[') ? ']' : ''}`;
        expect(readFilter(text).problems, text).toEqual([]);
      }
    }
  });

  it('never throws, wherever the caret stands', () => {
    const word = fc.constantFrom(
      ...['and', 'or', 'not', '(', ')', '[', ']', '.', ',', '*', '==', 'in', 'exists', '"', "'", '5ms', 'payload'],
      ...['finding', '10:05', '\u0000', '😀', '"x"', 'action', 'TransactionEvent', 'meterValue'],
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 10 }), fc.constantFrom('', ' '), fc.nat(60), (words, between, at) => {
        const text = words.join(between);
        const offset = Math.min(at, text.length);
        for (const { start, end } of complete(text, offset, KNOWLEDGE)) {
          expect(start <= offset && offset <= end && end <= text.length, text).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
